// cuBLASLt, with prototypes of our own. Products are those of a linear layer: C[m,n] = A[m,k] * B[n,k]^T, row-major.
#pragma once
#include <cuda_runtime.h>

#include <cstdint>
#include <memory>
#include <string>

#include "device_memory.cuh"
#include "failure.cuh"
#include "library.hpp"

class CublasLt {
  public:
    // Numbers of cudaDataType_t and cublasComputeType_t.
    enum DataType { kFloat = 0, kHalf = 2, kInt8 = 3, kInt32 = 10, kBfloat16 = 14, kFp8E4m3 = 28 };
    enum ComputeType { kCompute32F = 68, kCompute32I = 72 };

    struct Types {
        DataType input;
        DataType output;
        DataType scale;
        ComputeType compute;
    };

    CublasLt() : library_({"libcublasLt.so.13", "libcublasLt.so.12", "libcublasLt.so.11", "libcublasLt.so"}) {
        auto create = library_.function<int (*)(void**)>("cublasLtCreate");
        auto version = library_.function<size_t (*)()>("cublasLtGetVersion");
        load(descriptor_create_, "cublasLtMatmulDescCreate");
        load(descriptor_set_, "cublasLtMatmulDescSetAttribute");
        load(descriptor_destroy_, "cublasLtMatmulDescDestroy");
        load(layout_create_, "cublasLtMatrixLayoutCreate");
        load(layout_destroy_, "cublasLtMatrixLayoutDestroy");
        load(preference_create_, "cublasLtMatmulPreferenceCreate");
        load(preference_set_, "cublasLtMatmulPreferenceSetAttribute");
        load(preference_destroy_, "cublasLtMatmulPreferenceDestroy");
        load(heuristic_, "cublasLtMatmulAlgoGetHeuristic");
        load(multiply_, "cublasLtMatmul");
        version_ = version == nullptr ? -1 : static_cast<long long>(version());
        complete_ = complete_ && create != nullptr && create(&handle_) == 0;
        if (available()) {
            workspace_ = std::make_unique<DeviceBuffer>(kWorkspaceBytes);
        }
    }
    bool available() const { return library_.found() && complete_; }
    const Library& library() const { return library_; }
    long long version() const { return version_; }

    // A product of one shape with the algorithm that the library recommends.
    class Product {
      public:
        Product(CublasLt& owner, const Types& types, int m, int n, int k) : owner_(owner), types_(types) {
            constexpr int kTransA = 3;  // CUBLASLT_MATMUL_DESC_TRANSA
            const int transpose = 1;
            owner_.require(owner_.descriptor_create_(&descriptor_, types.compute, types.scale), "descriptor");
            owner_.require(owner_.descriptor_set_(descriptor_, kTransA, &transpose, sizeof transpose), "transpose");
            // Column-major: C' (n x m) = B'^T (n x k) * A' (k x m).
            owner_.require(owner_.layout_create_(&weights_, types.input, k, n, k), "layout");
            owner_.require(owner_.layout_create_(&inputs_, types.input, k, m, k), "layout");
            owner_.require(owner_.layout_create_(&outputs_, types.output, n, m, n), "layout");
            choose();
        }
        ~Product() {
            owner_.layout_destroy_(weights_);
            owner_.layout_destroy_(inputs_);
            owner_.layout_destroy_(outputs_);
            owner_.descriptor_destroy_(descriptor_);
        }
        Product(const Product&) = delete;
        Product& operator=(const Product&) = delete;

        // Whether the library has an algorithm for this shape and type on this device.
        bool possible() const { return possible_; }

        void run(const void* a, const void* b, void* c, cudaStream_t stream) {
            const float one = 1, zero = 0;
            const int32_t one_integer = 1, zero_integer = 0;
            const bool integer = types_.scale == kInt32;
            const void* alpha = integer ? static_cast<const void*>(&one_integer) : &one;
            const void* beta = integer ? static_cast<const void*>(&zero_integer) : &zero;
            owner_.require(owner_.multiply_(owner_.handle_, descriptor_, alpha, b, weights_, a, inputs_, beta, c, outputs_,
                                            c, outputs_, choice_.algorithm, owner_.workspace_->as<void>(),
                                            kWorkspaceBytes, stream),
                           "cublasLtMatmul");
        }

      private:
        // cublasLtMatmulHeuristicResult_t.
        struct Choice {
            uint64_t algorithm[8];
            size_t workspace;
            int state;
            float waves;
            int reserved[4];
        };
        void choose() {
            constexpr int kMaxWorkspace = 1;  // CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES
            void* preference = nullptr;
            const size_t limit = kWorkspaceBytes;
            int found = 0;
            owner_.require(owner_.preference_create_(&preference), "preference");
            owner_.require(owner_.preference_set_(preference, kMaxWorkspace, &limit, sizeof limit), "workspace limit");
            const int status = owner_.heuristic_(owner_.handle_, descriptor_, weights_, inputs_, outputs_, outputs_,
                                                 preference, 1, &choice_, &found);
            owner_.preference_destroy_(preference);
            possible_ = status == 0 && found > 0 && choice_.state == 0;
        }
        CublasLt& owner_;
        Types types_;
        void* descriptor_ = nullptr;
        void* weights_ = nullptr;
        void* inputs_ = nullptr;
        void* outputs_ = nullptr;
        Choice choice_{};
        bool possible_ = false;
    };

  private:
    static constexpr size_t kWorkspaceBytes = size_t{64} << 20;

    template <typename Function> void load(Function& function, const char* name) {
        function = library_.function<Function>(name);
        complete_ = complete_ && function != nullptr;
    }
    static void require(int status, const char* what) {
        if (status != 0) {
            throw Failure(kExitCudaError, std::string("cuBLASLt, ") + what + ": status " + std::to_string(status));
        }
    }
    Library library_;
    bool complete_ = true;
    long long version_ = -1;
    void* handle_ = nullptr;
    std::unique_ptr<DeviceBuffer> workspace_;
    int (*descriptor_create_)(void**, int, int) = nullptr;
    int (*descriptor_set_)(void*, int, const void*, size_t) = nullptr;
    int (*descriptor_destroy_)(void*) = nullptr;
    int (*layout_create_)(void**, int, uint64_t, uint64_t, int64_t) = nullptr;
    int (*layout_destroy_)(void*) = nullptr;
    int (*preference_create_)(void**) = nullptr;
    int (*preference_set_)(void*, int, const void*, size_t) = nullptr;
    int (*preference_destroy_)(void*) = nullptr;
    int (*heuristic_)(void*, void*, void*, void*, void*, void*, void*, int, void*, int*) = nullptr;
    int (*multiply_)(void*, void*, const void*, const void*, void*, const void*, void*, const void*, const void*, void*,
                     void*, void*, const void*, void*, size_t, cudaStream_t) = nullptr;
};
