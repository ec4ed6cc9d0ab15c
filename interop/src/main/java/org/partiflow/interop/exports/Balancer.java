package org.partiflow.interop.exports;

import java.util.List;

/** An nginx configuration that shares requests out in proportion to the planned flows. Stateless. */
final class Balancer {
    static final int PORT = 8000;

    private Balancer() {}

    /** A target and its planned rate. */
    record Target(String hostAndPort, double requestsPerSecond) {}

    static String nginx(List<Target> targets) {
        double most =
                targets.stream().mapToDouble(Target::requestsPerSecond).max().orElse(1);
        StringBuilder text =
                new StringBuilder("# Requests in proportion to the planned flows. Use: envsubst < balancer.conf.in"
                        + " > balancer.conf\nevents {}\nhttp {\n  upstream engines {\n");
        for (Target target : targets) {
            long weight = Math.max(1, Math.round(100 * target.requestsPerSecond() / Math.max(most, Double.MIN_NORMAL)));
            text.append("    server ")
                    .append(target.hostAndPort())
                    .append(" weight=")
                    .append(weight)
                    .append(";\n");
        }
        return text.append("  }\n  server {\n    listen ")
                .append(PORT)
                .append(";\n    location / {\n      proxy_pass http://engines;\n      proxy_http_version 1.1;\n"
                        + "      proxy_buffering off;\n      proxy_read_timeout 3600s;\n    }\n  }\n}\n")
                .toString();
    }
}
