// Measures attention of one new token per sequence over a paged cache.
#pragma once
#include <numeric>

#include "decode_kernel.cuh"
#include "reference.hpp"
#include "rotation.cuh"
#include "session.cuh"

struct DecodeShape {
    int batch;
    int heads;
    int kv_heads;
    int context;
    int pages() const { return (context + decode::kPage - 1) / decode::kPage; }
    size_t cache_halves() const {
        return static_cast<size_t>(batch) * pages() * decode::kPage * kv_heads * decode::kDim;
    }
};

// A cache, queries and scratch for one shape. The pages of the sequences are dealt out in a scattered order.
class DecodeProblem {
  public:
    DecodeProblem(const DecodeShape& shape, int multiprocessors)
        : shape_(shape),
          splits_(choose_splits(shape, multiprocessors)),
          table_(static_cast<size_t>(shape.batch) * shape.pages() * sizeof(int)),
          queries_(static_cast<size_t>(shape.batch) * shape.heads * decode::kDim * sizeof(half)),
          outputs_(static_cast<size_t>(shape.batch) * shape.heads * splits_ * decode::kDim * sizeof(float)),
          states_(static_cast<size_t>(shape.batch) * shape.heads * splits_ * sizeof(float2)),
          result_(queries_.bytes()),
          cache_(2 * shape.cache_halves() * sizeof(half)) {
        pages_.resize(static_cast<size_t>(shape.batch) * shape.pages());
        std::iota(pages_.begin(), pages_.end(), 0);
        for (size_t i = pages_.size(); i > 1; i--) {
            std::swap(pages_[i - 1], pages_[hash32(static_cast<uint32_t>(i)) % i]);
        }
        table_.upload(pages_);
        fill_halves(queries_.as<half>(), queries_.bytes() / sizeof(half));
        cache_.fill_halves();
    }

    void run(cudaStream_t stream, int i) {
        const int tokens = (shape_.context + splits_ - 1) / splits_;
        const int split_tokens = (tokens + decode::kTile - 1) / decode::kTile * decode::kTile;
        const int used = (shape_.context + split_tokens - 1) / split_tokens;
        const half* keys = reinterpret_cast<const half*>(cache_.set(i));
        const decode::Cache cache{keys, keys + shape_.cache_halves(), table_.as<int>(), shape_.pages(), shape_.kv_heads};
        const dim3 grid(shape_.batch, shape_.kv_heads, used);
        switch (shape_.heads / shape_.kv_heads) {
            case 1: launch<1>(cache, grid, split_tokens, stream); break;
            case 4: launch<4>(cache, grid, split_tokens, stream); break;
            case 8: launch<8>(cache, grid, split_tokens, stream); break;
            default: throw Failure(kExitUsage, "decode attention knows 1, 4 or 8 query heads per KV head");
        }
        decode::combine<<<shape_.batch * shape_.heads, decode::kDim, 0, stream>>>(outputs_.as<float>(), states_.as<float2>(),
                                                                                result_.as<half>(), used);
    }

    // Error of one head of the last sequence against the host.
    double error(int head) {
        run(nullptr, 0);
        check(cudaGetLastError(), "decode attention");
        check(cudaDeviceSynchronize(), "decode attention");
        const int sequence = shape_.batch - 1, kv_head = head / (shape_.heads / shape_.kv_heads);
        const size_t at = (static_cast<size_t>(sequence) * shape_.heads + head) * decode::kDim;
        std::vector<float> query(decode::kDim);
        for (int d = 0; d < decode::kDim; d++) {
            query[d] = random_value(at + d);
        }
        auto element = [&](size_t offset) {
            return [=](int token, int d) {
                const size_t page = pages_[static_cast<size_t>(sequence) * shape_.pages() + token / decode::kPage];
                return random_value(offset + ((page * shape_.kv_heads + kv_head) * decode::kPage + token % decode::kPage) *
                                                 decode::kDim + d);
            };
        };
        const auto expected =
            reference_attention(query, element(0), element(shape_.cache_halves()), shape_.context, decode::kDim);
        const auto all = result_.download<half>(queries_.bytes() / sizeof(half));
        std::vector<float> actual(decode::kDim);
        for (int d = 0; d < decode::kDim; d++) {
            actual[d] = __half2float(all[at + d]);
        }
        return relative_error(expected, actual);
    }

  private:
    template <int G>
    void launch(const decode::Cache& cache, dim3 grid, int split_tokens, cudaStream_t stream) {
        decode::part<G><<<grid, decode::kThreads, 0, stream>>>(cache, queries_.as<half>(), outputs_.as<float>(),
                                                               states_.as<float2>(), shape_.context, split_tokens);
    }
    // Enough blocks to fill the device, each with at least four tiles.
    static int choose_splits(const DecodeShape& shape, int multiprocessors) {
        const int wanted = multiprocessors * 8 / (shape.batch * shape.kv_heads) + 1;
        return std::max(1, std::min(wanted, shape.context / (4 * decode::kTile)));
    }
    DecodeShape shape_;
    int splits_;
    std::vector<int> pages_;
    DeviceBuffer table_, queries_, outputs_, states_, result_;
    Rotation cache_;
};

inline double checked_decode(int multiprocessors) {
    double worst = 0;
    for (const DecodeShape& shape : {DecodeShape{2, 8, 8, 77}, DecodeShape{3, 8, 2, 600}, DecodeShape{1, 16, 2, 1500}}) {
        DecodeProblem problem(shape, multiprocessors);
        for (int head : {0, shape.heads - 1}) {
            worst = std::max(worst, problem.error(head));
        }
    }
    expect(worst <= 5e-3, "decode attention deviates by " + std::to_string(worst));
    return worst;
}

inline void write_decode_attention(Session& session) {
    const double error = checked_decode(session.properties.multiProcessorCount);
    const bool full = session.options.full;
    const std::vector<int> batches = full ? std::vector<int>{1, 2, 4, 8, 16, 32, 64, 128, 256} : std::vector<int>{1, 8, 32, 128};
    const std::vector<int> contexts =
        full ? std::vector<int>{128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768} : std::vector<int>{256, 1024, 4096, 16384};
    const std::vector<std::pair<int, int>> heads =
        full ? std::vector<std::pair<int, int>>{{32, 32}, {32, 8}, {64, 8}, {16, 2}, {8, 1}, {8, 8}}
             : std::vector<std::pair<int, int>>{{32, 8}, {64, 8}, {8, 1}};
    JsonWriter& json = session.json;
    json.key("decodeAttention").begin('[');
    for (const auto& head : heads) {
        say("decode attention, %d heads over %d", head.first, head.second);
        for (int context : contexts) {
            for (int batch : batches) {
                const DecodeShape shape{batch, head.first, head.second, context};
                if (2 * shape.cache_halves() * sizeof(half) > session.budget() / 2) {
                    continue;
                }
                DecodeProblem problem(shape, session.properties.multiProcessorCount);
                const Timing timing = session.recorded([&](cudaStream_t stream, int i) { problem.run(stream, i); });
                json.begin('{').key("precision").string("fp16").key("batch").integer(batch);
                json.key("heads").integer(shape.heads).key("kvHeads").integer(shape.kv_heads);
                json.key("headDimension").integer(decode::kDim).key("context").integer(context);
                json.key("blockTokens").integer(decode::kPage);
                session.timing(timing);
                json.key("relativeError").number(error).end('}');
            }
        }
    }
    json.end(']');
}
