package org.partiflow.cli.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.partiflow.api.cluster.GpuType;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.costmodel.calibration.CostProfile;
import org.partiflow.costmodel.calibration.FittedCostModelFactory;
import org.partiflow.costmodel.calibration.Hardware;
import org.partiflow.costmodel.calibration.MeasuredTable;
import org.partiflow.costmodel.calibration.ProfileJson;
import org.partiflow.io.AtomicFiles;
import org.partiflow.io.Catalogue;
import org.partiflow.io.Digests;
import org.partiflow.io.Loaded;

/** Measured tables and profiles on disk. Stateless. */
public final class MeasuredFiles {
    /** GPUs and models of the catalogue. */
    public static final Hardware HARDWARE = new Hardware() {
        @Override
        public Optional<GpuType> findGpu(String name) {
            return Catalogue.findGpuType(name);
        }

        @Override
        public Optional<TransformerModel> findModel(String name) {
            return Catalogue.findModel(name).map(Loaded::value);
        }
    };

    private MeasuredFiles() {}

    /**
     * Reads a comma-separated table.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static MeasuredTable read(Path file) {
        return MeasuredTable.parse(file.toString(), text(file).lines().toList());
    }

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException if it cannot be read or is none
     */
    public static CostProfile readProfile(Path file) {
        return ProfileJson.read(file.toString(), text(file));
    }

    /**
     * Cost models by a profile's fits, beside the built-in ones; their id holds the start of the profile's SHA-256.
     *
     * @throws IllegalArgumentException if it cannot be read or is none
     */
    static FittedCostModelFactory fittedBy(Path file) {
        String text = text(file);
        CostProfile profile = CostProfile.builtIn().with(ProfileJson.read(file.toString(), text));
        String digest = Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
        return new FittedCostModelFactory(profile, digest);
    }

    /**
     * Writes a file at once: either all of it or, after a failure, what was there before.
     *
     * @throws org.partiflow.io.OutputException if it cannot be written
     */
    public static void write(Path file, byte[] content) {
        AtomicFiles.write(file, content);
    }

    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
