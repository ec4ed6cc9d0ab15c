// The device's side of sending a paged KV cache: gather pages into one buffer, scatter them, make them smaller and back.
#pragma once
#include <cuda_fp8.h>

#include <cuda_fp16.h>

namespace kv {

constexpr int kThreads = 256;
constexpr int kGroup = 32;  // values that share a scale in 4 bits

// One block of threads per page; `vectors` 16-byte words each.
__global__ void gather(const int4* cache, const int* table, int4* buffer, int vectors) {
    const int4* from = cache + static_cast<size_t>(table[blockIdx.x]) * vectors;
    int4* to = buffer + static_cast<size_t>(blockIdx.x) * vectors;
    for (int i = threadIdx.x; i < vectors; i += blockDim.x) {
        to[i] = from[i];
    }
}

__global__ void scatter(const int4* buffer, const int* table, int4* cache, int vectors) {
    const int4* from = buffer + static_cast<size_t>(blockIdx.x) * vectors;
    int4* to = cache + static_cast<size_t>(table[blockIdx.x]) * vectors;
    for (int i = threadIdx.x; i < vectors; i += blockDim.x) {
        to[i] = from[i];
    }
}

// Eight halves to eight bytes per thread.
__global__ void encode_fp8(const int4* from, int2* to, size_t count) {
    const size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x;
    if (i < count) {
        const int4 packed = from[i];
        const half* values = reinterpret_cast<const half*>(&packed);
        int2 result;
        __nv_fp8_e4m3* out = reinterpret_cast<__nv_fp8_e4m3*>(&result);
        for (int k = 0; k < 8; k++) {
            out[k] = __nv_fp8_e4m3(values[k]);
        }
        to[i] = result;
    }
}

__global__ void decode_fp8(const int2* from, int4* to, size_t count) {
    const size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x;
    if (i < count) {
        const int2 packed = from[i];
        const __nv_fp8_e4m3* values = reinterpret_cast<const __nv_fp8_e4m3*>(&packed);
        int4 result;
        half* out = reinterpret_cast<half*>(&result);
        for (int k = 0; k < 8; k++) {
            out[k] = __float2half(static_cast<float>(values[k]));
        }
        to[i] = result;
    }
}

// A group of 32 halves to 16 bytes and a scale per thread: value = digit x scale, digit in -7..7.
__global__ void encode_int4(const int4* from, int4* digits, half* scales, size_t groups) {
    const size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x;
    if (i < groups) {
        int4 packed[4];
        float largest = 0;
        for (int v = 0; v < 4; v++) {
            packed[v] = from[4 * i + v];
        }
        const half* values = reinterpret_cast<const half*>(packed);
        for (int k = 0; k < kGroup; k++) {
            largest = fmaxf(largest, fabsf(__half2float(values[k])));
        }
        const half scale = __float2half(largest / 7);
        const float inverse = __half2float(scale) > 0 ? 1 / __half2float(scale) : 0;
        int4 result = make_int4(0, 0, 0, 0);
        unsigned char* bytes = reinterpret_cast<unsigned char*>(&result);
        for (int k = 0; k < kGroup; k++) {
            const int digit = max(-7, min(7, __float2int_rn(__half2float(values[k]) * inverse)));
            bytes[k / 2] |= static_cast<unsigned char>((digit & 15) << (k % 2 * 4));
        }
        digits[i] = result;
        scales[i] = scale;
    }
}

__global__ void decode_int4(const int4* digits, const half* scales, int4* to, size_t groups) {
    const size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x;
    if (i < groups) {
        const int4 packed = digits[i];
        const unsigned char* bytes = reinterpret_cast<const unsigned char*>(&packed);
        const float scale = __half2float(scales[i]);
        int4 result[4];
        half* values = reinterpret_cast<half*>(result);
        for (int k = 0; k < kGroup; k++) {
            const int nibble = bytes[k / 2] >> (k % 2 * 4) & 15;
            values[k] = __float2half((nibble < 8 ? nibble : nibble - 16) * scale);
        }
        for (int v = 0; v < 4; v++) {
            to[4 * i + v] = result[v];
        }
    }
}

inline int grid(size_t threads) { return static_cast<int>((threads + kThreads - 1) / kThreads); }

}  // namespace kv
