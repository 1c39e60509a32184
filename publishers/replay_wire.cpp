// SPDX-License-Identifier: MIT
//
//   request  ICANHAZ? | subtree | since u64 (optional) | max u32 (optional)
//   answer   alerts and feed events in the five frames of wire.cpp, then
//            KTHXBAI | cursor u64 | epoch, 16 hex digits | oldest u64 | subtree
//        or  GONE | oldest u64 | epoch
//        or  WTF | reason
#include "publishers/replay_wire.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace wirewatch::publishers {

namespace {

constexpr std::string_view kRequest = "ICANHAZ?";
constexpr std::string_view kPageEnd = "KTHXBAI";
constexpr std::string_view kGone = "GONE";
constexpr std::string_view kRefusal = "WTF";
constexpr std::size_t kMaxReasonBytes = 1024;

std::string encode_u32(std::size_t number) {
    return encode_u64(number).substr(4);
}

std::size_t decode_u32(std::string_view bytes) {
    return *decode_u64(std::string(4, '\0').append(bytes));
}

bool is_subtree(std::string_view text) {
    return parse_subtree(text).has_value();
}

Result<ReplayAnswer> decode_page_end(std::span<const std::string> frames) {
    const auto cursor = decode_u64(frames[1]);
    const auto oldest = decode_u64(frames[3]);
    if (!cursor || !oldest || !is_epoch(frames[2]) || !is_subtree(frames[4])) {
        return fail(Errc::invalid, "a KTHXBAI with a frame of another form");
    }
    return PageEnd{*cursor, frames[2], *oldest, frames[4]};
}

Result<ReplayAnswer> decode_gone(std::span<const std::string> frames) {
    const auto oldest = decode_u64(frames[1]);
    if (!oldest || !is_epoch(frames[2])) {
        return fail(Errc::invalid, "a GONE with a frame of another form");
    }
    return Gone{*oldest, frames[2]};
}

}  // namespace

std::optional<history::Subtree> parse_subtree(std::string_view text) {
    using Of = history::Subtree::Of;
    if (text.empty()) {
        return history::Subtree{Of::all, {}};
    }
    if (text == kAlerts) {
        return history::Subtree{Of::alerts, {}};
    }
    if (text == kFeeds) {
        return history::Subtree{Of::feeds, {}};
    }
    if (const auto rule = rule_of(text)) {
        return history::Subtree{Of::rule, std::string{*rule}};
    }
    if (const auto feed = feed_of(text)) {
        return history::Subtree{Of::feed, std::string{*feed}};
    }
    return std::nullopt;
}

std::vector<std::string> encode(const ReplayRequest& request) {
    std::vector<std::string> frames{std::string{kRequest}, request.subtree};
    if (request.since) {
        frames.push_back(encode_u64(*request.since));
        frames.push_back(encode_u32(request.max));
    }
    return frames;
}

Result<ReplayRequest> decode_request(std::span<const std::string> frames) {
    if (frames.empty() || frames[0] != kRequest) {
        return fail(Errc::invalid, "frame 0 must be ICANHAZ?");
    }
    if (frames.size() < 2 || frames.size() > 4) {
        return fail(Errc::invalid, "a request has 2 to 4 frames: ICANHAZ?, subtree, since, max");
    }
    if (!is_subtree(frames[1])) {
        return fail(Errc::invalid,
                    "frame 1, the subtree, must be empty, alert/, alert/<rule-id>/, sys/feed/ or "
                    "sys/feed/<feed-id>/, where an id is 1 to 64 of a-z, 0-9, '.', '_' and '-'");
    }
    ReplayRequest request{.subtree = frames[1]};
    if (frames.size() > 2) {
        const auto since = decode_u64(frames[2]);
        if (!since) {
            return fail(Errc::invalid, "frame 2, since, must be 8 bytes in network order");
        }
        request.since = *since;
    }
    if (frames.size() > 3) {
        if (frames[3].size() != 4) {
            return fail(Errc::invalid, "frame 3, max, must be 4 bytes in network order");
        }
        request.max = std::min(decode_u32(frames[3]), kPageLimit);
        if (request.max == 0) {
            return fail(Errc::invalid, "frame 3, max, must be at least 1");
        }
    }
    return request;
}

std::vector<std::string> encode(const PageEnd& end) {
    return {std::string{kPageEnd}, encode_u64(end.cursor), end.epoch, encode_u64(end.oldest),
            end.subtree};
}

std::vector<std::string> encode(const Gone& gone) {
    return {std::string{kGone}, encode_u64(gone.oldest), gone.epoch};
}

std::vector<std::string> encode(const Refusal& refusal) {
    return {std::string{kRefusal}, refusal.reason};
}

Result<ReplayAnswer> decode_answer(std::span<const std::string> frames) {
    if (!frames.empty() && (frames[0].starts_with(kAlerts) || frames[0].starts_with(kFeeds))) {
        auto message = decode(frames);
        if (!message) {
            return fail(std::move(message));
        }
        return std::move(*message);
    }
    if (frames.size() == 5 && frames[0] == kPageEnd) {
        return decode_page_end(frames);
    }
    if (frames.size() == 3 && frames[0] == kGone) {
        return decode_gone(frames);
    }
    if (frames.size() == 2 && frames[0] == kRefusal) {
        return Refusal{std::string{utf8::cut(frames[1], kMaxReasonBytes)}};
    }
    return fail(Errc::invalid, "an answer that is none of KVSYNC, KTHXBAI, GONE and WTF");
}

}  // namespace wirewatch::publishers
