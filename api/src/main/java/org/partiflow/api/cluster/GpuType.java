package org.partiflow.api.cluster;

import org.partiflow.api.unit.Bandwidth;
import org.partiflow.api.unit.ComputeRate;
import org.partiflow.api.unit.DataSize;

/**
 * A kind of GPU, by its datasheet.
 *
 * @param name catalogue name
 * @param memory device memory
 * @param memoryBandwidth peak device-memory bandwidth
 * @param fp16 peak dense fp16/bf16 tensor rate
 * @param fp8 peak dense fp8 tensor rate; 0 where the GPU has none
 * @param pricePerHourUsd rental price of one GPU, US dollars per hour
 * @param source where the figures come from
 */
public record GpuType(
        String name,
        DataSize memory,
        Bandwidth memoryBandwidth,
        ComputeRate fp16,
        ComputeRate fp8,
        double pricePerHourUsd,
        String source) {
    /** Rejects a GPU without a name, memory, bandwidth or compute. */
    public GpuType {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a GPU type needs a name");
        }
        if (memory.bytes() == 0 || memoryBandwidth.bytesPerSecond() == 0 || fp16.flopPerSecond() == 0) {
            throw new IllegalArgumentException(
                    "GPU type '" + name + "' needs memory, memory bandwidth and fp16 rate above zero");
        }
        if (!(pricePerHourUsd >= 0) || Double.isInfinite(pricePerHourUsd)) {
            throw new IllegalArgumentException("GPU type '" + name + "' has the price " + pricePerHourUsd);
        }
    }
}
