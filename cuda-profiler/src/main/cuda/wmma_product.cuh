// Matrix product on tensor cores of our own, where cuBLASLt is missing: a lower bound of what libraries reach.
#pragma once
#include <mma.h>

#include <type_traits>

#include "failure.cuh"
#include "random_data.cuh"

namespace wmma_product {

constexpr int kTile = 64;   // rows and columns of C per block
constexpr int kDepth = 32;  // inner dimension per step
constexpr int kPad = 8;     // elements, against bank conflicts
constexpr int kThreads = 128;

// bfloat16 tensor cores came with compute capability 8.0; older targets compile the kernel empty and never launch it.
template <typename T> __device__ constexpr bool supported() {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ < 800
    return sizeof(T) == 2 && !std::is_same<T, __nv_bfloat16>::value;
#else
    return true;
#endif
}

// Copies a tile of 64 rows and 32 columns; rows beyond `rows` read as zero.
template <typename T>
__device__ void load_tile(T (*tile)[kDepth + kPad], const T* matrix, int first_row, int rows, int k0, int k) {
    for (int i = threadIdx.x; i < kTile * kDepth / 8; i += kThreads) {
        const int r = i / (kDepth / 8), c = i % (kDepth / 8) * 8;
        int4 value = make_int4(0, 0, 0, 0);
        if (first_row + r < rows) {
            value = *reinterpret_cast<const int4*>(&matrix[static_cast<size_t>(first_row + r) * k + k0 + c]);
        }
        *reinterpret_cast<int4*>(&tile[r][c]) = value;
    }
}

// C[m,n] (float) = A[m,k] * B[n,k]^T; n a multiple of 64, k of 32. Four warps, 32 x 32 of C each. C has room for whole tiles.
template <typename T> __global__ void kernel(const T* a, const T* b, float* c, int m, int n, int k) {
    if constexpr (supported<T>()) {
        using namespace nvcuda;
        __shared__ T tile_a[kTile][kDepth + kPad];
        __shared__ T tile_b[kTile][kDepth + kPad];
        const int warp = threadIdx.x / 32;
        const int row = blockIdx.y * kTile, column = blockIdx.x * kTile;
        const int warp_row = (warp / 2) * 32, warp_column = (warp % 2) * 32;
        wmma::fragment<wmma::accumulator, 16, 16, 16, float> sum[2][2];
        for (auto& line : sum) {
            for (auto& fragment : line) {
                wmma::fill_fragment(fragment, 0.0f);
            }
        }
        for (int k0 = 0; k0 < k; k0 += kDepth) {
            load_tile(tile_a, a, row, m, k0, k);
            load_tile(tile_b, b, column, n, k0, k);
            __syncthreads();
            for (int kk = 0; kk < kDepth; kk += 16) {
                wmma::fragment<wmma::matrix_a, 16, 16, 16, T, wmma::row_major> fa[2];
                wmma::fragment<wmma::matrix_b, 16, 16, 16, T, wmma::col_major> fb[2];
                for (int i = 0; i < 2; i++) {
                    wmma::load_matrix_sync(fa[i], &tile_a[warp_row + 16 * i][kk], kDepth + kPad);
                    wmma::load_matrix_sync(fb[i], &tile_b[warp_column + 16 * i][kk], kDepth + kPad);
                }
                for (int i = 0; i < 2; i++) {
                    for (int j = 0; j < 2; j++) {
                        wmma::mma_sync(sum[i][j], fa[i], fb[j], sum[i][j]);
                    }
                }
            }
            __syncthreads();
        }
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                float* to = &c[static_cast<size_t>(row + warp_row + 16 * i) * n + column + warp_column + 16 * j];
                wmma::store_matrix_sync(to, sum[i][j], n, wmma::mem_row_major);
            }
        }
    }
}

inline int padded_rows(int m) { return (m + kTile - 1) / kTile * kTile; }

template <typename T> void launch(const T* a, const T* b, float* c, int m, int n, int k, cudaStream_t stream) {
    kernel<T><<<dim3(n / kTile, padded_rows(m) / kTile), kThreads, 0, stream>>>(a, b, c, m, n, k);
}

}  // namespace wmma_product
