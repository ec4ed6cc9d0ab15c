// Bandwidth of device memory by size: copy, read, write, and the root-mean-square norm as an elementwise operation.
#pragma once
#include <cstring>

#include "rotation.cuh"
#include "session.cuh"

namespace memory_bandwidth {

constexpr int kThreads = 256;
constexpr int kHidden = 4096;  // width of a normalised row, halves

__global__ void copy(const int4* from, int4* to, size_t count) {
    const size_t step = static_cast<size_t>(gridDim.x) * blockDim.x;
    for (size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x; i < count; i += step) {
        to[i] = from[i];
    }
}

// Exclusive or of all words into one: nothing that is read can be left out by the compiler.
__global__ void read(const int4* from, unsigned* result, size_t count) {
    const size_t step = static_cast<size_t>(gridDim.x) * blockDim.x;
    unsigned sum = 0;
    for (size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x; i < count; i += step) {
        const int4 v = from[i];
        sum ^= static_cast<unsigned>(v.x ^ v.y ^ v.z ^ v.w);
    }
    for (int lane = 16; lane > 0; lane /= 2) {
        sum ^= __shfl_xor_sync(0xffffffffu, sum, lane);
    }
    if (threadIdx.x % 32 == 0) {
        atomicXor(result, sum);
    }
}

__global__ void write(int4* to, int value, size_t count) {
    const size_t step = static_cast<size_t>(gridDim.x) * blockDim.x;
    for (size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x; i < count; i += step) {
        to[i] = make_int4(value, value, value, value);
    }
}

// One block per row of kHidden halves: x / sqrt(mean(x^2) + 1e-5).
__global__ void norm(const half2* from, half2* to) {
    __shared__ float partial[kThreads / 32];
    constexpr int kPairs = kHidden / 2 / kThreads;
    const half2* row = from + static_cast<size_t>(blockIdx.x) * (kHidden / 2);
    float2 values[kPairs];
    float sum = 0;
    for (int i = 0; i < kPairs; i++) {
        values[i] = __half22float2(row[threadIdx.x + i * kThreads]);
        sum += values[i].x * values[i].x + values[i].y * values[i].y;
    }
    for (int lane = 16; lane > 0; lane /= 2) {
        sum += __shfl_xor_sync(0xffffffffu, sum, lane);
    }
    if (threadIdx.x % 32 == 0) {
        partial[threadIdx.x / 32] = sum;
    }
    __syncthreads();
    float total = 0;
    for (float part : partial) {
        total += part;
    }
    const float scale = rsqrtf(total / kHidden + 1e-5f);
    for (int i = 0; i < kPairs; i++) {
        to[static_cast<size_t>(blockIdx.x) * (kHidden / 2) + threadIdx.x + i * kThreads] =
            __floats2half2_rn(values[i].x * scale, values[i].y * scale);
    }
}

inline int blocks(const Session& session) { return session.properties.multiProcessorCount * 8; }

// Runs each kernel once on a small size and compares with the host.
inline void check_kernels(const Session& session) {
    constexpr size_t kBytes = kHidden * 2 * 8, kWords = kBytes / 4;
    DeviceBuffer from(kBytes), to(kBytes), result(4);
    fill_bytes(from.as<unsigned>(), kWords);
    unsigned expected = 0;
    for (size_t i = 0; i < kWords; i++) {
        expected ^= hash32(static_cast<uint32_t>(i));
    }
    check(cudaMemset(result.as<void>(), 0, 4), "cudaMemset");
    read<<<blocks(session), kThreads>>>(from.as<int4>(), result.as<unsigned>(), kBytes / 16);
    expect(result.download<unsigned>(1)[0] == expected, "read kernel");
    copy<<<blocks(session), kThreads>>>(from.as<int4>(), to.as<int4>(), kBytes / 16);
    expect(from.download<unsigned>(kWords) == to.download<unsigned>(kWords), "copy kernel");
    write<<<blocks(session), kThreads>>>(to.as<int4>(), 7, kBytes / 16);
    expect(to.download<int>(kWords) == std::vector<int>(kWords, 7), "write kernel");

    fill_halves(from.as<half>(), kBytes / 2);
    norm<<<8, kThreads>>>(from.as<half2>(), to.as<half2>());
    const auto out = to.download<half>(kBytes / 2);
    for (int row = 0; row < 8; row++) {
        double squares = 0;
        for (int i = 0; i < kHidden; i++) {
            squares += std::pow(random_value(static_cast<size_t>(row) * kHidden + i), 2);
        }
        const double scale = 1 / std::sqrt(squares / kHidden + 1e-5);
        for (int i = 0; i < kHidden; i++) {
            const size_t at = static_cast<size_t>(row) * kHidden + i;
            expect(std::fabs(__half2float(out[at]) - random_value(at) * scale) < 4e-3, "norm kernel");
        }
    }
}

inline void measure(Session& session, const char* operation, size_t bytes, const std::function<void(char*, char*, cudaStream_t)>& run) {
    Rotation sets(2 * bytes);
    sets.fill_halves();
    const Timing timing = session.recorded([&](cudaStream_t stream, int i) { run(sets.set(i), sets.set(i) + bytes, stream); });
    session.json.begin('{').key("operation").string(operation).key("bytes").integer(static_cast<long long>(bytes));
    session.timing(timing);
    session.json.end('}');
}

}  // namespace memory_bandwidth

// "bytes" is the size of the buffer: a copy and a norm move it twice, read and write once.
inline void write_memory(Session& session) {
    using namespace memory_bandwidth;
    check_kernels(session);
    const size_t largest = std::min(session.budget() / 4, size_t{1} << (session.options.full ? 30 : 28));
    DeviceBuffer result(4);
    session.json.key("memory").begin('[');
    for (size_t bytes = size_t{1} << 16; bytes <= largest; bytes *= session.options.full ? 2 : 4) {
        say("memory, %zu bytes", bytes);
        const int grid = blocks(session);
        measure(session, "memcpy", bytes, [&](char* a, char* b, cudaStream_t s) {
            check(cudaMemcpyAsync(b, a, bytes, cudaMemcpyDeviceToDevice, s), "cudaMemcpyAsync");
        });
        measure(session, "copy", bytes, [&](char* a, char* b, cudaStream_t s) {
            copy<<<grid, kThreads, 0, s>>>(reinterpret_cast<int4*>(a), reinterpret_cast<int4*>(b), bytes / 16);
        });
        measure(session, "read", bytes, [&](char* a, char*, cudaStream_t s) {
            read<<<grid, kThreads, 0, s>>>(reinterpret_cast<int4*>(a), result.as<unsigned>(), bytes / 16);
        });
        measure(session, "write", bytes, [&](char* a, char*, cudaStream_t s) {
            write<<<grid, kThreads, 0, s>>>(reinterpret_cast<int4*>(a), 1, bytes / 16);
        });
        measure(session, "norm", bytes, [&](char* a, char* b, cudaStream_t s) {
            norm<<<bytes / (2 * kHidden), kThreads, 0, s>>>(reinterpret_cast<half2*>(a), reinterpret_cast<half2*>(b));
        });
    }
    session.json.end(']');
}
