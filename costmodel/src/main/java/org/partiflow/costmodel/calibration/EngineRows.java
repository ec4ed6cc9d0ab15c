package org.partiflow.costmodel.calibration;

import java.util.List;
import java.util.Locale;
import org.partiflow.api.model.Precision;
import org.partiflow.api.model.TransformerModel;

/** Rows of engines: one layer of Helix's profiles, and serving at fixed concurrency. Thread-safe. */
final class EngineRows {
    /** Means of Helix's Azure workload: 750 tokens in, and the context of a decoding sequence. */
    private static final double MEAN_PROMPT = 750;

    private static final double MEAN_CONTEXT = 870;

    private static final KernelLaw LAYER = new WholeLayerLaw();

    private final ModelRows models;

    EngineRows(ModelRows models) {
        this.models = models;
    }

    KernelTerm layer(MeasuredRow row, Chip chip) {
        TransformerModel model = models.model(row);
        double degree = row.positive("tp_gpus");
        double tokens = row.positive("batch_tokens");
        String phase = row.text("phase").toLowerCase(Locale.ROOT);
        boolean prompt = phase.equals("prompt") || phase.equals("prefill");
        if (!prompt && !phase.equals("decode")) {
            throw row.problem("unknown phase " + Quote.of(phase) + "; choose from: prompt, decode");
        }
        double parameters = model.layerParameters(0) / degree;
        double context = tokens * (prompt ? MEAN_PROMPT / 2 : MEAN_CONTEXT);
        double cache = model.kvBytesPerTokenPerLayer() / degree;
        double width = 2.0 * model.hidden() * 12;
        double[] shape = {
            2 * parameters * tokens,
            2 * parameters,
            width * tokens,
            prompt ? 4.0 * model.attention().heads() * model.attention().headDim() / degree * context : 0,
            cache * (prompt ? tokens : context),
            2 * 2.0 * model.hidden() * tokens * 2 * (degree - 1) / degree,
            degree,
            tokens
        };
        FitKey key = new FitKey("helix-layer", chip.type().name(), prompt ? "prompt" : "decode");
        return new KernelTerm(key, LAYER, chip, shape, "per_layer_ms");
    }

    List<List<KernelTerm>> serving(MeasuredRow row, Chip chip) {
        String precision = row.text("precision").toLowerCase(Locale.ROOT);
        Precision weights = precision.contains("fp8") || precision.contains("float8") ? Precision.FP8 : Precision.BF16;
        TransformerModel model = models.model(row).withPrecision(weights, Precision.FP16);
        int degree = (int) row.positive("tp");
        ServingShape shape = new ServingShape(
                model, chip.type(), degree, row.positive("isl"), row.positive("osl"), row.positive("concurrency"));
        String engine = row.text("engine").toLowerCase(Locale.ROOT);
        String gpu = chip.type().name();
        return List.of(
                List.of(new KernelTerm(
                        new FitKey("serving-ttft", gpu, engine),
                        new ServingLaw(),
                        chip,
                        shape.firstToken(),
                        "ttft_ms")),
                List.of(new KernelTerm(
                        new FitKey("serving-tpot", gpu, engine), new ServingLaw(), chip, shape.perToken(), "tpot_ms")));
    }
}
