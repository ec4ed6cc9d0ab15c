package org.partiflow.interop.imports;

import java.nio.charset.StandardCharsets;

/**
 * A file that was read.
 *
 * @param name its name, for messages; its last part without the ending names nodes
 * @param content its bytes
 */
public record ImportSource(String name, byte[] content) {
    /** Copies the content. */
    public ImportSource {
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** The content as UTF-8, a byte-order mark left out. */
    String text() {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The file's name without folders and ending. */
    String stem() {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        int dot = last.indexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }
}
