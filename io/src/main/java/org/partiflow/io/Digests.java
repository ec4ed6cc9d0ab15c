package org.partiflow.io;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests of inputs, which plans record. Stateless and thread-safe. */
public final class Digests {
    private Digests() {}

    /** The SHA-256 digest of {@code content}: 64 lower-case hexadecimal digits. */
    public static String sha256(byte[] content) {
        return hex(newSha256().digest(content));
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
