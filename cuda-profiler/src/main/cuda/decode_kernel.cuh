// Attention of one new token per sequence over a paged cache: flash decoding, all query heads of a KV head together, the
// context split over blocks, the parts combined afterwards.
#pragma once
#include <cuda_fp16.h>

namespace decode {

constexpr int kDim = 128;        // dimensions of a head
constexpr int kPage = 16;        // tokens of a page
constexpr int kTile = 64;        // tokens that a block takes at once
constexpr int kThreads = 128;
constexpr int kLanes = 8;        // threads that share a token's key
constexpr int kVector = 8;       // halves of a 16-byte load

// Pages: [page][kv head][token of the page][dimension], keys and values apart.
struct Cache {
    const half* keys;
    const half* values;
    const int* table;  // [sequence][page number]
    int pages_per_sequence;
    int kv_heads;

    __device__ size_t row(int sequence, int head, int token) const {
        const int page = table[sequence * pages_per_sequence + token / kPage];
        return ((static_cast<size_t>(page) * kv_heads + head) * kPage + token % kPage) * kDim;
    }
};

__device__ inline float dot(const int4& packed, const float* query) {
    const half2* pairs = reinterpret_cast<const half2*>(&packed);
    float sum = 0;
    for (int i = 0; i < kVector / 2; i++) {
        const float2 k = __half22float2(pairs[i]);
        sum += k.x * query[2 * i] + k.y * query[2 * i + 1];
    }
    return sum;
}

// Unnormalised output, maximum and sum of one split of one KV head of one sequence, for G query heads.
template <int G>
__global__ void __launch_bounds__(kThreads)
    part(Cache cache, const half* queries, float* outputs, float2* states, int context, int split_tokens) {
    __shared__ float query[G][kDim];
    __shared__ float weight[kTile][G];
    __shared__ float scale[G], largest[G], total[G];
    const int sequence = blockIdx.x, head = blockIdx.y, split = blockIdx.z;
    const int first = split * split_tokens, last = min(context, first + split_tokens);
    const int heads = cache.kv_heads * G;
    for (int i = threadIdx.x; i < G * kDim; i += kThreads) {
        const size_t from = (static_cast<size_t>(sequence) * heads + head * G) * kDim + i;
        query[i / kDim][i % kDim] = __half2float(queries[from]) * rsqrtf(static_cast<float>(kDim));
    }
    if (threadIdx.x < G) {
        largest[threadIdx.x] = -INFINITY;
        total[threadIdx.x] = 0;
    }
    const int lane = threadIdx.x % kLanes, group = threadIdx.x / kLanes;
    const int pair = threadIdx.x % (kDim / 2), half_tile = threadIdx.x / (kDim / 2);
    float2 sum[G];
    for (float2& x : sum) {
        x = make_float2(0, 0);
    }
    __syncthreads();
    for (int tile = first; tile < last; tile += kTile) {
        for (int t = group; t < kTile; t += kThreads / kLanes) {
            float score[G];
            const int token = min(tile + t, last - 1);
            const half* key = cache.keys + cache.row(sequence, head, token);
            const int4 low = *reinterpret_cast<const int4*>(key + lane * kVector);
            const int4 high = *reinterpret_cast<const int4*>(key + kDim / 2 + lane * kVector);
            for (int g = 0; g < G; g++) {
                score[g] = dot(low, &query[g][lane * kVector]) + dot(high, &query[g][kDim / 2 + lane * kVector]);
                for (int step = kLanes / 2; step > 0; step /= 2) {
                    score[g] += __shfl_xor_sync(0xffffffffu, score[g], step);
                }
                if (lane == 0) {
                    weight[t][g] = tile + t < last ? score[g] : -INFINITY;
                }
            }
        }
        __syncthreads();
        for (int g = threadIdx.x / 32; g < G; g += kThreads / 32) {
            const int l = threadIdx.x % 32;
            const float a = weight[l][g], b = weight[l + 32][g];
            float most = fmaxf(a, b);
            for (int step = 16; step > 0; step /= 2) {
                most = fmaxf(most, __shfl_xor_sync(0xffffffffu, most, step));
            }
            most = fmaxf(most, largest[g]);
            const float pa = __expf(a - most), pb = __expf(b - most);
            float added = pa + pb;
            for (int step = 16; step > 0; step /= 2) {
                added += __shfl_xor_sync(0xffffffffu, added, step);
            }
            weight[l][g] = pa;
            weight[l + 32][g] = pb;
            __syncwarp();
            if (l == 0) {
                scale[g] = __expf(largest[g] - most);
                total[g] = total[g] * scale[g] + added;
                largest[g] = most;
            }
        }
        __syncthreads();
        for (int g = 0; g < G; g++) {
            sum[g].x *= scale[g];
            sum[g].y *= scale[g];
        }
        const int from = half_tile * (kTile / 2), to = min(from + kTile / 2, last - tile);
        for (int t = from; t < to; t++) {
            const half* value = cache.values + cache.row(sequence, head, tile + t);
            const float2 v = __half22float2(*reinterpret_cast<const half2*>(value + 2 * pair));
            for (int g = 0; g < G; g++) {
                sum[g].x += weight[t][g] * v.x;
                sum[g].y += weight[t][g] * v.y;
            }
        }
        __syncthreads();
    }
    // The two halves of the tile add up in shared memory that the queries no longer need.
    if (half_tile == 1) {
        for (int g = 0; g < G; g++) {
            query[g][2 * pair] = sum[g].x;
            query[g][2 * pair + 1] = sum[g].y;
        }
    }
    __syncthreads();
    if (half_tile == 0) {
        for (int g = 0; g < G; g++) {
            const size_t at = ((static_cast<size_t>(sequence) * heads + head * G + g) * gridDim.z + split);
            outputs[at * kDim + 2 * pair] = sum[g].x + query[g][2 * pair];
            outputs[at * kDim + 2 * pair + 1] = sum[g].y + query[g][2 * pair + 1];
            if (pair == 0) {
                states[at] = make_float2(largest[g], total[g]);
            }
        }
    }
}

// Joins the splits of one query head; one block per sequence and head, one thread per dimension.
__global__ void combine(const float* outputs, const float2* states, half* result, int splits) {
    const size_t first = static_cast<size_t>(blockIdx.x) * splits;
    float most = -INFINITY;
    for (int s = 0; s < splits; s++) {
        most = fmaxf(most, states[first + s].x);
    }
    float sum = 0, total = 0;
    for (int s = 0; s < splits; s++) {
        const float factor = __expf(states[first + s].x - most);
        sum += factor * outputs[(first + s) * kDim + threadIdx.x];
        total += factor * states[first + s].y;
    }
    result[static_cast<size_t>(blockIdx.x) * kDim + threadIdx.x] = __float2half(sum / total);
}

}  // namespace decode
