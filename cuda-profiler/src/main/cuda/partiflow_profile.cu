// Measures one GPU for Partiflow's cost model.
//
// Prints one JSON document (profile-raw/1) on standard output or to --out, progress and errors on standard error.
// --quick takes about a minute, --full about ten. Exit codes: 0 done; 1 other CUDA error; 2 bad usage; 3 no usable
// device; 4 out of memory; 5 failed self-check. Every kernel is held against a host reference before it is timed.
// Needs the CUDA runtime only (linked statically); cuBLASLt, NVML and NCCL are used where they can be loaded.
//
//     nvcc -O3 -std=c++17 -o partiflow_profile partiflow_profile.cu -ldl
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>

#include "decode_attention.cuh"
#include "device_facts.cuh"
#include "host_copies.cuh"
#include "kv_blocks.cuh"
#include "launches.cuh"
#include "memory_bandwidth.cuh"
#include "peers.cuh"
#include "prefill_attention.cuh"
#include "products.cuh"
#include "self_test.hpp"

namespace {

std::string now() {
    char text[32] = "";
    const std::time_t seconds = std::time(nullptr);
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&seconds));
    return text;
}

void require_device(int wanted) {
    int devices = 0;
    const cudaError_t status = cudaGetDeviceCount(&devices);
    if (status != cudaSuccess || devices <= wanted) {
        const char* reason = status != cudaSuccess ? cudaGetErrorName(status) : "no such device";
        throw Failure(kExitNoDevice, std::string("no usable CUDA device: ") + reason);
    }
    check(cudaSetDevice(wanted), "cudaSetDevice");
}

std::string profile(const Options& options) {
    require_device(options.device);
    Nvml nvml;
    CublasLt cublas;
    Nccl nccl;
    JsonWriter json;
    Session session(options, json);
    json.begin('{').key("partiflow").string("profile-raw/1");
    json.key("measuredAt").string(now()).key("mode").string(options.full ? "full" : "quick");
    write_software(session, nvml, cublas, nccl);
    write_device(session, nvml);
    write_launches(session);
    write_memory(session);
    write_host_copies(session);
    write_products(session, cublas);
    write_decode_attention(session);
    write_prefill_attention(session);
    write_kv(session);
    write_peers(session, nccl);
    json.end('}');
    return json.text();
}

// A file appears under its name only when it is complete.
void deliver(const std::string& document, const std::string& file) {
    if (file.empty()) {
        std::cout << document << std::endl;
        return;
    }
    const std::string partial = file + ".part";
    std::ofstream stream(partial);
    stream << document << '\n';
    stream.close();
    if (!stream.good() || std::rename(partial.c_str(), file.c_str()) != 0) {
        throw Failure(kExitUsage, "cannot write '" + file + "'");
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const Options options = parse(argc, argv);
        if (options.self_test) {
            self_test_host();
            say("self-test passed");
            return 0;
        }
        deliver(profile(options), options.out);
        return 0;
    } catch (const Failure& failure) {
        say("partiflow_profile: %s", failure.what());
        return failure.code;
    } catch (const std::bad_alloc&) {
        say("partiflow_profile: out of host memory");
        return kExitOutOfMemory;
    }
}
