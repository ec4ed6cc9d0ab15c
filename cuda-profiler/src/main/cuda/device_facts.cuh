// Facts about the device and the software, as found.
#pragma once
#include "cublaslt.hpp"
#include "nccl.hpp"
#include "nvml.hpp"
#include "session.cuh"

inline void write_library(JsonWriter& json, const char* name, const Library& library, long long version) {
    say("%s: %s", name, library.found() ? library.path().c_str() : "not found");
    json.begin('{').key("name").string(name).key("found").boolean(library.found());
    json.key("path").string(library.path()).key("version").integer(version).end('}');
}

inline void write_device(Session& session, Nvml& nvml) {
    const int device = session.options.device;
    const cudaDeviceProp& properties = session.properties;
    auto attribute = [&](cudaDeviceAttr which, const char* what) {
        int value = 0;
        check(cudaDeviceGetAttribute(&value, which, device), what);
        return value;
    };
    char address[32] = "";
    check(cudaDeviceGetPCIBusId(address, sizeof address, device), "PCI address");
    nvml.select(address);
    JsonWriter& json = session.json;
    json.key("device").begin('{').key("name").string(properties.name);
    json.key("computeCapability").string(std::to_string(properties.major) + "." + std::to_string(properties.minor));
    json.key("multiprocessors").integer(properties.multiProcessorCount);
    json.key("memoryBytes").integer(static_cast<long long>(properties.totalGlobalMem));
    json.key("l2Bytes").integer(properties.l2CacheSize);
    json.key("clockHertz").number(attribute(cudaDevAttrClockRate, "clock rate") * 1e3);
    json.key("memoryClockHertz").number(attribute(cudaDevAttrMemoryClockRate, "memory clock rate") * 1e3);
    json.key("memoryBusBits").integer(properties.memoryBusWidth);
    // The rest is -1 where the driver's library is missing or does not tell.
    constexpr int kSmClock = 1;
    json.key("currentClockMegahertz").integer(nvml.clock_megahertz(kSmClock));
    json.key("powerLimitMilliwatts").integer(nvml.property("nvmlDeviceGetEnforcedPowerLimit"));
    json.key("ecc").integer(nvml.ecc());
    json.key("pcieGeneration").integer(nvml.property("nvmlDeviceGetMaxPcieLinkGeneration"));
    json.key("pcieWidth").integer(nvml.property("nvmlDeviceGetMaxPcieLinkWidth"));
    json.key("nvlinkLanes").integer(nvml.available() ? nvml.nvlink_lanes() : -1).end('}');
}

inline void write_software(Session& session, const Nvml& nvml, const CublasLt& cublas, const Nccl& nccl) {
    int driver = 0, runtime = 0;
    check(cudaDriverGetVersion(&driver), "cudaDriverGetVersion");
    check(cudaRuntimeGetVersion(&runtime), "cudaRuntimeGetVersion");
    JsonWriter& json = session.json;
    json.key("driverVersion").integer(driver).key("runtimeVersion").integer(runtime);
    json.key("driver").string(nvml.driver_version());
    json.key("libraries").begin('[');
    write_library(json, "cublasLt", cublas.library(), cublas.version());
    write_library(json, "nvml", nvml.library(), -1);
    write_library(json, "nccl", nccl.library(), nccl.version());
    json.end(']');
}
