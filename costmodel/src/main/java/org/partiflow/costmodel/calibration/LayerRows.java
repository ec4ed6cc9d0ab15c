package org.partiflow.costmodel.calibration;

import java.util.ArrayList;
import java.util.List;

/** The kernels of one layer without attention, from the columns of Vidur's profiles. Stateless. */
final class LayerRows {
    private static final KernelLaw GEMM = GemmKernelLaw.layers();
    private static final KernelLaw STREAM = new StreamKernelLaw();

    private final List<KernelTerm> terms = new ArrayList<>();
    private final Chip chip;
    private final double tokens;

    private LayerRows(Chip chip, double tokens) {
        this.chip = chip;
        this.tokens = tokens;
    }

    static List<KernelTerm> terms(MeasuredRow row, Chip chip) {
        LayerRows layer = new LayerRows(chip, row.positive("tokens"));
        double degree = row.positive("tp");
        double hidden = row.positive("hidden");
        double headDim = hidden / row.positive("heads");
        double heads = Math.ceil(row.positive("heads") / degree);
        double kvHeads = Math.max(1, Math.ceil(row.positive("kv_heads") / degree));
        double ffn = row.positive("ffn") / degree;
        double gates = row.text("gated_mlp").equalsIgnoreCase("true") ? 2 : 1;
        layer.stream("norm", hidden, 2, "input_norm_us");
        layer.gemm((heads + 2 * kvHeads) * headDim, hidden, "qkv_proj_us");
        layer.stream("rope", (heads + kvHeads) * headDim, 2, "rope_us");
        layer.gemm(hidden, heads * headDim, "o_proj_us");
        layer.stream("norm", hidden, 2, "post_norm_us");
        layer.gemm(gates * ffn, hidden, "up_proj_us");
        layer.stream("act", ffn, gates + 1, "act_us");
        layer.gemm(hidden, ffn, "down_proj_us");
        layer.stream("add", hidden, 3, "add_us");
        return layer.terms;
    }

    private void gemm(double n, double k, String measured) {
        double[] shape = {tokens, n, k, 2};
        terms.add(new KernelTerm(new FitKey("layer-gemm", chip.type().name(), ""), GEMM, chip, shape, measured));
    }

    private void stream(String kernel, double width, double passes, String measured) {
        double[] shape = {tokens, width, passes};
        terms.add(new KernelTerm(new FitKey("layer-" + kernel, chip.type().name(), ""), STREAM, chip, shape, measured));
    }
}
