package org.partiflow.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Files made to hurt: each is tried on every target. */
final class HostileInputs {
    private static final int DEEP = 200_000;

    private HostileInputs() {}

    static List<byte[]> all() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                "\0",
                "\uFEFF",
                "\uFEFF{}",
                "{}\0",
                "[",
                "{\"a\":",
                "[".repeat(DEEP),
                "{\"a\":".repeat(DEEP),
                "[".repeat(DEEP) + "]".repeat(DEEP),
                "- ".repeat(DEEP),
                "a: ".repeat(DEEP),
                "<system>".repeat(DEEP),
                "<system>" + "<pci>".repeat(DEEP) + "</pci>".repeat(DEEP) + "</system>",
                "<system><cpu>" + "<pci>".repeat(DEEP) + "</pci>".repeat(DEEP) + "</cpu></system>",
                "9".repeat(DEEP),
                "{\"a\": " + "9".repeat(DEEP) + "}",
                "{\"a\": 1e999999999}",
                "a: 1e999999999",
                "2000000000 2000000000\n",
                "2147483639 1073741815\n",
                "1000000000 0\n",
                "1000000 1000000000\n",
                "\"" + "x".repeat(DEEP),
                "x".repeat(DEEP),
                "x,".repeat(DEEP),
                "\n".repeat(DEEP),
                "'".repeat(DEEP),
                "\u0001\u001b[4m\ud800",
                "!!binary x",
                "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://localhost/\"]]",
                "? {a: 1}\n: b\n",
                "--- a\n--- b\n"));
        texts.add(laughsYaml());
        texts.add(laughsXml());
        texts.add("<!DOCTYPE system SYSTEM \"file:///etc/passwd\"><system/>");
        texts.add("<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><system>&x;</system>");
        List<byte[]> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.getBytes(StandardCharsets.UTF_8)));
        all.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
        all.add(new byte[] {(byte) 0xc0, (byte) 0x80});
        all.add(new byte[1 << 20]);
        all.add("partiflow".getBytes(StandardCharsets.UTF_16));
        return all;
    }

    private static String laughsYaml() {
        StringBuilder text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a").append(i).append(": &a").append(i).append(" [");
            text.append(("*a" + (i - 1) + ", ").repeat(9)).append("x]\n");
        }
        return text.toString();
    }

    private static String laughsXml() {
        StringBuilder text = new StringBuilder("<!DOCTYPE lolz [<!ENTITY l0 \"lol\">\n");
        for (int i = 1; i < 12; i++) {
            text.append("<!ENTITY l").append(i).append(" \"").append(("&l" + (i - 1) + ";").repeat(10));
            text.append("\">\n");
        }
        return text.append("]><system>&l11;</system>").toString();
    }
}
