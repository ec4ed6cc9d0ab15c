package org.partiflow.io;

import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.Path;
import org.partiflow.api.model.TransformerModel;
import org.partiflow.io.internal.model.ConfigParser;

/**
 * Reads a HuggingFace {@code config.json}. It is a format of others, so unknown fields are left alone; what is missing
 * or out of range is reported, all at once. The model is named after the file or, for a file called config.json, after
 * its directory. Stateless and thread-safe.
 */
public final class ModelReader implements DocumentReader<TransformerModel> {
    /** Makes a reader. */
    public ModelReader() {}

    @Override
    public Validation<Seq<FileProblem>, Loaded<TransformerModel>> read(Path file) {
        return Documents.read(file, content -> readNamed(nameOf(file), file.toString(), content));
    }

    @Override
    public Validation<Seq<FileProblem>, Loaded<TransformerModel>> read(String fileName, byte[] content) {
        return readNamed(stem(fileName), fileName, content);
    }

    /**
     * Reads a built-in model if there is one of this name or alias, else the file.
     *
     * @throws InvalidFileException if there is neither, or the file is bad
     */
    public Loaded<TransformerModel> readNameOrFileOrThrow(String nameOrFile) {
        return Documents.orThrow(readNameOrFile(nameOrFile));
    }

    /** Reads a built-in model if there is one of this name or alias, else the file. */
    public Validation<Seq<FileProblem>, Loaded<TransformerModel>> readNameOrFile(String nameOrFile) {
        return Documents.nameOrFile("model", nameOrFile, Catalogue.modelNames(), Catalogue::findModel, this);
    }

    Validation<Seq<FileProblem>, Loaded<TransformerModel>> readNamed(String name, String fileName, byte[] content) {
        return Documents.parse(fileName, content, (root, problems) -> ConfigParser.parse(root, name))
                .map(model -> new Loaded<>(model, name, Digests.sha256(content)));
    }

    private static String nameOf(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        boolean generic = String.valueOf(file.getFileName()).equals("config.json");
        Path directory = parent == null ? null : parent.getFileName();
        return generic && directory != null ? directory.toString() : stem(String.valueOf(file.getFileName()));
    }

    private static String stem(String fileName) {
        String last = fileName.substring(fileName.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }
}
