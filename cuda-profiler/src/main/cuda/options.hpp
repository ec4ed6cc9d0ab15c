// The command line.
#pragma once
#include <cstdlib>
#include <string>

#include "failure.cuh"

struct Options {
    int device = 0;
    int samples = 15;
    bool full = false;
    bool self_test = false;
    std::string out;  // empty: standard output
};

inline int parse_number(const std::string& name, const char* text, int least) {
    char* end = nullptr;
    const long value = std::strtol(text, &end, 10);
    if (end == text || *end != '\0' || value < least || value > 10000) {
        throw Failure(kExitUsage, name + " needs a number of at least " + std::to_string(least) + ", got '" + text + "'");
    }
    return static_cast<int>(value);
}

inline Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; i++) {
        const std::string name = argv[i];
        const bool has_value = i + 1 < argc;
        if (name == "--self-test-host") {
            options.self_test = true;
        } else if (name == "--quick") {
            options.full = false;
        } else if (name == "--full") {
            options.full = true;
        } else if (name == "--device" && has_value) {
            options.device = parse_number(name, argv[++i], 0);
        } else if (name == "--samples" && has_value) {
            options.samples = parse_number(name, argv[++i], 1);
        } else if (name == "--out" && has_value) {
            options.out = argv[++i];
        } else {
            throw Failure(kExitUsage, "unknown option or missing value '" + name +
                                          "'; known: --quick --full --device N --samples N --out FILE --self-test-host");
        }
    }
    return options;
}
