// SPDX-License-Identifier: MIT
// What a stretch of work took: of the wall, and of this process's processor.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <vector>

namespace wirewatch::bench {

struct Cost {
    double wall_seconds = 0;
    double cpu_seconds = 0;

    Cost& operator+=(const Cost& other) {
        wall_seconds += other.wall_seconds;
        cpu_seconds += other.cpu_seconds;
        return *this;
    }
};

class Stopwatch {
  public:
    [[nodiscard]] Cost cost() const { return {wall() - wall_, cpu() - cpu_}; }

  private:
    static double wall() {
        using Seconds = std::chrono::duration<double>;
        return Seconds{std::chrono::steady_clock::now().time_since_epoch()}.count();
    }
    static double cpu() {
        timespec now{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
    }

    double wall_ = wall();
    double cpu_ = cpu();
};

inline double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace wirewatch::bench
