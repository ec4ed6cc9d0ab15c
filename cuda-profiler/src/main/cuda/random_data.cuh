// The same random values on host and device, from a counter: references need no copying.
#pragma once
#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <cstdint>

#include "failure.cuh"

__host__ __device__ inline uint32_t hash32(uint32_t x) {
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return x ^ (x >> 16);
}

// A multiple of 1/128 in [-1, 1): exact in half, bfloat16 (8 bits of mantissa) and times 16 in int8.
__host__ __device__ inline float random_value(size_t index) {
    const int byte = static_cast<int>(hash32(static_cast<uint32_t>(index)) >> 24) - 128;
    return static_cast<float>(byte) / 128.0f;
}

template <typename T> __host__ __device__ inline T from_float(float value) { return static_cast<T>(value); }
template <> __host__ __device__ inline half from_float<half>(float value) { return __float2half(value); }
template <> __host__ __device__ inline __nv_bfloat16 from_float<__nv_bfloat16>(float value) {
    return __float2bfloat16(value);
}
template <> __host__ __device__ inline int8_t from_float<int8_t>(float value) {
    return static_cast<int8_t>(value * 16.0f);
}

template <typename T> __global__ void fill_kernel(T* data, size_t count) {
    const size_t step = static_cast<size_t>(gridDim.x) * blockDim.x;
    for (size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x; i < count; i += step) {
        data[i] = from_float<T>(random_value(i));
    }
}

__global__ void fill_bytes_kernel(unsigned* data, size_t count) {
    const size_t step = static_cast<size_t>(gridDim.x) * blockDim.x;
    for (size_t i = blockIdx.x * static_cast<size_t>(blockDim.x) + threadIdx.x; i < count; i += step) {
        data[i] = hash32(static_cast<uint32_t>(i));
    }
}

template <typename T> void fill(T* data, size_t count) {
    fill_kernel<T><<<2048, 256>>>(data, count);
    check(cudaGetLastError(), "fill");
    check(cudaDeviceSynchronize(), "fill");
}
inline void fill_halves(half* data, size_t count) { fill<half>(data, count); }
inline void fill_bytes(unsigned* data, size_t count) {
    fill_bytes_kernel<<<2048, 256>>>(data, count);
    check(cudaGetLastError(), "fill");
    check(cudaDeviceSynchronize(), "fill");
}
