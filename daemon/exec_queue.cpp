// SPDX-License-Identifier: MIT
#include "daemon/exec_queue.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::daemon {

std::vector<std::string> ExecQueue::turn(Ticks now) {
    std::vector<std::string> words;
    for (Job& job : jobs_) {
        if (job.child) {
            look_at(job, now, words);
        }
        if (!job.child && !job.succeeded && !closed_ && !given_up_ && now >= job.next) {
            start(job, now, words);
        }
    }
    while (!jobs_.empty() && jobs_.front().succeeded) {
        const Message& message = jobs_.front().message;
        done_ = publishers::Cursor{message.epoch, message.seq};
        jobs_.pop_front();
    }
    return words;
}

void ExecQueue::start(Job& job, Ticks now, std::vector<std::string>& words) {
    ++job.tries;
    auto child = Child::start(options_.command, job.message.body);
    if (!child) {
        failed(job, child.error().text, now, words);
        return;
    }
    job.child = std::move(*child);
    job.too_long = false;
    job.next = now + options_.time_limit;
}

void ExecQueue::look_at(Job& job, Ticks now, std::vector<std::string>& words) {
    const auto code = job.child->ended();
    if (!code) {
        if (now >= job.next && !std::exchange(job.too_long, true)) {
            job.child->kill();
        }
        return;
    }
    job.child.reset();
    if (*code == 0 && !job.too_long) {
        job.succeeded = true;
        ++succeeded_;
        if (job.tries > 1) {
            words.push_back("it has succeeded for #" + std::to_string(job.message.seq) +
                            " at try " + std::to_string(job.tries));
        }
        return;
    }
    failed(job,
           job.too_long ? "was killed after " + to_text(options_.time_limit)
                        : "ended with " + std::to_string(*code),
           now, words);
}

void ExecQueue::failed(Job& job, const std::string& how, Ticks now,
                       std::vector<std::string>& words) {
    const std::string what = "'" + printable(options_.command.front(), 200) + "' for #" +
                             std::to_string(job.message.seq) + ": " + how + " (try " +
                             std::to_string(job.tries) + "); ";
    if (options_.tries != 0 && job.tries >= options_.tries) {
        given_up_ = true;
        words.push_back(what +
                        "given up: the cursor stays before it, and the next start begins "
                        "with it");
        return;
    }
    const auto doubled = options_.first_wait * (1 << std::min<std::size_t>(job.tries - 1, 20));
    const auto wait = std::min<std::chrono::milliseconds>(doubled, options_.longest_wait);
    job.next = now + wait;
    words.push_back(what + "tried again in " + to_text(wait) +
                    "; until it succeeds the cursor stays before it");
}

bool ExecQueue::running() const {
    return std::any_of(jobs_.begin(), jobs_.end(),
                       [](const Job& job) { return job.child.has_value(); });
}

std::optional<Ticks> ExecQueue::next_at() const {
    std::optional<Ticks> first;
    for (const Job& job : jobs_) {
        const bool waits = job.child ? !job.too_long : !job.succeeded && !closed_;
        if (waits && (!first || job.next < *first)) {
            first = job.next;
        }
    }
    return first;
}

}  // namespace wirewatch::daemon
