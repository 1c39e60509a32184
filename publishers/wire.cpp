// SPDX-License-Identifier: MIT
//
//   frame 0  topic       alert/<rule-id>/ | sys/feed/<feed-id>/ | HUGZ | sys/welcome/
//   frame 1  seq         8 bytes, network order; in HUGZ and sys/welcome/ the head of the stream
//   frame 2  uuid        16 bytes; zeros in HUGZ and sys/welcome/
//   frame 3  properties  name=value lines: v=1, epoch=, then tseq= and ct= (alerts, feed
//                        events) or oldest= (welcome); a reader skips names that it does not know
//   frame 4  body        CloudEvents 1.0, structured JSON; empty in HUGZ and sys/welcome/
#include "publishers/wire.hpp"

#include "base/id.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace wirewatch::publishers {

namespace {

constexpr std::string_view kVersion = "1";
constexpr std::string_view kContentType = "application/cloudevents+json";

void add_property(std::string& properties, std::string_view name, std::string_view value) {
    properties.append(name).append(1, '=').append(value).append(1, '\n');
}

std::string common_properties(std::string_view epoch) {
    std::string properties;
    properties.reserve(128);  // all there is
    add_property(properties, "v", kVersion);
    add_property(properties, "epoch", epoch);
    return properties;
}

std::string uuid_frame(const Uuid& uuid) {
    return {uuid.begin(), uuid.end()};
}

std::size_t bytes_of(std::span<const std::string> frames) {
    std::size_t bytes = 0;
    for (const std::string& frame : frames) {
        bytes += frame.size();
    }
    return bytes;
}

Result<std::uint64_t> decimal(std::string_view text) {
    std::uint64_t number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || rest != text.data() + text.size()) {
        return fail(Errc::invalid, "the property 'tseq' is no number");
    }
    return number;
}

/// Reads `v`, `epoch` and `tseq` into `message`.
Result<> read_properties(std::string_view lines, Message& message) {
    std::string_view version;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        const std::size_t sign = line.find('=');
        if (sign == std::string_view::npos) {
            return fail(Errc::invalid, "a property has no '='");
        }
        const std::string_view name = line.substr(0, sign);
        const std::string_view value = line.substr(sign + 1);
        if (name == "v") {
            version = value;
        } else if (name == "epoch") {
            message.epoch = value;
        } else if (name == "tseq") {
            const auto number = decimal(value);
            if (!number) {
                return tl::unexpected(number.error());
            }
            message.tseq = *number;
        }
    }
    if (version != kVersion) {
        return fail(Errc::invalid, "the message is not of version 1");
    }
    if (!is_epoch(message.epoch)) {
        return fail(Errc::invalid, "the property 'epoch' is not 16 hex digits");
    }
    return {};
}

Result<> check_frames(std::span<const std::string> frames) {
    if (frames.size() != Frames{}.size()) {
        return fail(Errc::invalid, "the message has not five frames");
    }
    if (bytes_of(frames) > kMaxMessageBytes) {
        return fail(Errc::invalid, "the message is over 64 KiB");
    }
    if (frames[0].empty() || frames[0].size() > kMaxTopicBytes) {
        return fail(Errc::invalid, "the topic is not 1 to 128 bytes long");
    }
    if (frames[2].size() != Uuid{}.size()) {
        return fail(Errc::invalid, "the uuid is not 16 bytes long");
    }
    if (frames[3].size() > kMaxPropertyBytes) {
        return fail(Errc::invalid, "the properties are over 1,024 bytes");
    }
    return {};
}

/// The id in a topic that is `prefix`, an id and "/".
std::optional<std::string_view> id_behind(std::string_view prefix, std::string_view topic) {
    if (!topic.starts_with(prefix) || !topic.ends_with('/')) {
        return std::nullopt;
    }
    topic.remove_prefix(prefix.size());
    if (topic.empty()) {
        return std::nullopt;
    }
    topic.remove_suffix(1);
    return is_id(topic) ? std::optional{topic} : std::nullopt;
}

}  // namespace

Frames encode(const Message& message) {
    std::string properties = common_properties(message.epoch);
    add_property(properties, "tseq", std::to_string(message.tseq));
    add_property(properties, "ct", kContentType);
    return {message.topic, encode_u64(message.seq), uuid_frame(message.uuid), std::move(properties),
            message.body};
}

Frames heartbeat(std::uint64_t head, std::string_view epoch) {
    return {
        std::string{kHeartbeat}, encode_u64(head), uuid_frame({}), common_properties(epoch), {}};
}

Frames welcome(std::uint64_t head, std::uint64_t oldest, std::string_view epoch) {
    Frames frames = heartbeat(head, epoch);
    frames[0] = kWelcome;
    add_property(frames[3], "oldest", std::to_string(oldest));
    return frames;
}

Result<Message> decode(std::span<const std::string> frames) {
    if (auto shape = check_frames(frames); !shape) {
        return fail(std::move(shape));
    }
    Message message;
    message.topic = frames[0];
    const auto seq = decode_u64(frames[1]);
    if (!seq) {
        return tl::unexpected(seq.error());
    }
    message.seq = *seq;
    std::copy(frames[2].begin(), frames[2].end(), message.uuid.begin());
    if (auto properties = read_properties(frames[3], message); !properties) {
        return fail(std::move(properties));
    }
    message.body = frames[4];

    const bool own_seq = is_numbered(message.topic);
    if (!own_seq && message.topic != kHeartbeat && message.topic != kWelcome) {
        return fail(Errc::invalid, "the topic is none of this version");
    }
    if (own_seq && (message.seq == 0 || message.tseq == 0 || message.body.empty())) {
        return fail(Errc::invalid, "the message has no seq, tseq or body");
    }
    return message;
}

std::optional<std::string_view> rule_of(std::string_view topic) {
    return id_behind(kAlerts, topic);
}

std::optional<std::string_view> feed_of(std::string_view topic) {
    return id_behind(kFeeds, topic);
}

bool is_numbered(std::string_view topic) {
    return rule_of(topic) || feed_of(topic);
}

bool is_epoch(std::string_view text) {
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 16 && std::all_of(text.begin(), text.end(), hex);
}

std::string encode_u64(std::uint64_t number) {
    std::string bytes(8, '\0');
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
        *byte = static_cast<char>(number & 0xFF);
        number >>= 8;
    }
    return bytes;
}

Result<std::uint64_t> decode_u64(std::string_view bytes) {
    if (bytes.size() != 8) {
        return fail(Errc::invalid, "a number is not 8 bytes long");
    }
    std::uint64_t number = 0;
    for (const char byte : bytes) {
        number = number << 8 | static_cast<unsigned char>(byte);
    }
    return number;
}

}  // namespace wirewatch::publishers
