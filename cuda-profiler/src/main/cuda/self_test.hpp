// Checks that need no GPU.
#pragma once
#include <cuda_fp8.h>

#include "library.hpp"
#include "random_data.cuh"
#include "reference.hpp"
#include "statistics.hpp"

inline void test_json() {
    JsonWriter json;
    json.begin('{').key("a").string("q\"\\\n").key("b").begin('[').integer(-3).number(0.5).boolean(true).end(']');
    json.key("c").begin('{').end('}').key("d").integer(1).end('}');
    expect(json.text() == "{\"a\":\"q\\\"\\\\\\u000a\",\"b\":[-3,0.5,true],\"c\":{},\"d\":1}", "JSON text");
    bool refused = false;
    try {
        JsonWriter().number(NAN);
    } catch (const Failure&) {
        refused = true;
    }
    expect(refused, "NaN is refused");
}

inline void test_references() {
    const std::vector<float> a = {1, 2, 3, 4, 5, 6}, b = {1, 3, 5, 2, 4, 6};  // b is 2 x 3: rows are columns of the product
    const std::vector<double> c = reference_product(a, b, 2, 2, 3);
    expect(c == std::vector<double>({22, 28, 49, 64}), "reference product");
    expect(relative_error(c, {22, 28, 49, 64}) == 0, "no error");
    expect(std::fabs(relative_error(c, {22, 28, 49, 32}) - 0.5) < 1e-12, "relative error");
    expect(std::isinf(relative_error(c, {22, 28, 49, NAN})), "NaN is an error");
    // Equal scores: the mean of the values. A query that is nearly parallel to one key only: that key's value.
    const auto zero = [](int, int) { return 0.0f; };
    const auto count = [](int token, int) { return static_cast<float>(token); };
    expect(std::fabs(reference_attention({1, 1}, zero, count, 5, 2)[1] - 2) < 1e-12, "attention of equal scores");
    const auto third = [](int token, int) { return token == 3 ? 100.0f : 0.0f; };
    expect(std::fabs(reference_attention({1, 1}, third, count, 5, 2)[0] - 3) < 1e-9, "attention to one token");
}

inline void test_random_values() {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < 100000; i++) {
        const float value = random_value(i);
        expect(value >= -1 && value < 1, "random values lie in [-1, 1)");
        expect(__half2float(__float2half(value)) == value, "random values are exact in half");
        expect(__bfloat162float(__float2bfloat16(value)) == value, "random values are exact in bfloat16");
        sum += value;
        squares += value * value;
    }
    expect(std::fabs(sum / 1e5) < 0.02 && std::fabs(squares / 1e5 - 1.0 / 3) < 0.02, "random values are spread evenly");
}

inline void self_test_host() {
    test_json();
    test_references();
    test_random_values();
    const Timing t = summarize({5, 1, 4, 2, 3});
    expect(t.median == 3 && t.p10 == 1 && t.p90 == 5 && t.samples == 5, "median and spread");
    expect(!Library({"libpartiflow-does-not-exist.so"}).found(), "a library that is not there is not found");
    expect(Library({"libm.so.6"}).function<double (*)(double)>("sqrt")(49.0) == 7, "a library that is there works");
}
