package org.partiflow.costmodel.calibration;

import java.util.Optional;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.model.TransformerModel;

/** Looks up what rows name. Implementations are thread-safe. */
public interface Hardware {
    /** The GPU type of a name or alias. */
    Optional<GpuType> findGpu(String name);

    /** The model of a name or alias. */
    Optional<TransformerModel> findModel(String name);
}
