// Causal attention of whole prompts on tensor cores, in the manner of FlashAttention: 32 queries against 64 keys at a time.
#pragma once
#include <mma.h>

#include <cuda_fp16.h>

namespace prefill {

constexpr int kDim = 128;
constexpr int kQueries = 32;
constexpr int kKeys = 64;
constexpr int kThreads = 128;
constexpr int kPad = 8;       // halves
constexpr int kPadFloat = 4;  // floats

struct Tiles {
    half query[kQueries][kDim + kPad];
    half key_value[kKeys][kDim + kPad];  // keys, then values
    half weight[kQueries][kKeys + kPad];
    float score[kQueries][kKeys + kPadFloat];
    float out[kQueries][kDim + kPadFloat];
};

// Copies rows of kDim halves; rows from `rows` on are zero.
__device__ inline void load(half (*tile)[kDim + kPad], int tile_rows, const half* from, int rows) {
    constexpr int kVectors = kDim / 8;
    for (int i = threadIdx.x; i < tile_rows * kVectors; i += kThreads) {
        const int r = i / kVectors, c = i % kVectors * 8;
        int4 value = make_int4(0, 0, 0, 0);
        if (r < rows) {
            value = *reinterpret_cast<const int4*>(from + static_cast<size_t>(r) * kDim + c);
        }
        *reinterpret_cast<int4*>(&tile[r][c]) = value;
    }
}

// Tensors: [sequence][head][token][dimension]. Grid: blocks of queries, heads, sequences.
__global__ void __launch_bounds__(kThreads)
    attention(const half* queries, const half* keys, const half* values, half* result, int heads, int kv_heads, int tokens) {
    using namespace nvcuda;
    extern __shared__ char memory[];
    Tiles& tiles = *reinterpret_cast<Tiles*>(memory);
    const int head = blockIdx.y, first = blockIdx.x * kQueries;
    const size_t query_row = (static_cast<size_t>(blockIdx.z) * heads + head) * tokens + first;
    const size_t key_row = (static_cast<size_t>(blockIdx.z) * kv_heads + head / (heads / kv_heads)) * tokens;
    const int warp = threadIdx.x / 32;
    const int row = threadIdx.x / 4, quarter = threadIdx.x % 4;  // softmax: four threads per query
    float largest = -INFINITY, total = 0;
    load(tiles.query, kQueries, queries + query_row * kDim, tokens - first);
    for (int i = threadIdx.x; i < kQueries * kDim; i += kThreads) {
        tiles.out[i / kDim][i % kDim] = 0;
    }
    const int end = min(tokens, first + kQueries);
    for (int key = 0; key < end; key += kKeys) {
        __syncthreads();
        load(tiles.key_value, kKeys, keys + (key_row + key) * kDim, tokens - key);
        __syncthreads();
        for (int tile = warp; tile < (kQueries / 16) * (kKeys / 16); tile += kThreads / 32) {
            const int r = tile / (kKeys / 16) * 16, c = tile % (kKeys / 16) * 16;
            wmma::fragment<wmma::accumulator, 16, 16, 16, float> sum;
            wmma::fill_fragment(sum, 0.0f);
            for (int d = 0; d < kDim; d += 16) {
                wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> a;
                wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::col_major> b;
                wmma::load_matrix_sync(a, &tiles.query[r][d], kDim + kPad);
                wmma::load_matrix_sync(b, &tiles.key_value[c][d], kDim + kPad);
                wmma::mma_sync(sum, a, b, sum);
            }
            wmma::store_matrix_sync(&tiles.score[r][c], sum, kKeys + kPadFloat, wmma::mem_row_major);
        }
        __syncthreads();
        load(tiles.key_value, kKeys, values + (key_row + key) * kDim, tokens - key);
        const float scale = rsqrtf(static_cast<float>(kDim));
        float most = largest;
        for (int c = quarter; c < kKeys; c += 4) {
            const bool seen = key + c <= first + row;
            tiles.score[row][c] = seen ? tiles.score[row][c] * scale : -INFINITY;
            most = fmaxf(most, tiles.score[row][c]);
        }
        for (int step = 1; step < 4; step *= 2) {
            most = fmaxf(most, __shfl_xor_sync(0xffffffffu, most, step));
        }
        float added = 0;
        for (int c = quarter; c < kKeys; c += 4) {
            const float p = __expf(tiles.score[row][c] - most);
            tiles.weight[row][c] = __float2half(p);
            added += p;
        }
        for (int step = 1; step < 4; step *= 2) {
            added += __shfl_xor_sync(0xffffffffu, added, step);
        }
        const float factor = __expf(largest - most);
        total = total * factor + added;
        largest = most;
        for (int d = quarter; d < kDim; d += 4) {
            tiles.out[row][d] *= factor;
        }
        __syncthreads();
        for (int tile = warp; tile < (kQueries / 16) * (kDim / 16); tile += kThreads / 32) {
            const int r = tile / (kDim / 16) * 16, c = tile % (kDim / 16) * 16;
            wmma::fragment<wmma::accumulator, 16, 16, 16, float> sum;
            wmma::load_matrix_sync(sum, &tiles.out[r][c], kDim + kPadFloat, wmma::mem_row_major);
            for (int k = 0; k < kKeys; k += 16) {
                wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> a;
                wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::row_major> b;
                wmma::load_matrix_sync(a, &tiles.weight[r][k], kKeys + kPad);
                wmma::load_matrix_sync(b, &tiles.key_value[k][c], kDim + kPad);
                wmma::mma_sync(sum, a, b, sum);
            }
            wmma::store_matrix_sync(&tiles.out[r][c], sum, kDim + kPadFloat, wmma::mem_row_major);
        }
    }
    __syncthreads();
    if (first + row < tokens) {
        for (int d = quarter; d < kDim; d += 4) {
            result[(query_row + row) * kDim + d] = __float2half(tiles.out[row][d] / total);
        }
    }
}

}  // namespace prefill
