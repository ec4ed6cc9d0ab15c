package org.partiflow.costmodel.calibration;

import java.time.Duration;
import java.util.List;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.cluster.Link;
import org.partiflow.api.cluster.LinkKind;
import org.partiflow.api.cost.StageHardware;
import org.partiflow.api.cost.StepLoad;
import org.partiflow.api.model.Sharding;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.api.unit.Bandwidth;
import org.partiflow.costmodel.Calibration;
import org.partiflow.costmodel.RooflineCostModel;
import org.partiflow.costmodel.StepBreakdown;

/**
 * Parts of the times of an engine that serves a fixed number of requests at once: every request's prompt is processed in
 * steps that decode as well, which take so much longer once per its output, and no more requests run than the KV cache holds.
 */
record ServingShape(
        TransformerModel model, GpuType type, int degree, double prompt, double output, double concurrency) {
    private static final double USABLE_MEMORY = 0.9;
    /** PCI Express of the fourth generation; the host is not known. */
    private static final double PCIE = 25e9;

    private static final Duration HOP = Duration.ofNanos(5000);

    /** Local work, communication, overhead, and interference, seconds: of one output token. */
    double[] perToken() {
        double batch = running();
        StepBreakdown step = breakdown(StepLoad.decode(batch, batch * (prompt + output / 2)));
        double pairs = prompt * (prompt + 1) / 2;
        double mixed = breakdown(new StepLoad(prompt, pairs, 1, batch, batch * (prompt + output / 2)))
                .totalSeconds();
        return parts(step, batch / output * (mixed - step.totalSeconds()));
    }

    /** The same of the first token: its own prompt, and half a decoding step to wait for. */
    double[] firstToken() {
        double batch = running();
        StepBreakdown prefill = breakdown(StepLoad.prefill(1, prompt, prompt * (prompt + 1) / 2));
        StepBreakdown step = breakdown(StepLoad.decode(batch, batch * (prompt + output / 2)));
        double share = Math.min(0.95, batch / output * prefill.totalSeconds() / perTokenSeconds(step, prefill, batch));
        double requestSeconds = output * perTokenSeconds(step, prefill, batch);
        double queue = concurrency > batch ? (concurrency / batch - 1) * requestSeconds : 0;
        double waiting = step.totalSeconds() + share / (1 - share) / 2 * prefill.totalSeconds();
        return parts(prefill, waiting + queue);
    }

    private double perTokenSeconds(StepBreakdown step, StepBreakdown prefill, double batch) {
        return step.totalSeconds() + batch / output * prefill.totalSeconds();
    }

    private static double[] parts(StepBreakdown step, double interference) {
        double local = step.gemmSeconds()
                + step.attentionSeconds()
                + step.elementwiseSeconds()
                + step.embeddingAndHeadSeconds();
        return new double[] {local, step.communicationSeconds(), step.overheadSeconds(), interference};
    }

    private double running() {
        double memory = USABLE_MEMORY * type.memory().bytes();
        double free = memory - Sharding.weightBytesPerGpu(model, 0, model.layers(), degree);
        double perToken = Sharding.kvBytesPerTokenPerGpu(model, model.layers(), degree);
        double fits = free / perToken / (prompt + output / 2);
        return Math.max(1, Math.min(concurrency, fits));
    }

    private StepBreakdown breakdown(StepLoad load) {
        RooflineCostModel cost = new RooflineCostModel(model, Calibration.DEFAULT);
        return cost.breakdown(new StageHardware(List.of(type), degree, link()), 0, model.layers(), load);
    }

    private Link link() {
        double nvlink = Chip.nvlinkBytesPerSecond(type.name());
        return nvlink > 0
                ? new Link(LinkKind.NVSWITCH, new Bandwidth(nvlink), HOP)
                : new Link(LinkKind.PCIE, new Bandwidth(PCIE), HOP);
    }
}
