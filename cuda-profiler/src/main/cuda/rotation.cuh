// Copies of a working set that together exceed the L2 cache several times: each run then finds its data in memory, as a
// layer of a model does, not in the cache.
#pragma once
#include <algorithm>

#include "device_memory.cuh"
#include "random_data.cuh"

class Rotation {
  public:
    // `bytes` is one working set.
    explicit Rotation(size_t bytes) : stride_(round_up(bytes)), sets_(count(stride_)), memory_(stride_ * sets_) {}

    char* set(int i) { return memory_.at(stride_ * (i % sets_)); }
    int sets() const { return static_cast<int>(sets_); }

    // Fills everything with random halves.
    void fill_halves() { ::fill_halves(memory_.as<half>(), memory_.bytes() / sizeof(half)); }
    // Fills everything with random bytes.
    void fill_bytes() { ::fill_bytes(memory_.as<unsigned>(), memory_.bytes() / sizeof(unsigned)); }

  private:
    static size_t round_up(size_t bytes) { return (bytes + 1023) / 1024 * 1024; }
    static size_t count(size_t stride) {
        constexpr size_t kMostSets = 2048;
        int device = 0, l2 = 0;
        check(cudaGetDevice(&device), "cudaGetDevice");
        check(cudaDeviceGetAttribute(&l2, cudaDevAttrL2CacheSize, device), "L2 size");
        return std::min(kMostSets, std::max<size_t>(1, 4 * static_cast<size_t>(l2) / stride + 1));
    }
    size_t stride_;
    size_t sets_;
    DeviceBuffer memory_;
};
