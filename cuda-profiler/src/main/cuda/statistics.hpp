// Medians and spread of repeated measurements.
#pragma once
#include <algorithm>
#include <vector>

#include "json_writer.hpp"

struct Timing {
    double median;
    double p10;
    double p90;
    int samples;
};

inline Timing summarize(std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    auto at = [&](double q) { return seconds[static_cast<size_t>(q * (seconds.size() - 1) + 0.5)]; };
    return {at(0.5), at(0.1), at(0.9), static_cast<int>(seconds.size())};
}

inline void write_timing(JsonWriter& json, const Timing& t) {
    json.key("timing").begin('{');
    json.key("medianSeconds").number(t.median).key("p10Seconds").number(t.p10);
    json.key("p90Seconds").number(t.p90).key("samples").integer(t.samples).end('}');
}
