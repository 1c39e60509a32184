// SPDX-License-Identifier: MIT
#include "daemon/log.hpp"

#include "base/printable.hpp"
#include "base/time.hpp"

#include <unistd.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <syslog.h>
#include <nlohmann/json.hpp>

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

namespace wirewatch::daemon {

namespace {

using spdlog::details::log_msg;

std::string safe(const log_msg& message) {
    return printable({message.payload.data(), message.payload.size()}, 8192);
}

std::string timestamp(const log_msg& message) {
    return to_rfc3339(std::chrono::time_point_cast<std::chrono::milliseconds>(message.time));
}

std::string_view name_of(spdlog::level::level_enum level) {
    switch (level) {
        case spdlog::level::err:
        case spdlog::level::critical:
            return "error";
        case spdlog::level::warn:
            return "warning";
        case spdlog::level::info:
            return "info";
        default:
            return "debug";
    }
}

class TextSink final : public spdlog::sinks::base_sink<std::mutex> {
  protected:
    void sink_it_(const log_msg& message) override {
        const std::string line = timestamp(message) + " " + std::string{name_of(message.level)} +
                                 " " + safe(message) + "\n";
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
    void flush_() override { std::fflush(stderr); }
};

/// The id in "feed <id>: …" or "rule <id>: …".
std::optional<std::string> subject(std::string_view line, std::string_view kind) {
    if (!line.starts_with(kind) || !line.substr(kind.size()).starts_with(' ')) {
        return std::nullopt;
    }
    line.remove_prefix(kind.size() + 1);
    const std::size_t end = line.find(':');
    if (end == std::string_view::npos || end > 64 ||
        line.substr(0, end).find(' ') != std::string_view::npos) {
        return std::nullopt;
    }
    return std::string{line.substr(0, end)};
}

class JsonSink final : public spdlog::sinks::base_sink<std::mutex> {
  protected:
    void sink_it_(const log_msg& message) override {
        const std::string text = safe(message);
        nlohmann::ordered_json line{{"time", timestamp(message)},
                                    {"level", name_of(message.level)}};
        for (const std::string_view kind : {"feed", "rule"}) {
            if (const auto id = subject(text, kind)) {
                line[std::string{kind}] = *id;
            }
        }
        line["message"] = text;
        const std::string bytes =
            line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
        std::fwrite(bytes.data(), 1, bytes.size(), stderr);
    }
    void flush_() override { std::fflush(stderr); }
};

class JournalSink final : public spdlog::sinks::base_sink<std::mutex> {
  protected:
    void sink_it_(const log_msg& message) override {
        const std::string text = safe(message);
        std::array<std::string, 5> fields{"MESSAGE=" + text,
                                          "PRIORITY=" + std::to_string(priority(message)),
                                          "SYSLOG_IDENTIFIER=wirewatchd", "", ""};
        std::size_t count = 3;
        if (const auto feed = subject(text, "feed")) {
            fields[count++] = "WIREWATCH_FEED=" + *feed;
        }
        if (const auto rule = subject(text, "rule")) {
            fields[count++] = "WIREWATCH_RULE=" + *rule;
        }
        std::array<iovec, 5> vectors{};
        for (std::size_t i = 0; i < count; ++i) {
            vectors[i] = {fields[i].data(), fields[i].size()};
        }
        sd_journal_sendv(vectors.data(), static_cast<int>(count));
    }
    void flush_() override {}

  private:
    static int priority(const log_msg& message) {
        switch (message.level) {
            case spdlog::level::err:
            case spdlog::level::critical:
                return LOG_ERR;
            case spdlog::level::warn:
                return LOG_WARNING;
            case spdlog::level::info:
                return LOG_INFO;
            default:
                return LOG_DEBUG;
        }
    }
};

/// Source: systemd.exec(5), $JOURNAL_STREAM: device and inode of the stream, to be compared with
/// stderr's, since a child may have been given another one.
bool stderr_is_the_journal() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat here {};
    if (stream == nullptr || fstat(STDERR_FILENO, &here) != 0) {
        return false;
    }
    return std::to_string(here.st_dev) + ":" + std::to_string(here.st_ino) == stream;
}

/// Where journald takes messages. Without it they would vanish without a word: sd_journal_sendv(3).
constexpr const char* kJournalSocket = "/run/systemd/journal/socket";

bool journal_is_there() {
    return access(kJournalSocket, W_OK) == 0;
}

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::error:
            return spdlog::level::err;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::debug:
            return spdlog::level::debug;
    }
    return spdlog::level::info;
}

spdlog::sink_ptr sink_for(LogFormat format) {
    switch (format) {
        case LogFormat::json:
            return std::make_shared<JsonSink>();
        case LogFormat::journal:
            return journal_is_there() ? std::static_pointer_cast<spdlog::sinks::sink>(
                                            std::make_shared<JournalSink>())
                                      : std::make_shared<TextSink>();
        case LogFormat::text:
            return std::make_shared<TextSink>();
        case LogFormat::automatic:
            break;
    }
    return sink_for(stderr_is_the_journal() ? LogFormat::journal : LogFormat::text);
}

}  // namespace

void set_up_log(const LogOptions& options) {
    auto logger = std::make_shared<spdlog::logger>("wirewatch", sink_for(options.format));
    logger->set_level(level_of(options.level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
    if (options.format == LogFormat::journal && !journal_is_there()) {
        spdlog::warn(std::string{"there is no journald here ("} + kJournalSocket +
                     "), so the log goes to stderr; 'format' under [log] names another place");
    }
}

void set_log_level(LogLevel level) {
    spdlog::default_logger()->set_level(level_of(level));
}

std::string about_feed(std::string_view feed_id, std::string_view words) {
    return "feed " + std::string{feed_id} + ": " + std::string{words};
}

std::string about_rule(std::string_view rule_id, std::string_view words) {
    return "rule " + std::string{rule_id} + ": " + std::string{words};
}

}  // namespace wirewatch::daemon
