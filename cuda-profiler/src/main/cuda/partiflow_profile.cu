// Measures one GPU: device facts, launch latency, copy bandwidth by size, tensor-core matrix products.
//
// Prints one JSON document (profile-raw/1) on standard output, progress and errors on standard error.
// Exit codes: 0 done; 1 other CUDA error; 2 bad usage; 3 no usable device; 4 out of memory; 5 failed self-check.
// Needs nothing but the CUDA runtime (linked statically); cuBLAS is measured too if it can be loaded.
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <dlfcn.h>
#include <mma.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr int kExitCudaError = 1;
constexpr int kExitUsage = 2;
constexpr int kExitNoDevice = 3;
constexpr int kExitOutOfMemory = 4;
constexpr int kExitSelfCheck = 5;

struct Failure : std::runtime_error {
    int code;
    Failure(int exit_code, const std::string& message) : std::runtime_error(message), code(exit_code) {}
};

void check(cudaError_t status, const char* what) {
    if (status == cudaSuccess) {
        return;
    }
    int code = status == cudaErrorMemoryAllocation ? kExitOutOfMemory : kExitCudaError;
    throw Failure(code, std::string(what) + ": " + cudaGetErrorName(status) + ", " + cudaGetErrorString(status));
}

// ---------------------------------------------------------------- JSON

// Writes JSON in order; refuses numbers that JSON cannot hold.
class JsonWriter {
  public:
    JsonWriter& begin(char bracket) {
        comma();
        text_ += bracket;
        fresh_ = true;
        return *this;
    }
    JsonWriter& end(char bracket) {
        text_ += bracket;
        fresh_ = false;
        return *this;
    }
    JsonWriter& key(const char* name) {
        comma();
        quote(name);
        text_ += ':';
        fresh_ = true;
        return *this;
    }
    JsonWriter& string(const std::string& value) {
        comma();
        quote(value);
        return *this;
    }
    JsonWriter& integer(long long value) {
        comma();
        text_ += std::to_string(value);
        return *this;
    }
    JsonWriter& number(double value) {
        if (!std::isfinite(value)) {
            throw Failure(kExitSelfCheck, "a measured value is not finite");
        }
        char buffer[40];
        std::snprintf(buffer, sizeof buffer, "%.9g", value);
        comma();
        text_ += buffer;
        return *this;
    }
    const std::string& text() const { return text_; }

  private:
    void comma() {
        if (!fresh_) {
            text_ += ',';
        }
        fresh_ = false;
    }
    void quote(const std::string& value) {
        text_ += '"';
        for (unsigned char c : value) {
            char buffer[8];
            if (c == '"' || c == '\\') {
                text_ += '\\';
                text_ += static_cast<char>(c);
            } else if (c < 0x20 || c >= 0x7f) {
                std::snprintf(buffer, sizeof buffer, "\\u%04x", c);
                text_ += buffer;
            } else {
                text_ += static_cast<char>(c);
            }
        }
        text_ += '"';
    }
    std::string text_;
    bool fresh_ = true;
};

// ---------------------------------------------------------------- statistics

struct Timing {
    double median;
    double p10;
    double p90;
    int samples;
};

Timing summarize(std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    auto at = [&](double q) { return seconds[static_cast<size_t>(q * (seconds.size() - 1) + 0.5)]; };
    return {at(0.5), at(0.1), at(0.9), static_cast<int>(seconds.size())};
}

void write_timing(JsonWriter& json, const Timing& t) {
    json.key("timing").begin('{');
    json.key("medianSeconds").number(t.median).key("p10Seconds").number(t.p10);
    json.key("p90Seconds").number(t.p90).key("samples").integer(t.samples).end('}');
}

// ---------------------------------------------------------------- device resources

class DeviceBuffer {
  public:
    explicit DeviceBuffer(size_t bytes) { check(cudaMalloc(&data_, bytes), "cudaMalloc"); }
    ~DeviceBuffer() { cudaFree(data_); }
    DeviceBuffer(const DeviceBuffer&) = delete;
    DeviceBuffer& operator=(const DeviceBuffer&) = delete;
    template <typename T> T* as() { return static_cast<T*>(data_); }

  private:
    void* data_ = nullptr;
};

class PinnedBuffer {
  public:
    explicit PinnedBuffer(size_t bytes) { check(cudaMallocHost(&data_, bytes), "cudaMallocHost"); }
    ~PinnedBuffer() { cudaFreeHost(data_); }
    PinnedBuffer(const PinnedBuffer&) = delete;
    PinnedBuffer& operator=(const PinnedBuffer&) = delete;
    void* data() { return data_; }

  private:
    void* data_ = nullptr;
};

class EventPair {
  public:
    EventPair() {
        check(cudaEventCreate(&start_), "cudaEventCreate");
        check(cudaEventCreate(&stop_), "cudaEventCreate");
    }
    ~EventPair() {
        cudaEventDestroy(start_);
        cudaEventDestroy(stop_);
    }
    EventPair(const EventPair&) = delete;
    EventPair& operator=(const EventPair&) = delete;

    // Seconds of one of `repeats` back-to-back runs of the work.
    double seconds(const std::function<void()>& work, int repeats) {
        check(cudaEventRecord(start_), "cudaEventRecord");
        for (int i = 0; i < repeats; i++) {
            work();
        }
        check(cudaEventRecord(stop_), "cudaEventRecord");
        check(cudaEventSynchronize(stop_), "cudaEventSynchronize");
        float milliseconds = 0;
        check(cudaEventElapsedTime(&milliseconds, start_, stop_), "cudaEventElapsedTime");
        return milliseconds * 1e-3 / repeats;
    }

  private:
    cudaEvent_t start_ = nullptr;
    cudaEvent_t stop_ = nullptr;
};

// Warms up, then takes samples that each last long enough for the events' resolution of about half a microsecond.
Timing measure(const std::function<void()>& work, int samples) {
    constexpr double kLeastSampleSeconds = 500e-6;
    constexpr int kMostRepeats = 1000;
    EventPair events;
    double once = 0;
    for (int i = 0; i < 3; i++) {
        once = events.seconds(work, 1);
    }
    check(cudaGetLastError(), "kernel launch");
    int repeats = std::min(kMostRepeats, 1 + static_cast<int>(kLeastSampleSeconds / std::max(once, 1e-7)));
    std::vector<double> seconds;
    for (int i = 0; i < samples; i++) {
        seconds.push_back(events.seconds(work, repeats));
    }
    return summarize(seconds);
}

// ---------------------------------------------------------------- matrix product

constexpr int kTile = 64;   // rows and columns of C per block
constexpr int kDepth = 32;  // inner dimension per step
constexpr int kPad = 8;     // halves, against bank conflicts
constexpr int kThreads = 128;

__global__ void empty_kernel() {}

// C[m,n] (float) = A[m,k] * B[k,n], row-major halves; m and n multiples of 64, k of 32. Four warps, 32 x 32 each.
__global__ void wmma_gemm(const half* a, const half* b, float* c, int n, int k) {
    using namespace nvcuda;
    __shared__ half tile_a[kTile][kDepth + kPad];
    __shared__ half tile_b[kDepth][kTile + kPad];
    const int warp = threadIdx.x / 32;
    const int row = blockIdx.y * kTile;
    const int column = blockIdx.x * kTile;
    const int warp_row = (warp / 2) * 32;
    const int warp_column = (warp % 2) * 32;
    wmma::fragment<wmma::accumulator, 16, 16, 16, float> sum[2][2];
    for (auto& line : sum) {
        for (auto& fragment : line) {
            wmma::fill_fragment(fragment, 0.0f);
        }
    }
    for (int k0 = 0; k0 < k; k0 += kDepth) {
        for (int i = threadIdx.x; i < kTile * kDepth / 8; i += kThreads) {
            const int ra = i / (kDepth / 8), ca = i % (kDepth / 8) * 8;
            *reinterpret_cast<int4*>(&tile_a[ra][ca]) =
                *reinterpret_cast<const int4*>(&a[static_cast<size_t>(row + ra) * k + k0 + ca]);
            const int rb = i / (kTile / 8), cb = i % (kTile / 8) * 8;
            *reinterpret_cast<int4*>(&tile_b[rb][cb]) =
                *reinterpret_cast<const int4*>(&b[static_cast<size_t>(k0 + rb) * n + column + cb]);
        }
        __syncthreads();
        for (int kk = 0; kk < kDepth; kk += 16) {
            wmma::fragment<wmma::matrix_a, 16, 16, 16, half, wmma::row_major> fa[2];
            wmma::fragment<wmma::matrix_b, 16, 16, 16, half, wmma::row_major> fb[2];
            for (int i = 0; i < 2; i++) {
                wmma::load_matrix_sync(fa[i], &tile_a[warp_row + 16 * i][kk], kDepth + kPad);
                wmma::load_matrix_sync(fb[i], &tile_b[kk][warp_column + 16 * i], kTile + kPad);
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

void launch_wmma(const half* a, const half* b, float* c, int m, int n, int k) {
    wmma_gemm<<<dim3(n / kTile, m / kTile), kThreads>>>(a, b, c, n, k);
}

// cuBLAS through dlopen, with prototypes of our own: the toolkit may lack its headers.
class Cublas {
  public:
    Cublas() {
        for (const char* name : {"libcublas.so.13", "libcublas.so.12", "libcublas.so.11", "libcublas.so"}) {
            library_ = library_ == nullptr ? dlopen(name, RTLD_NOW | RTLD_LOCAL) : library_;
        }
        if (library_ == nullptr) {
            return;
        }
        auto create = reinterpret_cast<int (*)(void**)>(dlsym(library_, "cublasCreate_v2"));
        gemm_ = reinterpret_cast<Gemm>(dlsym(library_, "cublasGemmEx"));
        if (create == nullptr || gemm_ == nullptr || create(&handle_) != 0) {
            gemm_ = nullptr;
        }
    }
    Cublas(const Cublas&) = delete;
    Cublas& operator=(const Cublas&) = delete;
    bool available() const { return gemm_ != nullptr; }

    // Row-major C = A * B is column-major C' = B' * A'.
    void gemm(const half* a, const half* b, float* c, int m, int n, int k) {
        const float one = 1, zero = 0;
        constexpr int kNoTranspose = 0, kHalf = 2, kFloat = 0, kComputeFloat = 68, kDefaultAlgorithm = -1;
        int status = gemm_(handle_, kNoTranspose, kNoTranspose, n, m, k, &one, b, kHalf, n, a, kHalf, k, &zero, c,
                           kFloat, n, kComputeFloat, kDefaultAlgorithm);
        if (status != 0) {
            throw Failure(kExitCudaError, "cublasGemmEx returned " + std::to_string(status));
        }
    }

  private:
    using Gemm = int (*)(void*, int, int, int, int, int, const void*, const void*, int, int, const void*, int, int,
                         const void*, void*, int, int, int, int);
    void* library_ = nullptr;
    void* handle_ = nullptr;
    Gemm gemm_ = nullptr;
};

std::vector<half> pattern(size_t size, unsigned seed) {
    std::vector<half> values(size);
    unsigned state = seed;
    for (auto& value : values) {
        state = state * 1664525u + 1013904223u;
        value = __float2half(static_cast<float>(static_cast<int>(state >> 24) - 128) / 128.0f);
    }
    return values;
}

std::vector<double> reference_gemm(const std::vector<half>& a, const std::vector<half>& b, int m, int n, int k) {
    std::vector<double> c(static_cast<size_t>(m) * n, 0.0);
    for (int i = 0; i < m; i++) {
        for (int l = 0; l < k; l++) {
            const double x = __half2float(a[static_cast<size_t>(i) * k + l]);
            for (int j = 0; j < n; j++) {
                c[static_cast<size_t>(i) * n + j] += x * __half2float(b[static_cast<size_t>(l) * n + j]);
            }
        }
    }
    return c;
}

// Largest deviation over the largest magnitude of the reference.
double relative_error(const std::vector<double>& expected, const std::vector<float>& actual) {
    double largest = 0, deviation = 0;
    for (size_t i = 0; i < expected.size(); i++) {
        largest = std::max(largest, std::fabs(expected[i]));
        const double difference = std::fabs(expected[i] - actual[i]);
        deviation = std::isfinite(difference) ? std::max(deviation, difference) : INFINITY;
    }
    return largest > 0 ? deviation / largest : deviation;
}

using GemmFunction = std::function<void(const half*, const half*, float*, int, int, int)>;

double checked_error(const GemmFunction& gemm, const char* name) {
    constexpr int m = 128, n = 192, k = 160;
    constexpr double kTolerance = 1e-4;
    const auto a = pattern(m * k, 1), b = pattern(k * n, 2);
    DeviceBuffer da(a.size() * sizeof(half)), db(b.size() * sizeof(half)), dc(m * n * sizeof(float));
    check(cudaMemcpy(da.as<half>(), a.data(), a.size() * sizeof(half), cudaMemcpyHostToDevice), "copy A");
    check(cudaMemcpy(db.as<half>(), b.data(), b.size() * sizeof(half), cudaMemcpyHostToDevice), "copy B");
    gemm(da.as<half>(), db.as<half>(), dc.as<float>(), m, n, k);
    check(cudaGetLastError(), name);
    std::vector<float> c(m * n);
    check(cudaMemcpy(c.data(), dc.as<float>(), c.size() * sizeof(float), cudaMemcpyDeviceToHost), "copy C");
    const double error = relative_error(reference_gemm(a, b, m, n, k), c);
    if (!(error <= kTolerance)) {
        throw Failure(kExitSelfCheck, std::string(name) + " deviates from the CPU reference by " + std::to_string(error));
    }
    return error;
}

// ---------------------------------------------------------------- the measurements

struct Options {
    int device = 0;
    int samples = 21;
    bool quick = false;
    bool self_test = false;
};

void write_device(JsonWriter& json, int device) {
    cudaDeviceProp properties{};
    check(cudaGetDeviceProperties(&properties, device), "cudaGetDeviceProperties");
    int clock = 0, memory_clock = 0, driver = 0, runtime = 0;
    check(cudaDeviceGetAttribute(&clock, cudaDevAttrClockRate, device), "clock rate");
    check(cudaDeviceGetAttribute(&memory_clock, cudaDevAttrMemoryClockRate, device), "memory clock rate");
    check(cudaDriverGetVersion(&driver), "cudaDriverGetVersion");
    check(cudaRuntimeGetVersion(&runtime), "cudaRuntimeGetVersion");
    json.key("driverVersion").integer(driver).key("runtimeVersion").integer(runtime);
    json.key("device").begin('{').key("name").string(properties.name);
    json.key("computeCapability").string(std::to_string(properties.major) + "." + std::to_string(properties.minor));
    json.key("multiprocessors").integer(properties.multiProcessorCount);
    json.key("memoryBytes").integer(static_cast<long long>(properties.totalGlobalMem));
    json.key("l2Bytes").integer(properties.l2CacheSize);
    json.key("clockHertz").number(clock * 1e3).key("memoryClockHertz").number(memory_clock * 1e3);
    json.key("memoryBusBits").integer(properties.memoryBusWidth).end('}');
}

void write_launch(JsonWriter& json, const Options& options) {
    std::fprintf(stderr, "launch latency\n");
    const Timing timing = measure([] { empty_kernel<<<1, 1>>>(); }, options.samples);
    json.key("launch").begin('{');
    write_timing(json, timing);
    json.end('}');
}

void write_copies(JsonWriter& json, const Options& options) {
    struct Kind {
        const char* name;
        cudaMemcpyKind kind;
    };
    const size_t largest = options.quick ? size_t{1} << 24 : size_t{1} << 28;
    DeviceBuffer from(largest), to(largest);
    PinnedBuffer host(largest);
    std::memset(host.data(), 1, largest);
    check(cudaMemset(from.as<char>(), 1, largest), "cudaMemset");
    json.key("copies").begin('[');
    for (const Kind& kind : {Kind{"device-to-device", cudaMemcpyDeviceToDevice},
                             Kind{"host-to-device", cudaMemcpyHostToDevice},
                             Kind{"device-to-host", cudaMemcpyDeviceToHost}}) {
        for (size_t bytes = size_t{1} << 12; bytes <= largest; bytes *= 16) {
            std::fprintf(stderr, "copy %s %zu bytes\n", kind.name, bytes);
            const void* source = kind.kind == cudaMemcpyHostToDevice ? host.data() : from.as<void>();
            void* target = kind.kind == cudaMemcpyDeviceToHost ? host.data() : to.as<void>();
            const Timing timing = measure(
                [&] { check(cudaMemcpyAsync(target, source, bytes, kind.kind), "cudaMemcpyAsync"); }, options.samples);
            json.begin('{').key("kind").string(kind.name).key("bytes").integer(static_cast<long long>(bytes));
            write_timing(json, timing);
            json.end('}');
        }
    }
    json.end(']');
}

void write_gemm(JsonWriter& json, const Options& options, const char* name, const GemmFunction& gemm) {
    const double error = checked_error(gemm, name);
    const int m_max = options.quick ? 512 : 8192;
    const int n = options.quick ? 1024 : 8192, k = options.quick ? 1024 : 8192;
    DeviceBuffer a(sizeof(half) * m_max * static_cast<size_t>(k)), b(sizeof(half) * k * static_cast<size_t>(n));
    DeviceBuffer c(sizeof(float) * m_max * static_cast<size_t>(n));
    const auto values = pattern(static_cast<size_t>(std::max(m_max, n)) * k, 3);
    check(cudaMemcpy(a.as<half>(), values.data(), sizeof(half) * m_max * static_cast<size_t>(k), cudaMemcpyHostToDevice),
          "copy A");
    check(cudaMemcpy(b.as<half>(), values.data(), sizeof(half) * n * static_cast<size_t>(k), cudaMemcpyHostToDevice),
          "copy B");
    for (int m = 64; m <= m_max; m *= 2) {
        std::fprintf(stderr, "gemm %s %d x %d x %d\n", name, m, n, k);
        const Timing timing =
            measure([&] { gemm(a.as<half>(), b.as<half>(), c.as<float>(), m, n, k); }, options.samples);
        json.begin('{').key("kernel").string(name).key("precision").string("fp16");
        json.key("m").integer(m).key("n").integer(n).key("k").integer(k);
        write_timing(json, timing);
        json.key("relativeError").number(error).end('}');
    }
}

std::string profile(const Options& options) {
    int devices = 0;
    const cudaError_t status = cudaGetDeviceCount(&devices);
    if (status != cudaSuccess || devices <= options.device) {
        const char* reason = status != cudaSuccess ? cudaGetErrorName(status) : "no such device";
        throw Failure(kExitNoDevice, std::string("no usable CUDA device: ") + reason);
    }
    check(cudaSetDevice(options.device), "cudaSetDevice");
    JsonWriter json;
    json.begin('{').key("partiflow").string("profile-raw/1");
    write_device(json, options.device);
    write_launch(json, options);
    write_copies(json, options);
    json.key("gemms").begin('[');
    write_gemm(json, options, "wmma", launch_wmma);
    Cublas cublas;
    if (cublas.available()) {
        write_gemm(json, options, "cublas", [&](const half* a, const half* b, float* c, int m, int n, int k) {
            cublas.gemm(a, b, c, m, n, k);
        });
    } else {
        std::fprintf(stderr, "cuBLAS cannot be loaded and is left out\n");
    }
    json.end(']').end('}');
    return json.text();
}

// ---------------------------------------------------------------- checks without a GPU

void expect(bool condition, const char* what) {
    if (!condition) {
        throw Failure(kExitSelfCheck, std::string("self-test failed: ") + what);
    }
}

void self_test_host() {
    JsonWriter json;
    json.begin('{').key("a").string("q\"\\\n").key("b").begin('[').integer(-3).number(0.5).end(']');
    json.key("c").begin('{').end('}').key("d").integer(1).end('}');
    expect(json.text() == "{\"a\":\"q\\\"\\\\\\u000a\",\"b\":[-3,0.5],\"c\":{},\"d\":1}", "JSON text");
    bool refused = false;
    try {
        JsonWriter().number(NAN);
    } catch (const Failure&) {
        refused = true;
    }
    expect(refused, "NaN is refused");

    const Timing t = summarize({5, 1, 4, 2, 3});
    expect(t.median == 3 && t.p10 == 1 && t.p90 == 5 && t.samples == 5, "median and spread");

    std::vector<half> a, b;
    for (float x : {1, 2, 3, 4, 5, 6}) {
        a.push_back(__float2half(x));
        b.push_back(__float2half(x));
    }
    const std::vector<double> c = reference_gemm(a, b, 2, 2, 3);
    expect(c == std::vector<double>({22, 28, 49, 64}), "reference product");
    expect(relative_error(c, {22, 28, 49, 64}) == 0, "no error");
    expect(std::fabs(relative_error(c, {22, 28, 49, 32}) - 0.5) < 1e-12, "relative error");
    expect(std::isinf(relative_error(c, {22, 28, 49, NAN})), "NaN is an error");
}

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; i++) {
        const std::string name = argv[i];
        if (name == "--self-test-host") {
            options.self_test = true;
        } else if (name == "--quick") {
            options.quick = true;
        } else if ((name == "--device" || name == "--samples") && i + 1 < argc) {
            char* end = nullptr;
            const long value = std::strtol(argv[++i], &end, 10);
            if (end == argv[i] || *end != '\0' || value < (name == "--samples" ? 1 : 0) || value > 10000) {
                throw Failure(kExitUsage, name + " needs a number, got '" + argv[i] + "'");
            }
            (name == "--device" ? options.device : options.samples) = static_cast<int>(value);
        } else {
            throw Failure(kExitUsage, "unknown option '" + name +
                                          "'; known: --quick --device N --samples N --self-test-host");
        }
    }
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const Options options = parse(argc, argv);
        if (options.self_test) {
            self_test_host();
            std::fprintf(stderr, "self-test passed\n");
            return 0;
        }
        const std::string document = profile(options);
        std::printf("%s\n", document.c_str());
        return std::fflush(stdout) == 0 ? 0 : kExitCudaError;
    } catch (const Failure& failure) {
        std::fprintf(stderr, "partiflow_profile: %s\n", failure.what());
        return failure.code;
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr, "partiflow_profile: out of host memory\n");
        return kExitOutOfMemory;
    }
}
