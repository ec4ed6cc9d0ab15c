// Times work on a stream with CUDA events: warm-up, then samples of many runs each.
#pragma once
#include <functional>
#include <vector>

#include "failure.cuh"
#include "statistics.hpp"

// Enqueues run number i on the stream.
using Work = std::function<void(cudaStream_t, int)>;

class Timer {
  public:
    Timer() {
        check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "cudaStreamCreate");
        check(cudaEventCreate(&start_), "cudaEventCreate");
        check(cudaEventCreate(&stop_), "cudaEventCreate");
    }
    ~Timer() {
        cudaEventDestroy(start_);
        cudaEventDestroy(stop_);
        cudaStreamDestroy(stream_);
    }
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    cudaStream_t stream() const { return stream_; }

    // One run after the other, launched by the host each time.
    Timing launched(const Work& work, int samples) {
        const int repeats = warm_up(work, kMostLaunched);
        return sample([&] { enqueue(work, repeats); }, repeats, samples);
    }

    // The runs of a sample recorded into one CUDA graph, so that short kernels are not hidden by the host's launches.
    Timing recorded(const Work& work, int samples) {
        const int repeats = warm_up(work, kMostRecorded);
        cudaGraph_t graph = nullptr;
        cudaGraphExec_t program = nullptr;
        check(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeThreadLocal), "begin capture");
        enqueue(work, repeats);
        check(cudaStreamEndCapture(stream_, &graph), "end capture");
        check(cudaGraphInstantiateWithFlags(&program, graph, 0), "instantiate graph");
        auto launch = [&] { check(cudaGraphLaunch(program, stream_), "launch graph"); };
        seconds(launch);
        const Timing timing = sample(launch, repeats, samples);
        check(cudaGraphExecDestroy(program), "destroy graph program");
        check(cudaGraphDestroy(graph), "destroy graph");
        return timing;
    }

    // Seconds of what is enqueued by `enqueue_all`.
    double seconds(const std::function<void()>& enqueue_all) {
        check(cudaEventRecord(start_, stream_), "cudaEventRecord");
        enqueue_all();
        check(cudaEventRecord(stop_, stream_), "cudaEventRecord");
        check(cudaEventSynchronize(stop_), "cudaEventSynchronize");
        float milliseconds = 0;
        check(cudaEventElapsedTime(&milliseconds, start_, stop_), "cudaEventElapsedTime");
        return milliseconds * 1e-3;
    }

  private:
    static constexpr double kSampleSeconds = 1e-3;  // a thousand times the events' resolution
    static constexpr int kMostLaunched = 1000;
    static constexpr int kMostRecorded = 200;

    void enqueue(const Work& work, int repeats) {
        for (int i = 0; i < repeats; i++) {
            work(stream_, next_++);
        }
    }

    // Runs the work a few times; returns how many runs make a sample.
    int warm_up(const Work& work, int most) {
        double once = 0;
        for (int i = 0; i < 3; i++) {
            once = seconds([&] { enqueue(work, 1); });
        }
        check(cudaGetLastError(), "kernel launch");
        const double wanted = kSampleSeconds / (once > 1e-6 ? once : 1e-6);
        return wanted >= most ? most : 1 + static_cast<int>(wanted);
    }

    Timing sample(const std::function<void()>& all, int repeats, int samples) {
        std::vector<double> each;
        for (int i = 0; i < samples; i++) {
            each.push_back(seconds(all) / repeats);
        }
        return summarize(each);
    }

    cudaStream_t stream_ = nullptr;
    cudaEvent_t start_ = nullptr;
    cudaEvent_t stop_ = nullptr;
    int next_ = 0;
};
