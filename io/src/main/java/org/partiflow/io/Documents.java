package org.partiflow.io;

import com.fasterxml.jackson.databind.JsonNode;
import io.vavr.collection.List;
import io.vavr.collection.Seq;
import io.vavr.control.Validation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.partiflow.io.internal.tree.FieldReader;
import org.partiflow.io.internal.tree.FileBytes;
import org.partiflow.io.internal.tree.NearestName;
import org.partiflow.io.internal.tree.Problems;
import org.partiflow.io.internal.tree.TreeParser;

/**
 * What all readers share, those of further formats too: from a file to a tree, and from collected problems to a validation.
 * Stateless.
 */
public final class Documents {
    private Documents() {}

    /** Turns the root of a document into a value; null when it added problems. */
    @FunctionalInterface
    public interface RootParser<T> {
        /** The value, or {@code null}. */
        @Nullable
        T parse(FieldReader root, Problems problems);
    }

    /** Reads a file's bytes and hands them on. */
    public static <T> Validation<Seq<FileProblem>, Loaded<T>> read(
            Path file, Function<byte[], Validation<Seq<FileProblem>, Loaded<T>>> next) {
        Problems problems = new Problems(file.toString());
        Optional<byte[]> content = FileBytes.read(file, problems);
        return content.isPresent() ? next.apply(content.get()) : invalid(problems);
    }

    /** Parses YAML or JSON; the value, or everything that is wrong. */
    public static <T> Validation<Seq<FileProblem>, T> parse(String fileName, byte[] content, RootParser<T> parser) {
        Problems problems = new Problems(fileName);
        if (content.length > TreeParser.MAX_BYTES) {
            problems.add("", "is too large; the limit is " + (TreeParser.MAX_BYTES >> 20) + " MiB");
            return invalid(problems);
        }
        Optional<JsonNode> root = TreeParser.parse(content, problems);
        if (root.isEmpty()) {
            return invalid(problems);
        }
        T value = parser.parse(FieldReader.of(root.get(), "", problems), problems);
        return value == null || problems.count() > 0 ? invalid(problems) : Validation.valid(value);
    }

    static <T> Validation<Seq<FileProblem>, T> invalid(Problems problems) {
        return Validation.invalid(
                List.ofAll(problems.all()).map(p -> new FileProblem(p.file(), p.path(), p.message())));
    }

    /**
     * The value.
     *
     * @throws InvalidFileException with all problems
     */
    public static <T> T orThrow(Validation<Seq<FileProblem>, T> read) {
        if (read.isInvalid()) {
            throw new InvalidFileException(read.getError().asJava());
        }
        return read.get();
    }

    /** Resolves what may be a built-in name or a file. */
    static <T> Validation<Seq<FileProblem>, Loaded<T>> nameOrFile(
            String what,
            String nameOrFile,
            java.util.List<String> names,
            Function<String, Optional<Loaded<T>>> builtIn,
            DocumentReader<T> reader) {
        Optional<Loaded<T>> found = builtIn.apply(nameOrFile);
        if (found.isPresent()) {
            return Validation.valid(found.get());
        }
        Path file;
        try {
            file = Path.of(nameOrFile);
        } catch (InvalidPathException e) {
            return Validation.invalid(List.of(new FileProblem("?", "", "is no path: " + e.getReason())));
        }
        boolean looksLikeName = !nameOrFile.contains("/")
                && !nameOrFile.matches("(?i).*\\.(json|ya?ml)")
                && !java.nio.file.Files.exists(file);
        if (!looksLikeName) {
            return reader.read(file);
        }
        String message = "is neither a file nor a built-in " + what + NearestName.suggestion(nameOrFile, names)
                + "; choose one of " + String.join(", ", names) + ", or give a file";
        return Validation.invalid(List.of(new FileProblem(nameOrFile, "", message)));
    }
}
