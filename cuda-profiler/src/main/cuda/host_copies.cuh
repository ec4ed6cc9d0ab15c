// Copies between host and device: pinned and pageable, whole and in blocks as a paged KV cache is sent.
#pragma once
#include <cstring>
#include <memory>

#include "random_data.cuh"
#include "session.cuh"

namespace host_copies {

struct Direction {
    const char* name;
    cudaMemcpyKind kind;
};

inline void write(Session& session, const Direction& direction, const char* memory, size_t bytes, size_t block,
                  const Timing& timing) {
    JsonWriter& json = session.json;
    json.begin('{').key("kind").string(direction.name).key("memory").string(memory);
    json.key("bytes").integer(static_cast<long long>(bytes)).key("blockBytes").integer(static_cast<long long>(block));
    session.timing(timing);
    json.end('}');
}

// Copies all of `bytes`, one call per block; the blocks lie in reverse order on the host, as scattered pages do.
inline Timing measure(Session& session, const Direction& direction, char* host, char* device, size_t bytes, size_t block) {
    return session.launched([=](cudaStream_t stream, int) {
        for (size_t at = 0; at + block <= bytes; at += block) {
            char* there = host + (bytes - block - at);
            void* to = direction.kind == cudaMemcpyHostToDevice ? device + at : there;
            const void* from = direction.kind == cudaMemcpyHostToDevice ? there : device + at;
            check(cudaMemcpyAsync(to, from, block, direction.kind, stream), "cudaMemcpyAsync");
        }
    });
}

// What arrives must be what was sent.
inline void check_round_trip(char* host, char* device, size_t bytes) {
    std::vector<char> sent(bytes);
    for (size_t i = 0; i < bytes; i++) {
        sent[i] = static_cast<char>(hash32(static_cast<uint32_t>(i)));
    }
    std::memcpy(host, sent.data(), bytes);
    check(cudaMemcpy(device, host, bytes, cudaMemcpyHostToDevice), "copy to the device");
    std::memset(host, 0, bytes);
    check(cudaMemcpy(host, device, bytes, cudaMemcpyDeviceToHost), "copy to the host");
    expect(std::memcmp(host, sent.data(), bytes) == 0, "round trip through the device");
}

}  // namespace host_copies

inline void write_host_copies(Session& session) {
    using namespace host_copies;
    const size_t largest = size_t{1} << (session.options.full ? 28 : 26);
    DeviceBuffer device(largest);
    PinnedBuffer pinned(largest);
    std::unique_ptr<char[]> pageable(new char[largest]);
    std::memset(pageable.get(), 1, largest);
    check_round_trip(pinned.data(), device.at(0), size_t{1} << 20);
    session.json.key("copies").begin('[');
    for (const Direction& direction :
         {Direction{"host-to-device", cudaMemcpyHostToDevice}, Direction{"device-to-host", cudaMemcpyDeviceToHost}}) {
        say("copies, %s", direction.name);
        for (size_t bytes = size_t{1} << 12; bytes <= largest; bytes *= 4) {
            write(session, direction, "pinned", bytes, bytes, measure(session, direction, pinned.data(), device.at(0), bytes, bytes));
            write(session, direction, "pageable", bytes, bytes,
                  measure(session, direction, pageable.get(), device.at(0), bytes, bytes));
        }
        const size_t total = size_t{1} << 26;
        for (size_t block = size_t{1} << 12; block < total; block *= 4) {
            // Few calls suffice where blocks are small: the time per block is what counts.
            const size_t bytes = std::min(total, block * 1024);
            write(session, direction, "pinned", bytes, block, measure(session, direction, pinned.data(), device.at(0), bytes, block));
        }
    }
    session.json.end(']');
}
