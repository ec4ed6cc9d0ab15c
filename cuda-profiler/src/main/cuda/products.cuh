// Matrix products of transformer shapes: cuBLASLt in every precision that the device has, our own kernel where it is missing.
#pragma once
#include <cuda_fp8.h>

#include "cublaslt.hpp"
#include "reference.hpp"
#include "rotation.cuh"
#include "session.cuh"
#include "wmma_product.cuh"

struct Precision {
    const char* name;
    CublasLt::Types types;
    int input_bytes;
    int output_bytes;
    int least_capability;
    double tolerance;  // of the largest value: rounding of the output
};

inline const std::vector<Precision>& precisions() {
    using C = CublasLt;
    static const std::vector<Precision> all = {
        {"fp16", {C::kHalf, C::kHalf, C::kFloat, C::kCompute32F}, 2, 2, 75, 2e-3},
        {"bf16", {C::kBfloat16, C::kBfloat16, C::kFloat, C::kCompute32F}, 2, 2, 80, 1e-2},
        {"fp8", {C::kFp8E4m3, C::kBfloat16, C::kFloat, C::kCompute32F}, 1, 2, 89, 1e-2},
        {"int8", {C::kInt8, C::kInt32, C::kInt32, C::kCompute32I}, 1, 4, 75, 0},
    };
    return all;
}

template <> __host__ __device__ inline __nv_fp8_e4m3 from_float<__nv_fp8_e4m3>(float value) {
    return __nv_fp8_e4m3(value);
}

// Fills memory with random values of the input type.
inline void fill_input(const Precision& precision, void* data, size_t count) {
    switch (precision.types.input) {
        case CublasLt::kHalf: fill(static_cast<half*>(data), count); break;
        case CublasLt::kBfloat16: fill(static_cast<__nv_bfloat16*>(data), count); break;
        case CublasLt::kInt8: fill(static_cast<int8_t*>(data), count); break;
        default: fill(static_cast<__nv_fp8_e4m3*>(data), count); break;
    }
}

// The same values on the host, as the device rounds them.
inline std::vector<float> host_input(const Precision& precision, size_t count) {
    std::vector<float> values(count);
    for (size_t i = 0; i < count; i++) {
        const float value = random_value(i);
        switch (precision.types.input) {
            case CublasLt::kInt8: values[i] = static_cast<float>(from_float<int8_t>(value)); break;
            case CublasLt::kFp8E4m3: values[i] = static_cast<float>(__nv_fp8_e4m3(value)); break;
            default: values[i] = value; break;  // exact in 16 bits
        }
    }
    return values;
}

inline std::vector<float> download_output(const Precision& precision, DeviceBuffer& c, size_t count) {
    std::vector<float> values(count);
    if (precision.types.output == CublasLt::kInt32) {
        const auto raw = c.download<int32_t>(count);
        std::transform(raw.begin(), raw.end(), values.begin(), [](int32_t x) { return static_cast<float>(x); });
    } else if (precision.types.output == CublasLt::kHalf) {
        const auto raw = c.download<half>(count);
        std::transform(raw.begin(), raw.end(), values.begin(), [](half x) { return __half2float(x); });
    } else {
        const auto raw = c.download<__nv_bfloat16>(count);
        std::transform(raw.begin(), raw.end(), values.begin(), [](__nv_bfloat16 x) { return __bfloat162float(x); });
    }
    return values;
}

// Error of a small product against the host; refuses what is beyond rounding.
inline double checked_product(const Precision& precision, CublasLt& cublas) {
    constexpr int m = 48, n = 192, k = 160;
    DeviceBuffer a(m * k * precision.input_bytes), b(n * k * precision.input_bytes), c(m * n * precision.output_bytes);
    fill_input(precision, a.as<void>(), m * k);
    fill_input(precision, b.as<void>(), n * k);
    CublasLt::Product product(cublas, precision.types, m, n, k);
    if (!product.possible()) {
        return -1;
    }
    product.run(a.as<void>(), b.as<void>(), c.as<void>(), nullptr);
    check(cudaDeviceSynchronize(), "cublasLt check");
    const auto expected = reference_product(host_input(precision, m * k), host_input(precision, n * k), m, n, k);
    const double error = relative_error(expected, download_output(precision, c, m * n));
    expect(error <= precision.tolerance, std::string("cuBLASLt ") + precision.name + " deviates by " + std::to_string(error));
    return error;
}

template <typename T> double checked_wmma(double tolerance) {
    constexpr int m = 80, n = 192, k = 160;  // m is no multiple of a tile
    DeviceBuffer a(m * k * sizeof(T)), b(n * k * sizeof(T)), c(wmma_product::padded_rows(m) * n * sizeof(float));
    fill(a.as<T>(), m * k);
    fill(b.as<T>(), n * k);
    wmma_product::launch(a.as<T>(), b.as<T>(), c.as<float>(), m, n, k, nullptr);
    check(cudaGetLastError(), "wmma");
    check(cudaDeviceSynchronize(), "wmma check");
    std::vector<float> x(m * k), y(n * k);
    for (size_t i = 0; i < x.size(); i++) { x[i] = random_value(i); }
    for (size_t i = 0; i < y.size(); i++) { y[i] = random_value(i); }
    const double error = relative_error(reference_product(x, y, m, n, k), c.download<float>(m * n));
    expect(error <= tolerance, "wmma kernel deviates by " + std::to_string(error));
    return error;
}

struct Shape {
    int n;
    int k;
};

// Weight matrices of dense models from 7 to 70 billion parameters, whole and split over GPUs.
inline std::vector<Shape> weight_shapes(bool full) {
    std::vector<Shape> shapes = {{4096, 4096}, {6144, 4096}, {28672, 4096}, {4096, 14336}, {8192, 8192}, {1280, 8192}};
    if (full) {
        for (const Shape& more : {Shape{10240, 8192}, {57344, 8192}, {8192, 28672}, {7168, 8192}, {8192, 3584}, {1024, 8192},
                                  {8192, 1024}, {22016, 4096}, {4096, 11008}, {5120, 5120}, {27648, 5120}, {2048, 2048},
                                  {512, 4096}, {4096, 512}}) {
            shapes.push_back(more);
        }
    }
    return shapes;
}

inline std::vector<int> row_counts(bool full) {
    if (full) {
        return {1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 8192, 16384};
    }
    return {1, 4, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192};
}

inline void write_product(Session& session, const char* kernel, const char* precision, int m, const Shape& shape,
                          double error, const Timing& timing) {
    JsonWriter& json = session.json;
    json.begin('{').key("kernel").string(kernel).key("precision").string(precision);
    json.key("m").integer(m).key("n").integer(shape.n).key("k").integer(shape.k);
    session.timing(timing);
    json.key("relativeError").number(error).end('}');
}

inline void measure_cublas(Session& session, CublasLt& cublas, const Precision& precision) {
    const double error = checked_product(precision, cublas);
    if (error < 0) {
        say("cuBLASLt has no %s product here", precision.name);
        return;
    }
    for (const Shape& shape : weight_shapes(session.options.full)) {
        for (int m : row_counts(session.options.full)) {
            const size_t a_bytes = static_cast<size_t>(m) * shape.k * precision.input_bytes;
            const size_t b_bytes = static_cast<size_t>(shape.n) * shape.k * precision.input_bytes;
            const size_t c_bytes = static_cast<size_t>(m) * shape.n * precision.output_bytes;
            CublasLt::Product product(cublas, precision.types, m, shape.n, shape.k);
            if (!product.possible() || a_bytes + b_bytes + c_bytes > session.budget() / 2) {
                say("gemm %s %d x %d x %d is left out", precision.name, m, shape.n, shape.k);
                continue;
            }
            Rotation sets(a_bytes + b_bytes + c_bytes);
            for (int i = 0; i < sets.sets(); i++) {
                fill_input(precision, sets.set(i), (a_bytes + b_bytes) / precision.input_bytes);
            }
            const Timing timing = session.recorded([&](cudaStream_t stream, int i) {
                char* set = sets.set(i);
                product.run(set, set + a_bytes, set + a_bytes + b_bytes, stream);
            });
            write_product(session, "cublasLt", precision.name, m, shape, error, timing);
        }
    }
}

template <typename T> void measure_wmma(Session& session, const char* precision) {
    const double error = checked_wmma<T>(1e-4);
    for (const Shape& shape : weight_shapes(session.options.full)) {
        for (int m : row_counts(session.options.full)) {
            const size_t a_bytes = static_cast<size_t>(m) * shape.k * sizeof(T);
            const size_t b_bytes = static_cast<size_t>(shape.n) * shape.k * sizeof(T);
            const size_t c_bytes = static_cast<size_t>(wmma_product::padded_rows(m)) * shape.n * sizeof(float);
            if (a_bytes + b_bytes + c_bytes > session.budget() / 2) {
                continue;
            }
            Rotation sets(a_bytes + b_bytes + c_bytes);
            sets.fill_halves();
            const Timing timing = session.recorded([&](cudaStream_t stream, int i) {
                char* set = sets.set(i);
                wmma_product::launch(reinterpret_cast<T*>(set), reinterpret_cast<T*>(set + a_bytes),
                                     reinterpret_cast<float*>(set + a_bytes + b_bytes), m, shape.n, shape.k, stream);
            });
            write_product(session, "wmma", precision, m, shape, error, timing);
        }
    }
}

inline void write_products(Session& session, CublasLt& cublas) {
    session.json.key("gemms").begin('[');
    if (cublas.available()) {
        for (const Precision& precision : precisions()) {
            if (session.capability() >= precision.least_capability) {
                say("products, %s", precision.name);
                measure_cublas(session, cublas, precision);
            }
        }
    } else {
        say("products with our own kernel: cuBLASLt cannot be loaded");
        measure_wmma<half>(session, "fp16");
        if (session.capability() >= 80) {
            measure_wmma<__nv_bfloat16>(session, "bf16");
        }
    }
    session.json.end(']');
}
