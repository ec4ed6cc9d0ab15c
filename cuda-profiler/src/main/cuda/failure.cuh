// What can go wrong, and the exit status that tells it.
#pragma once
#include <cuda_runtime.h>

#include <stdexcept>
#include <string>

constexpr int kExitCudaError = 1;
constexpr int kExitUsage = 2;
constexpr int kExitNoDevice = 3;
constexpr int kExitOutOfMemory = 4;
constexpr int kExitSelfCheck = 5;

struct Failure : std::runtime_error {
    int code;
    Failure(int exit_code, const std::string& message) : std::runtime_error(message), code(exit_code) {}
};

inline void check(cudaError_t status, const char* what) {
    if (status == cudaSuccess) {
        return;
    }
    const int code = status == cudaErrorMemoryAllocation ? kExitOutOfMemory : kExitCudaError;
    throw Failure(code, std::string(what) + ": " + cudaGetErrorName(status) + ", " + cudaGetErrorString(status));
}

inline void expect(bool condition, const std::string& what) {
    if (!condition) {
        throw Failure(kExitSelfCheck, "check failed: " + what);
    }
}
