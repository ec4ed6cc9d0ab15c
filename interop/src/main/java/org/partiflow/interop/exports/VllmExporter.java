package org.partiflow.interop.exports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.partiflow.api.TargetEngine;
import org.partiflow.api.plan.Phase;
import org.partiflow.api.plan.ServingGroup;
import org.partiflow.api.workload.LengthMoments;

/**
 * Launch scripts for vLLM: one per group and node, a proxy per island of prefill and decode engines, a balancer, and a
 * benchmark with the workload's mean lengths at the planned rate. Groups over several nodes run on Ray, which takes any
 * number of GPUs from each. Stateless and thread-safe.
 */
public final class VllmExporter implements PlanExporter {
    private static final int SIDE_CHANNEL = 5600;
    private static final int RAY = 6379;
    private static final int PROXY = 8192;

    @Override
    public String format() {
        return "vllm";
    }

    @Override
    public String target() {
        return "vLLM 0.19 with NIXL; the proxy is the one of vLLM's disaggregation example";
    }

    @Override
    public List<String> obstacles(ExportRequest request) {
        return Compatibility.engine(request, TargetEngine.VLLM);
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
            String node = endpoints.node(island.prefill().get(0));
            files.add(proxy(request, island, endpoints, number));
            targets.add(new Balancer.Target(
                    "${" + Endpoints.variable(node) + "}:" + (PROXY + number), island.flowRequestsPerSecond()));
            number++;
        }
        for (ServingGroup group : request.plan().groups(Phase.COLOCATED)) {
            targets.add(new Balancer.Target(
                    endpoints.host(group) + ":" + endpoints.port(group), group.flowRequestsPerSecond()));
        }
        files.add(ExportedFile.text("balancer.conf.in", Balancer.nginx(targets)));
        files.add(ExportedFile.script("benchmark.sh", benchmark(request)));
        files.add(ExportedFile.text("README.txt", Exporters.readme(this, whole, files)));
        return files;
    }

    private List<ExportedFile> group(ExportRequest request, ServingGroup group, Endpoints endpoints) {
        GroupShape shape = Compatibility.shape(request, group);
        Map<String, List<Integer>> nodes =
                GroupShape.nodesOf(group, request.problem().cluster());
        List<ExportedFile> files = new ArrayList<>();
        boolean several = nodes.size() > 1;
        int ray =
                RAY + Endpoints.STRIDE * files.size() + request.plan().groups().indexOf(group);
        for (Map.Entry<String, List<Integer>> node : nodes.entrySet()) {
            boolean head = node.getKey().equals(endpoints.node(group));
            StringBuilder script = new StringBuilder("set -eu\n. \"$(dirname \"$0\")/hosts.sh\"\n");
            script.append("export CUDA_VISIBLE_DEVICES=")
                    .append(String.join(
                            ",", node.getValue().stream().map(String::valueOf).toList()))
                    .append('\n');
            if (!head) {
                script.append("exec ray start --block --address=\"")
                        .append(endpoints.host(group))
                        .append(':')
                        .append(ray)
                        .append("\"\n");
                files.add(ExportedFile.script(
                        group.id() + "-join-" + fileName(node.getKey()) + ".sh", script.toString()));
                continue;
            }
            environment(request, group, shape, endpoints, script);
            if (several) {
                script.append("ray start --head --port=").append(ray).append('\n');
            }
            Shell serve = new Shell(
                    "exec vllm serve " + Shell.quoted(request.settings().servedModel()));
            serve.with("--port", endpoints.port(group));
            List<String> flags = EngineFlags.vllm(request.problem(), shape, group);
            for (int i = 0; i < flags.size(); i += 2) {
                serve.with(flags.get(i), flags.get(i + 1));
            }
            if (several) {
                serve.with("--distributed-executor-backend", "ray");
            }
            if (group.phase() != Phase.COLOCATED) {
                serve.with("--kv-transfer-config", EngineFlags.kvTransfer(group.phase()));
            }
            script.append(serve).append('\n');
            files.add(ExportedFile.script(group.id() + "-serve-" + fileName(node.getKey()) + ".sh", script.toString()));
        }
        return files;
    }

    private static void environment(
            ExportRequest request, ServingGroup group, GroupShape shape, Endpoints endpoints, StringBuilder script) {
        if (group.phase() != Phase.COLOCATED) {
            int number = (endpoints.port(group) - request.settings().firstPort()) / Endpoints.STRIDE;
            script.append("export VLLM_NIXL_SIDE_CHANNEL_HOST=\"")
                    .append(endpoints.host(group))
                    .append("\"\n");
            script.append("export VLLM_NIXL_SIDE_CHANNEL_PORT=")
                    .append(SIDE_CHANNEL + 100 * number)
                    .append('\n');
            script.append("export UCX_TLS=")
                    .append(EngineFlags.ucxTransports(request))
                    .append(" UCX_NET_DEVICES=all\n");
        }
        String partition = EngineFlags.layerPartition(shape);
        if (!partition.isEmpty()) {
            script.append("export VLLM_PP_LAYER_PARTITION=").append(partition).append('\n');
        }
    }

    private static ExportedFile proxy(ExportRequest request, Islands island, Endpoints endpoints, int number) {
        Shell proxy = new Shell("exec python toy_proxy_server.py").with("--port", PROXY + number);
        proxy.withVariables("--prefiller-hosts", hosts(island.prefill(), endpoints));
        proxy.with("--prefiller-ports", ports(island.prefill(), endpoints));
        proxy.withVariables("--decoder-hosts", hosts(island.decode(), endpoints));
        proxy.with("--decoder-ports", ports(island.decode(), endpoints));
        String note = island.note(request.plan());
        return ExportedFile.script(
                "proxy-" + number + ".sh",
                (note.isEmpty() ? "" : "# " + note)
                        + "set -eu\n. \"$(dirname \"$0\")/hosts.sh\"\n"
                        + proxy.toString().replace("\"", "").replace("'", "") + "\n");
    }

    private static String hosts(List<ServingGroup> groups, Endpoints endpoints) {
        return String.join(" ", groups.stream().map(endpoints::host).toList());
    }

    private static String ports(List<ServingGroup> groups, Endpoints endpoints) {
        return String.join(" ", groups.stream().map(g -> "" + endpoints.port(g)).toList());
    }

    private static String benchmark(ExportRequest request) {
        LengthMoments lengths = request.problem().workload().moments();
        double rate = request.plan().throughput().requestsPerSecond();
        Shell bench = new Shell("exec vllm bench serve")
                .with("--model", request.settings().servedModel())
                .flag("--base-url \"http://${BALANCER:-localhost}:" + Balancer.PORT + "\"")
                .with("--dataset-name", "random")
                .with("--random-input-len", Math.round(lengths.prompt()))
                .with("--random-output-len", Math.max(1, Math.round(lengths.output())))
                .with("--request-rate", String.format(Locale.ROOT, "%.3f", rate))
                .with("--num-prompts", Math.max(100, Math.round(120 * rate)));
        return "# Two minutes at the planned rate, with the workload's mean lengths; its spread is not reproduced.\nset -eu\n"
                + bench + "\n";
    }

    private static String fileName(String node) {
        return node.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
