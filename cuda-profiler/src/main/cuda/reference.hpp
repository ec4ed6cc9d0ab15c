// What the device's results are held against, on the host.
#pragma once
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

// C[m,n] = A[m,k] * B[n,k]^T.
inline std::vector<double> reference_product(const std::vector<float>& a, const std::vector<float>& b, int m, int n,
                                             int k) {
    std::vector<double> c(static_cast<size_t>(m) * n, 0.0);
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int l = 0; l < k; l++) {
                sum += static_cast<double>(a[static_cast<size_t>(i) * k + l]) * b[static_cast<size_t>(j) * k + l];
            }
            c[static_cast<size_t>(i) * n + j] = sum;
        }
    }
    return c;
}

// Attention of one query over `tokens` keys and values, each read through a function (token, dimension).
using Element = std::function<float(int, int)>;
inline std::vector<double> reference_attention(const std::vector<float>& query, const Element& key,
                                               const Element& value, int tokens, int dimensions) {
    std::vector<double> scores(tokens);
    double largest = -INFINITY, sum = 0;
    for (int t = 0; t < tokens; t++) {
        double score = 0;
        for (int d = 0; d < dimensions; d++) {
            score += static_cast<double>(query[d]) * key(t, d);
        }
        scores[t] = score / std::sqrt(static_cast<double>(dimensions));
        largest = std::fmax(largest, scores[t]);
    }
    std::vector<double> out(dimensions, 0.0);
    for (int t = 0; t < tokens; t++) {
        const double weight = std::exp(scores[t] - largest);
        sum += weight;
        for (int d = 0; d < dimensions; d++) {
            out[d] += weight * value(t, d);
        }
    }
    for (double& x : out) {
        x /= sum;
    }
    return out;
}

// Largest deviation over the largest magnitude of the reference; infinite where a value is not finite.
inline double relative_error(const std::vector<double>& expected, const std::vector<float>& actual) {
    double largest = 0, deviation = 0;
    for (size_t i = 0; i < expected.size(); i++) {
        largest = std::fmax(largest, std::fabs(expected[i]));
        const double difference = std::fabs(expected[i] - actual[i]);
        deviation = std::isfinite(difference) ? std::fmax(deviation, difference) : INFINITY;
    }
    return largest > 0 ? deviation / largest : deviation;
}
