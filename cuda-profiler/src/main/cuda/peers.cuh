// Several GPUs of one machine: copies from the measured device to each other one, NCCL all-reduce and send/receive.
#pragma once
#include <memory>
#include <vector>

#include "device_memory.cuh"
#include "nccl.hpp"
#include "random_data.cuh"
#include "session.cuh"

// Buffers and streams on every device.
class PeerBuffers {
  public:
    PeerBuffers(int devices, size_t bytes, int home) : home_(home) {
        for (int d = 0; d < devices; d++) {
            check(cudaSetDevice(d), "cudaSetDevice");
            buffers_.emplace_back(std::make_unique<DeviceBuffer>(2 * bytes));
            streams_.push_back(nullptr);
            check(cudaStreamCreateWithFlags(&streams_.back(), cudaStreamNonBlocking), "cudaStreamCreate");
            fill_halves(buffers_.back()->as<half>(), bytes);
        }
        check(cudaSetDevice(home_), "cudaSetDevice");
    }
    ~PeerBuffers() {
        for (size_t d = 0; d < buffers_.size(); d++) {
            cudaSetDevice(static_cast<int>(d));
            cudaStreamDestroy(streams_[d]);
            buffers_[d].reset();
        }
        cudaSetDevice(home_);
    }
    PeerBuffers(const PeerBuffers&) = delete;
    PeerBuffers& operator=(const PeerBuffers&) = delete;
    char* data(int device, size_t offset = 0) { return buffers_[device]->at(offset); }
    cudaStream_t stream(int device) { return streams_[device]; }

  private:
    int home_;
    std::vector<std::unique_ptr<DeviceBuffer>> buffers_;
    std::vector<cudaStream_t> streams_;
};

inline void write_peer_copies(Session& session, PeerBuffers& buffers, int devices, size_t largest) {
    const int home = session.options.device;
    for (int other = 0; other < devices; other++) {
        if (other == home) {
            continue;
        }
        int possible = 0;
        check(cudaDeviceCanAccessPeer(&possible, home, other), "peer access");
        if (possible == 1) {
            const cudaError_t status = cudaDeviceEnablePeerAccess(other, 0);
            if (status != cudaErrorPeerAccessAlreadyEnabled) {
                check(status, "cudaDeviceEnablePeerAccess");
            } else {
                cudaGetLastError();  // already as wanted; the error is sticky until it is read
            }
        }
        say("copies to device %d, %s", other, possible == 1 ? "direct" : "through the host");
        for (size_t bytes = size_t{1} << 12; bytes <= largest; bytes *= 4) {
            const Timing timing = session.launched([&](cudaStream_t stream, int) {
                check(cudaMemcpyPeerAsync(buffers.data(other), other, buffers.data(home), home, bytes, stream), "peer copy");
            });
            session.json.begin('{').key("to").integer(other).key("direct").boolean(possible == 1);
            session.json.key("bytes").integer(static_cast<long long>(bytes));
            session.timing(timing);
            session.json.end('}');
        }
    }
}

// Time of one collective: the host waits for all devices, so that many runs are enqueued per sample.
inline Timing time_collective(Session& session, PeerBuffers& buffers, int devices, const std::function<void()>& run) {
    constexpr int kRuns = 20;
    auto all = [&] {
        for (int i = 0; i < kRuns; i++) {
            run();
        }
    };
    auto settle = [&] {
        for (int d = 0; d < devices; d++) {
            check(cudaStreamSynchronize(buffers.stream(d)), "collective");
        }
    };
    cudaEvent_t start = nullptr, stop = nullptr;
    check(cudaEventCreate(&start), "cudaEventCreate");
    check(cudaEventCreate(&stop), "cudaEventCreate");
    std::vector<double> seconds;
    const cudaStream_t home = buffers.stream(session.options.device);
    for (int sample = -2; sample < session.options.samples; sample++) {
        check(cudaEventRecord(start, home), "cudaEventRecord");
        all();
        check(cudaEventRecord(stop, home), "cudaEventRecord");
        settle();
        float milliseconds = 0;
        check(cudaEventElapsedTime(&milliseconds, start, stop), "cudaEventElapsedTime");
        if (sample >= 0) {  // the first two warm up
            seconds.push_back(milliseconds * 1e-3 / kRuns);
        }
    }
    check(cudaEventDestroy(start), "cudaEventDestroy");
    check(cudaEventDestroy(stop), "cudaEventDestroy");
    return summarize(seconds);
}

inline void write_collective(Session& session, const char* name, int gpus, size_t bytes, const Timing& timing) {
    session.json.begin('{').key("collective").string(name).key("gpus").integer(gpus);
    session.json.key("bytes").integer(static_cast<long long>(bytes));
    session.timing(timing);
    session.json.end('}');
}

// Every device holds the same values: a sum over n devices is n times each of them.
inline void check_all_reduce(PeerBuffers& buffers, int devices, size_t halves, size_t offset) {
    for (int d = 0; d < devices; d++) {
        std::vector<half> got(halves);
        check(cudaMemcpy(got.data(), buffers.data(d, offset), halves * sizeof(half), cudaMemcpyDeviceToHost), "fetch sum");
        for (size_t i = 0; i < halves; i++) {
            const float expected = devices * random_value(i);
            expect(std::fabs(__half2float(got[i]) - expected) <= 2e-3f * devices, "NCCL all-reduce");
        }
    }
}

inline void write_collectives(Session& session, Nccl& nccl, PeerBuffers& buffers, int devices, size_t largest) {
    std::vector<int> numbers(devices);
    for (int d = 0; d < devices; d++) {
        numbers[d] = d;
    }
    std::vector<Nccl::Communicator> communicators(devices);
    nccl.init_all(communicators.data(), devices, numbers.data());
    auto all_reduce = [&](size_t bytes) {
        nccl.group_start();
        for (int d = 0; d < devices; d++) {
            nccl.all_reduce(buffers.data(d), buffers.data(d, largest), bytes / 2, communicators[d], buffers.stream(d));
        }
        nccl.group_end();
    };
    all_reduce(1 << 12);
    for (int d = 0; d < devices; d++) {
        check(cudaStreamSynchronize(buffers.stream(d)), "all-reduce");
    }
    check_all_reduce(buffers, devices, (1 << 12) / 2, largest);
    const int home = session.options.device, other = home == 0 ? 1 : 0;
    for (size_t bytes = 512; bytes <= largest; bytes *= 4) {
        say("collectives of %zu bytes over %d devices", bytes, devices);
        write_collective(session, "all_reduce", devices, bytes, time_collective(session, buffers, devices, [&] { all_reduce(bytes); }));
        write_collective(session, "send_recv", 2, bytes, time_collective(session, buffers, devices, [&] {
            nccl.group_start();
            nccl.send(buffers.data(home), bytes / 2, other, communicators[home], buffers.stream(home));
            nccl.receive(buffers.data(other, largest), bytes / 2, home, communicators[other], buffers.stream(other));
            nccl.group_end();
        }));
    }
    for (Nccl::Communicator communicator : communicators) {
        nccl.destroy(communicator);
    }
}

inline void write_peers(Session& session, Nccl& nccl) {
    int devices = 0;
    check(cudaGetDeviceCount(&devices), "cudaGetDeviceCount");
    const size_t largest = size_t{1} << (session.options.full ? 28 : 26);
    JsonWriter& json = session.json;
    std::unique_ptr<PeerBuffers> buffers;
    if (devices > 1) {
        buffers = std::make_unique<PeerBuffers>(devices, largest, session.options.device);
    }
    json.key("peers").begin('[');
    if (buffers) {
        write_peer_copies(session, *buffers, devices, largest);
    }
    json.end(']').key("collectives").begin('[');
    if (buffers && nccl.available()) {
        write_collectives(session, nccl, *buffers, devices, largest);
    }
    json.end(']');
}
