// Measures causal attention of whole prompts. Operations: 2 products over half of the square of the prompt.
#pragma once
#include "prefill_kernel.cuh"
#include "reference.hpp"
#include "rotation.cuh"
#include "session.cuh"

struct PrefillShape {
    int batch;
    int heads;
    int kv_heads;
    int tokens;
    size_t query_halves() const { return static_cast<size_t>(batch) * heads * tokens * prefill::kDim; }
    size_t key_halves() const { return static_cast<size_t>(batch) * kv_heads * tokens * prefill::kDim; }
    size_t bytes() const { return 2 * (2 * query_halves() + 2 * key_halves()); }
};

// Enqueues one run; the set holds queries, keys, values and room for the result, in this order.
inline void run_prefill(const PrefillShape& shape, char* set, cudaStream_t stream) {
    half* queries = reinterpret_cast<half*>(set);
    half* keys = queries + shape.query_halves();
    half* values = keys + shape.key_halves();
    const dim3 grid((shape.tokens + prefill::kQueries - 1) / prefill::kQueries, shape.heads, shape.batch);
    prefill::attention<<<grid, prefill::kThreads, sizeof(prefill::Tiles), stream>>>(
        queries, keys, values, values + shape.key_halves(), shape.heads, shape.kv_heads, shape.tokens);
}

inline double checked_prefill() {
    const PrefillShape shape{2, 4, 2, 150};  // no multiple of a tile
    DeviceBuffer memory(shape.bytes());
    fill_halves(memory.as<half>(), shape.bytes() / sizeof(half));
    run_prefill(shape, memory.at(0), nullptr);
    check(cudaGetLastError(), "prefill attention");
    check(cudaDeviceSynchronize(), "prefill attention");
    const auto all = memory.download<half>(shape.bytes() / sizeof(half));
    const size_t keys = shape.query_halves(), values = keys + shape.key_halves(), result = values + shape.key_halves();
    double worst = 0;
    for (int token : {0, 31, 64, 149}) {
        const int sequence = 1, head = 3, kv_head = 1;
        const size_t at = ((static_cast<size_t>(sequence) * shape.heads + head) * shape.tokens + token) * prefill::kDim;
        const size_t row = (static_cast<size_t>(sequence) * shape.kv_heads + kv_head) * shape.tokens;
        std::vector<float> query(prefill::kDim), actual(prefill::kDim);
        for (int d = 0; d < prefill::kDim; d++) {
            query[d] = random_value(at + d);
            actual[d] = __half2float(all[result + at + d]);
        }
        auto element = [&](size_t offset) {
            return [=](int t, int d) { return random_value(offset + (row + t) * prefill::kDim + d); };
        };
        worst = std::max(worst, relative_error(reference_attention(query, element(keys), element(values), token + 1,
                                                                   prefill::kDim), actual));
    }
    expect(worst <= 5e-3, "prefill attention deviates by " + std::to_string(worst));
    return worst;
}

inline void write_prefill_attention(Session& session) {
    check(cudaFuncSetAttribute(prefill::attention, cudaFuncAttributeMaxDynamicSharedMemorySize, sizeof(prefill::Tiles)),
          "shared memory");
    const double error = checked_prefill();
    const bool full = session.options.full;
    const std::vector<int> lengths = full ? std::vector<int>{64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384}
                                          : std::vector<int>{128, 512, 2048, 8192};
    const std::vector<std::pair<int, int>> heads = full ? std::vector<std::pair<int, int>>{{32, 32}, {32, 8}, {64, 8}, {8, 1}}
                                                        : std::vector<std::pair<int, int>>{{32, 8}, {8, 1}};
    JsonWriter& json = session.json;
    json.key("prefillAttention").begin('[');
    for (const auto& head : heads) {
        say("prefill attention, %d heads over %d", head.first, head.second);
        for (int batch : full ? std::vector<int>{1, 4, 16} : std::vector<int>{1, 8}) {
            for (int tokens : lengths) {
                const PrefillShape shape{batch, head.first, head.second, tokens};
                if (shape.bytes() > session.budget() / 2 || static_cast<long long>(batch) * tokens > 32768) {
                    continue;
                }
                Rotation sets(shape.bytes());
                sets.fill_halves();
                const Timing timing =
                    session.recorded([&](cudaStream_t stream, int i) { run_prefill(shape, sets.set(i), stream); });
                json.begin('{').key("precision").string("fp16").key("batch").integer(batch);
                json.key("heads").integer(shape.heads).key("kvHeads").integer(shape.kv_heads);
                json.key("headDimension").integer(prefill::kDim).key("tokens").integer(tokens);
                session.timing(timing);
                json.key("relativeError").number(error).end('}');
            }
        }
    }
    json.end(']');
}
