// Writes JSON in order; refuses numbers that JSON cannot hold.
#pragma once
#include <cmath>
#include <cstdio>
#include <string>

#include "failure.cuh"

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
    JsonWriter& boolean(bool value) {
        comma();
        text_ += value ? "true" : "false";
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
