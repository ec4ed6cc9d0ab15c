// Memory that frees itself.
#pragma once
#include <vector>

#include "failure.cuh"

class DeviceBuffer {
  public:
    explicit DeviceBuffer(size_t bytes) : bytes_(bytes) { check(cudaMalloc(&data_, bytes), "cudaMalloc"); }
    ~DeviceBuffer() { cudaFree(data_); }
    DeviceBuffer(const DeviceBuffer&) = delete;
    DeviceBuffer& operator=(const DeviceBuffer&) = delete;
    size_t bytes() const { return bytes_; }
    template <typename T> T* as() { return static_cast<T*>(data_); }
    char* at(size_t offset) { return static_cast<char*>(data_) + offset; }

    template <typename T> void upload(const std::vector<T>& values) {
        check(cudaMemcpy(data_, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice), "upload");
    }
    template <typename T> std::vector<T> download(size_t count) {
        std::vector<T> values(count);
        check(cudaMemcpy(values.data(), data_, count * sizeof(T), cudaMemcpyDeviceToHost), "download");
        return values;
    }

  private:
    void* data_ = nullptr;
    size_t bytes_;
};

class PinnedBuffer {
  public:
    explicit PinnedBuffer(size_t bytes) { check(cudaMallocHost(&data_, bytes), "cudaMallocHost"); }
    ~PinnedBuffer() { cudaFreeHost(data_); }
    PinnedBuffer(const PinnedBuffer&) = delete;
    PinnedBuffer& operator=(const PinnedBuffer&) = delete;
    char* data() { return static_cast<char*>(data_); }

  private:
    void* data_ = nullptr;
};

inline size_t free_device_bytes() {
    size_t available = 0, total = 0;
    check(cudaMemGetInfo(&available, &total), "cudaMemGetInfo");
    return available;
}
