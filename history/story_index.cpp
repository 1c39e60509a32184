// SPDX-License-Identifier: MIT
#include "history/story_index.hpp"

#include <algorithm>
#include <bit>

namespace wirewatch::history {

namespace {

constexpr std::size_t kFewestHeads = 1024;

// Our choice: a beginning that hundreds share is a template, and its newest users are the
// likeliest.
constexpr std::size_t kMaxSteps = 48;

}  // namespace

StoryIndex::StoryIndex(std::size_t most) : most_{most}, heads_(kFewestHeads) {
    shift_ = 32U - static_cast<unsigned>(std::countr_zero(heads_.size()));
}

std::size_t StoryIndex::slot(std::uint32_t key) const {
    // Keys are the least of many hashes, and so crowd near 0: multiplied, they spread again.
    return key * 0x9E3779B1U >> shift_;
}

void StoryIndex::link(std::size_t index) {
    Entry& entry = entries_[index];
    for (std::size_t i = 0; i < kPrintKeys; ++i) {
        entry.older[i] = entry.keys[i] == 0 ? 0 : heads_[slot(entry.keys[i])];
    }
    for (const std::uint32_t key : entry.keys) {
        if (key != 0) {
            heads_[slot(key)] = static_cast<std::uint32_t>(index + 1);
        }
    }
}

void StoryIndex::add(std::int64_t id, Instant first_seen, const PrintKeys& keys) {
    if (entries_.size() >= most_) {
        forget_oldest();
    }
    entries_.push_back({id, first_seen, keys, {}});
    if (entries_.size() * kPrintKeys > heads_.size()) {
        grow();
    } else {
        link(entries_.size() - 1);
    }
}

void StoryIndex::grow() {
    heads_.assign(heads_.size() * 2, 0);
    shift_ = 32U - static_cast<unsigned>(std::countr_zero(heads_.size()));
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        link(i);
    }
}

/// An eighth at once, so that the work is shared by many additions.
void StoryIndex::forget_oldest() {
    const std::size_t old = std::max<std::size_t>(most_ / 8, 1);
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(old));
    std::fill(heads_.begin(), heads_.end(), 0U);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        entries_[i].older = {};
        link(i);
    }
}

void StoryIndex::take_back(std::size_t count) {
    for (; count > 0 && !entries_.empty(); --count) {
        const Entry& entry = entries_.back();
        for (std::size_t i = 0; i < kPrintKeys; ++i) {
            if (entry.keys[i] != 0) {
                heads_[slot(entry.keys[i])] = entry.older[i];
            }
        }
        entries_.pop_back();
    }
}

/// Where the chain of a key's head goes on behind an entry; 0: nowhere.
std::uint32_t StoryIndex::older_than(const Entry& entry, std::uint32_t key) const {
    for (std::size_t i = 0; i < kPrintKeys; ++i) {
        if (entry.keys[i] != 0 && slot(entry.keys[i]) == slot(key)) {
            return entry.older[i];
        }
    }
    return 0;
}

void StoryIndex::note_sharers(std::uint32_t key, Instant since, std::vector<Sharer>& found) const {
    std::uint32_t next = key == 0 ? 0 : heads_[slot(key)];
    for (std::size_t step = 0; next != 0 && step < kMaxSteps; ++step) {
        const std::uint32_t index = next - 1;
        const Entry& entry = entries_[index];
        if (entry.first_seen < since) {
            return;
        }
        next = older_than(entry, key);
        if (std::find(entry.keys.begin(), entry.keys.end(), key) == entry.keys.end()) {
            continue;  // another key with the same head
        }
        const auto known = std::find_if(found.begin(), found.end(),
                                        [&](const Sharer& one) { return one.entry == index; });
        if (known == found.end()) {
            found.push_back({index, 1});
        } else {
            ++known->keys;
        }
    }
}

std::vector<std::int64_t> StoryIndex::candidates(const PrintKeys& keys, Instant since,
                                                 std::size_t most) const {
    std::vector<Sharer> found;
    for (const std::uint32_t key : keys) {
        note_sharers(key, since, found);
    }
    const auto ranked = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
    std::partial_sort(found.begin(), ranked, found.end(), [](const Sharer& a, const Sharer& b) {
        return a.keys != b.keys ? a.keys > b.keys : a.entry > b.entry;
    });
    std::vector<std::int64_t> ids;
    for (auto at = found.begin(); at != ranked; ++at) {
        ids.push_back(entries_[at->entry].id);
    }
    return ids;
}

}  // namespace wirewatch::history
