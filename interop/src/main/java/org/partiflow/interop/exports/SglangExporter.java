package org.partiflow.interop.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.model.Precision;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;

/**
 * Launch scripts for SGLang: one per group and node, and a router per island of prefill and decode engines. Stateless and
 * thread-safe.
 */
public final class SglangExporter implements PlanExporter {
    private static final int BOOTSTRAP = 8998;
    private static final int ROUTER = 8192;
    private static final int RENDEZVOUS = 20_000;

    @Override
    public String format() {
        return "sglang";
    }

    @Override
    public String target() {
        return "SGLang 0.5.10 with Mooncake";
    }

    @Override
    public List<String> obstacles(ExportRequest request) {
        return Compatibility.engine(request, TargetEngine.SGLANG);
    }

    @Override
    public List<ExportedFile> export(ExportRequest whole) {
        Exporters.requireNone(obstacles(whole), format());
        ExportRequest request = whole.withoutIdleGroups();
        Endpoints endpoints = new Endpoints(request);
        List<ExportedFile> files = new ArrayList<>();
        files.add(ExportedFile.text("hosts.sh", Endpoints.hosts(request)));
        for (ServingGroup group : request.plan().groups()) {
            files.addAll(group(request, group, endpoints));
        }
        List<Balancer.Target> targets = new ArrayList<>();
        int number = 0;
        for (Islands island : Islands.of(request.plan())) {
            Shell router = new Shell("exec python -m sglang_router.launch_router").flag("--pd-disaggregation");
            island.prefill().forEach(g -> router.withVariables("--prefill", endpoints.url(g)));
            island.decode().forEach(g -> router.withVariables("--decode", endpoints.url(g)));
            router.with("--port", ROUTER + number);
            String note = island.note(request.plan());
            files.add(ExportedFile.script(
                    "router-" + number + ".sh",
                    (note.isEmpty() ? "" : "# " + note) + "set -eu\n. \"$(dirname \"$0\")/hosts.sh\"\n" + router
                            + "\n"));
            targets.add(new Balancer.Target(
                    endpoints.host(island.prefill().get(0)) + ":" + (ROUTER + number), island.flowRequestsPerSecond()));
            number++;
        }
        for (ServingGroup group : request.plan().groups(Phase.COLOCATED)) {
            targets.add(new Balancer.Target(
                    endpoints.host(group) + ":" + endpoints.port(group), group.flowRequestsPerSecond()));
        }
        files.add(ExportedFile.text("balancer.conf.in", Balancer.nginx(targets)));
        files.add(ExportedFile.text("README.txt", Exporters.readme(this, whole, files)));
        return files;
    }

    private static List<ExportedFile> group(ExportRequest request, ServingGroup group, Endpoints endpoints) {
        GroupShape shape = Compatibility.shape(request, group);
        Map<String, List<Integer>> nodes =
                GroupShape.nodesOf(group, request.problem().cluster());
        int index = request.plan().groups().indexOf(group);
        List<ExportedFile> files = new ArrayList<>();
        int rank = 0;
        for (Map.Entry<String, List<Integer>> node : nodes.entrySet()) {
            Shell serve = new Shell("exec python -m sglang.launch_server")
                    .with("--model-path", request.settings().servedModel())
                    .with("--host", "0.0.0.0")
                    .with("--port", endpoints.port(group))
                    .with("--tp-size", shape.degree())
                    .with("--pp-size", shape.stages())
                    .with("--mem-fraction-static", request.problem().serving().memoryUtilization())
                    .with("--chunked-prefill-size", request.problem().serving().maxBatchedTokens())
                    .with("--max-running-requests", Math.max(1, group.batch()));
            if (request.problem().model().kv() == Precision.FP8) {
                serve.with("--kv-cache-dtype", "fp8_e4m3");
            }
            if (group.phase() != Phase.COLOCATED) {
                serve.with("--disaggregation-mode", group.phase() == Phase.PREFILL ? "prefill" : "decode")
                        .with("--disaggregation-transfer-backend", "mooncake");
                if (group.phase() == Phase.PREFILL) {
                    serve.with("--disaggregation-bootstrap-port", BOOTSTRAP + index);
                }
            }
            if (nodes.size() > 1) {
                serve.with("--nnodes", nodes.size())
                        .with("--node-rank", rank)
                        .withVariables("--dist-init-addr", endpoints.host(group) + ":" + (RENDEZVOUS + index));
            }
            String devices = String.join(
                    ",", node.getValue().stream().map(String::valueOf).toList());
            files.add(ExportedFile.script(
                    group.id() + "-" + node.getKey().replaceAll("[^A-Za-z0-9._-]", "-") + ".sh",
                    "set -eu\n. \"$(dirname \"$0\")/hosts.sh\"\nexport CUDA_VISIBLE_DEVICES=" + devices + "\n" + serve
                            + "\n"));
            rank++;
        }
        return files;
    }
}
