// What it costs to start work: a kernel launch, a graph launch, a kernel inside a graph.
#pragma once
#include "session.cuh"

__global__ void empty_kernel() {}

inline void write_launches(Session& session) {
    say("launch latency");
    const Work empty = [](cudaStream_t stream, int) { empty_kernel<<<1, 1, 0, stream>>>(); };
    JsonWriter& json = session.json;
    auto write = [&](const char* kind, const Timing& timing) {
        json.begin('{').key("kind").string(kind);
        session.timing(timing);
        json.end('}');
    };
    json.key("launches").begin('[');
    write("kernel", session.launched(empty));
    write("kernel-in-graph", session.recorded(empty));

    cudaGraph_t graph = nullptr;
    cudaGraphExec_t program = nullptr;
    cudaStream_t stream = session.timer.stream();
    check(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal), "begin capture");
    empty(stream, 0);
    check(cudaStreamEndCapture(stream, &graph), "end capture");
    check(cudaGraphInstantiateWithFlags(&program, graph, 0), "instantiate graph");
    write("graph", session.launched([&](cudaStream_t s, int) { check(cudaGraphLaunch(program, s), "launch graph"); }));
    check(cudaGraphExecDestroy(program), "destroy graph program");
    check(cudaGraphDestroy(graph), "destroy graph");
    json.end(']');
}
