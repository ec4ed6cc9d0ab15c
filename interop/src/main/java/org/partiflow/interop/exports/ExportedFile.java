package org.partiflow.interop.exports;

/**
 * A file to write.
 *
 * @param name its name, without folders
 * @param content its text; ends with a line feed
 * @param executable whether it is a script
 */
public record ExportedFile(String name, String content, boolean executable) {
    static ExportedFile text(String name, String content) {
        return new ExportedFile(name, content, false);
    }

    static ExportedFile script(String name, String content) {
        return new ExportedFile(name, "#!/bin/sh\n" + content, true);
    }
}
