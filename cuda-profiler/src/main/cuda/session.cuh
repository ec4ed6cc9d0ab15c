// What every measurement gets: where to write, how much to measure, a timer.
#pragma once
#include <cstdarg>
#include <cstdio>

#include "device_memory.cuh"
#include "json_writer.hpp"
#include "options.hpp"
#include "timer.cuh"

struct Session {
    const Options& options;
    JsonWriter& json;
    Timer timer;
    cudaDeviceProp properties{};

    Session(const Options& chosen, JsonWriter& out) : options(chosen), json(out) {
        check(cudaGetDeviceProperties(&properties, options.device), "cudaGetDeviceProperties");
    }
    int capability() const { return properties.major * 10 + properties.minor; }

    // Bytes that one measurement may take.
    size_t budget() const { return free_device_bytes() / 10 * 6; }

    Timing recorded(const Work& work) { return timer.recorded(work, options.samples); }
    Timing launched(const Work& work) { return timer.launched(work, options.samples); }
    void timing(const Timing& t) { write_timing(json, t); }
};

// Progress for people, on standard error.
inline void say(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    std::vfprintf(stderr, format, arguments);
    va_end(arguments);
    std::fputc('\n', stderr);
}
