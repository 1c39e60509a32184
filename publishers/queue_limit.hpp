// SPDX-License-Identifier: MIT
// How many messages may wait for one subscriber, so that their bytes stay within a budget. Pure.
#pragma once

#include <algorithm>
#include <cstddef>

namespace wirewatch::publishers {

/// libzmq counts messages, memory counts bytes: the limit follows the size of what is sent.
class QueueLimit {
  public:
    QueueLimit(int max_messages, std::size_t budget_bytes)
        : max_messages_{max_messages}, budget_bytes_{budget_bytes}, messages_{max_messages} {}

    /// Notes a message; true where messages() has changed by so much that it should be set anew.
    bool note(std::size_t message_bytes) {
        // Up at once, down slowly: what is queued already may be of the larger ones.
        const auto bytes = static_cast<double>(message_bytes + kOverheadBytes);
        mean_ += (bytes - mean_) * (bytes > mean_ ? kUp : kDown);
        const auto fitting = static_cast<double>(budget_bytes_) / mean_;
        const int wanted = std::clamp(static_cast<int>(std::min(fitting, 1e9)),
                                      std::min(kLeast, max_messages_), max_messages_);
        if (wanted * 10 > messages_ * 9 && wanted * 10 < messages_ * 11) {
            return false;
        }
        messages_ = wanted;
        return true;
    }

    [[nodiscard]] int messages() const { return messages_; }

  private:
    static constexpr double kUp = 0.1;                  // our choice: some ten messages
    static constexpr double kDown = 1e-3;               // our choice: some thousand
    static constexpr std::size_t kOverheadBytes = 700;  // five frames of libzmq, seen with 4.3.4
    static constexpr int kLeast = 100;                  // our choice

    int max_messages_;
    std::size_t budget_bytes_;
    double mean_ = 0;
    int messages_;
};

}  // namespace wirewatch::publishers
