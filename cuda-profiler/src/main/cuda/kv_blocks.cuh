// Measures gathering, scattering, encoding and decoding of a paged KV cache.
#pragma once
#include <numeric>

#include "kv_kernels.cuh"
#include "rotation.cuh"
#include "session.cuh"

// What is encoded and decoded must be what rounding allows.
inline void check_kv_kernels() {
    constexpr size_t kHalves = 1 << 16, kBytes = kHalves * 2;
    DeviceBuffer from(kBytes), small(kBytes), scales(kBytes), back(kBytes);
    fill_halves(from.as<half>(), kHalves);
    kv::encode_fp8<<<kv::grid(kHalves / 8), kv::kThreads>>>(from.as<int4>(), small.as<int2>(), kHalves / 8);
    kv::decode_fp8<<<kv::grid(kHalves / 8), kv::kThreads>>>(small.as<int2>(), back.as<int4>(), kHalves / 8);
    check(cudaGetLastError(), "fp8 encoding");
    const auto fp8 = back.download<half>(kHalves);
    for (size_t i = 0; i < kHalves; i++) {
        // The same rounding on the host; it must also lie within half of the last of 3 bits of mantissa.
        const float value = random_value(i);
        expect(__half2float(fp8[i]) == static_cast<float>(__nv_fp8_e4m3(value)), "fp8 encoding");
        expect(std::fabs(__half2float(fp8[i]) - value) <= std::fmax(std::fabs(value) / 16, 1.0f / 1024), "fp8 rounding");
    }
    kv::encode_int4<<<kv::grid(kHalves / kv::kGroup), kv::kThreads>>>(from.as<int4>(), small.as<int4>(), scales.as<half>(),
                                                                     kHalves / kv::kGroup);
    kv::decode_int4<<<kv::grid(kHalves / kv::kGroup), kv::kThreads>>>(small.as<int4>(), scales.as<half>(), back.as<int4>(),
                                                                     kHalves / kv::kGroup);
    check(cudaGetLastError(), "4-bit encoding");
    const auto int4s = back.download<half>(kHalves);
    for (size_t group = 0; group < kHalves / kv::kGroup; group++) {
        float largest = 0;
        for (int k = 0; k < kv::kGroup; k++) {
            largest = std::fmax(largest, std::fabs(random_value(group * kv::kGroup + k)));
        }
        for (int k = 0; k < kv::kGroup; k++) {
            const size_t i = group * kv::kGroup + k;
            expect(std::fabs(__half2float(int4s[i]) - random_value(i)) <= largest / 7 * 0.51f + 1e-3f, "4-bit encoding");
        }
    }
}

class PagedCache {
  public:
    static constexpr int kBlockTokens = 16;

    PagedCache(size_t page_bytes, int pages)
        : page_bytes_(page_bytes), pages_(pages), table_(pages * sizeof(int)), sets_(2 * page_bytes * pages) {
        std::vector<int> order(pages);
        std::iota(order.begin(), order.end(), 0);
        for (size_t i = order.size(); i > 1; i--) {
            std::swap(order[i - 1], order[hash32(static_cast<uint32_t>(i)) % i]);
        }
        table_.upload(order);
        order_ = order;
        sets_.fill_halves();
    }
    size_t bytes() const { return page_bytes_ * pages_; }
    char* cache(int i) { return sets_.set(i); }
    char* buffer(int i) { return sets_.set(i) + bytes(); }

    void gather(cudaStream_t stream, int i) {
        kv::gather<<<pages_, kv::kThreads, 0, stream>>>(reinterpret_cast<int4*>(cache(i)), table_.as<int>(),
                                                        reinterpret_cast<int4*>(buffer(i)), static_cast<int>(page_bytes_ / 16));
    }
    void scatter(cudaStream_t stream, int i) {
        kv::scatter<<<pages_, kv::kThreads, 0, stream>>>(reinterpret_cast<int4*>(buffer(i)), table_.as<int>(),
                                                         reinterpret_cast<int4*>(cache(i)), static_cast<int>(page_bytes_ / 16));
    }

    void check_gather() {
        std::vector<char> pages(bytes()), gathered(bytes()), scattered(bytes());
        auto fetch = [&](std::vector<char>& to, char* from) {
            check(cudaMemcpy(to.data(), from, bytes(), cudaMemcpyDeviceToHost), "fetch pages");
        };
        fetch(pages, cache(0));
        gather(nullptr, 0);
        check(cudaDeviceSynchronize(), "gather");
        fetch(gathered, buffer(0));
        for (int p = 0; p < pages_; p++) {
            expect(std::equal(gathered.begin() + p * page_bytes_, gathered.begin() + (p + 1) * page_bytes_,
                              pages.begin() + order_[p] * page_bytes_), "gather kernel");
        }
        check(cudaMemset(cache(0), 0, bytes()), "cudaMemset");
        scatter(nullptr, 0);
        check(cudaDeviceSynchronize(), "scatter");
        fetch(scattered, cache(0));
        expect(scattered == pages, "scatter kernel");
    }

  private:
    size_t page_bytes_;
    int pages_;
    DeviceBuffer table_;
    Rotation sets_;
    std::vector<int> order_;
};

inline void write_kv(Session& session) {
    check_kv_kernels();
    PagedCache(size_t{1} << 14, 33).check_gather();
    JsonWriter& json = session.json;
    auto write = [&](const char* operation, size_t bytes, size_t block, const Timing& timing) {
        json.begin('{').key("operation").string(operation).key("bytes").integer(static_cast<long long>(bytes));
        json.key("blockTokens").integer(PagedCache::kBlockTokens).key("blockBytes").integer(static_cast<long long>(block));
        session.timing(timing);
        json.end('}');
    };
    json.key("kv").begin('[');
    // Bytes of 16 tokens of one layer, keys or values: 1, 4, 8 and 32 KV heads of 128 halves.
    for (size_t page : {size_t{1} << 12, size_t{1} << 14, size_t{1} << 15, size_t{1} << 17}) {
        for (size_t total = size_t{1} << 20; total <= size_t{1} << (session.options.full ? 30 : 27); total *= session.options.full ? 4 : 16) {
            say("pages of %zu bytes, %zu in all", page, total);
            PagedCache cache(page, static_cast<int>(total / page));
            write("gather", total, page, session.recorded([&](cudaStream_t s, int i) { cache.gather(s, i); }));
            write("scatter", total, page, session.recorded([&](cudaStream_t s, int i) { cache.scatter(s, i); }));
        }
    }
    for (size_t bytes = size_t{1} << 20; bytes <= size_t{1} << 28; bytes *= session.options.full ? 4 : 16) {
        say("encodings, %zu bytes", bytes);
        Rotation sets(2 * bytes);
        sets.fill_halves();
        const size_t eights = bytes / 16, groups = bytes / (2 * kv::kGroup);
        auto run = [&](const char* operation, const std::function<void(char*, char*, cudaStream_t)>& kernel) {
            write(operation, bytes, 0, session.recorded([&](cudaStream_t s, int i) { kernel(sets.set(i), sets.set(i) + bytes, s); }));
        };
        run("encode-fp8", [&](char* a, char* b, cudaStream_t s) {
            kv::encode_fp8<<<kv::grid(eights), kv::kThreads, 0, s>>>(reinterpret_cast<int4*>(a), reinterpret_cast<int2*>(b), eights);
        });
        run("decode-fp8", [&](char* a, char* b, cudaStream_t s) {
            kv::decode_fp8<<<kv::grid(eights), kv::kThreads, 0, s>>>(reinterpret_cast<int2*>(b), reinterpret_cast<int4*>(a), eights);
        });
        // Digits take a quarter of the bytes; the scales follow them.
        run("encode-4bit", [&](char* a, char* b, cudaStream_t s) {
            kv::encode_int4<<<kv::grid(groups), kv::kThreads, 0, s>>>(reinterpret_cast<int4*>(a), reinterpret_cast<int4*>(b),
                                                                     reinterpret_cast<half*>(b + bytes / 4), groups);
        });
        run("decode-4bit", [&](char* a, char* b, cudaStream_t s) {
            kv::decode_int4<<<kv::grid(groups), kv::kThreads, 0, s>>>(reinterpret_cast<int4*>(b), reinterpret_cast<half*>(b + bytes / 4),
                                                                     reinterpret_cast<int4*>(a), groups);
        });
    }
    json.end(']');
}
