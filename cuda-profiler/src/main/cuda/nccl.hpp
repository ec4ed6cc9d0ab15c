// NCCL, with prototypes of our own.
#pragma once
#include <cuda_runtime.h>

#include <string>

#include "failure.cuh"
#include "library.hpp"

class Nccl {
  public:
    static constexpr int kHalf = 6;
    static constexpr int kSum = 0;
    using Communicator = void*;

    Nccl() : library_({"libnccl.so.2", "libnccl.so"}) {
        auto get = library_.function<int (*)(int*)>("ncclGetVersion");
        if (get != nullptr) {
            get(&version_);
        }
        load(init_all_, "ncclCommInitAll");
        load(destroy_, "ncclCommDestroy");
        load(all_reduce_, "ncclAllReduce");
        load(send_, "ncclSend");
        load(receive_, "ncclRecv");
        load(group_start_, "ncclGroupStart");
        load(group_end_, "ncclGroupEnd");
    }
    bool available() const { return library_.found() && complete_; }
    const Library& library() const { return library_; }
    int version() const { return version_; }

    void init_all(Communicator* communicators, int count, const int* devices) {
        require(init_all_(communicators, count, devices), "ncclCommInitAll");
    }
    void destroy(Communicator communicator) { require(destroy_(communicator), "ncclCommDestroy"); }
    void group_start() { require(group_start_(), "ncclGroupStart"); }
    void group_end() { require(group_end_(), "ncclGroupEnd"); }
    void all_reduce(const void* from, void* to, size_t halves, Communicator communicator, cudaStream_t stream) {
        require(all_reduce_(from, to, halves, kHalf, kSum, communicator, stream), "ncclAllReduce");
    }
    void send(const void* from, size_t halves, int peer, Communicator communicator, cudaStream_t stream) {
        require(send_(from, halves, kHalf, peer, communicator, stream), "ncclSend");
    }
    void receive(void* to, size_t halves, int peer, Communicator communicator, cudaStream_t stream) {
        require(receive_(to, halves, kHalf, peer, communicator, stream), "ncclRecv");
    }

  private:
    template <typename Function> void load(Function& function, const char* name) {
        function = library_.function<Function>(name);
        complete_ = complete_ && function != nullptr;
    }
    static void require(int status, const char* what) {
        if (status != 0) {
            throw Failure(kExitCudaError, std::string(what) + " returned " + std::to_string(status));
        }
    }
    Library library_;
    bool complete_ = true;
    int version_ = -1;
    int (*init_all_)(Communicator*, int, const int*) = nullptr;
    int (*destroy_)(Communicator) = nullptr;
    int (*all_reduce_)(const void*, void*, size_t, int, int, Communicator, cudaStream_t) = nullptr;
    int (*send_)(const void*, size_t, int, int, Communicator, cudaStream_t) = nullptr;
    int (*receive_)(void*, size_t, int, int, Communicator, cudaStream_t) = nullptr;
    int (*group_start_)() = nullptr;
    int (*group_end_)() = nullptr;
};
