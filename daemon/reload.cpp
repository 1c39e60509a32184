// SPDX-License-Identifier: MIT
#include "daemon/reload.hpp"

#include "daemon/config.hpp"
#include "daemon/service.hpp"

#include <utility>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

constexpr const char* kRefused = "reload refused, the former configuration stays";

Reloaded refused(const Problems& problems) {
    Reloaded outcome{.message = kRefused};
    for (const rules::Problem& problem : problems) {
        outcome.details.push_back(rules::to_text(problem.at) + ": " + problem.text);
        spdlog::error(outcome.details.back());
    }
    spdlog::error(outcome.message);
    return outcome;
}

Reloaded adopt(Daemon& daemon, Config config) {
    Reloaded outcome{.adopted = true};
    for (const std::string& key : daemon.adopt(std::move(config))) {
        outcome.details.push_back(key + " has changed; it takes effect at the next restart");
        spdlog::warn(outcome.details.back());
    }
    const auto plan = daemon.plan();  // it has logged the rules' problems itself
    for (const rules::Problem& problem : plan->rule_problems) {
        outcome.details.push_back(rules::to_text(problem.at) + ": " + problem.text);
    }
    outcome.message = "reloaded: " + summary(*plan);
    spdlog::info(outcome.message);
    return outcome;
}

Reloaded read_and_adopt(Daemon& daemon, const std::filesystem::path& file) {
    auto reading = read_config(file);
    if (!reading) {
        Reloaded outcome{.message = std::string{kRefused} + ": " + reading.error().text};
        spdlog::error(outcome.message);
        return outcome;
    }
    return reading->good() ? adopt(daemon, std::move(reading->config)) : refused(reading->problems);
}

}  // namespace

Reloaded reload(Daemon& daemon, const std::filesystem::path& file) {
    service::reloading();
    Reloaded outcome = read_and_adopt(daemon, file);
    const bool why_below = !outcome.adopted && !outcome.details.empty();
    service::ready(outcome.adopted ? summary(*daemon.plan())
                   : why_below     ? outcome.message + ": " + outcome.details.front()
                                   : outcome.message);
    return outcome;
}

std::string summary(const Plan& plan) {
    return "watching " + std::to_string(plan.config.feeds.size()) + " feeds with " +
           std::to_string(plan.rules.rules().size()) + " rules";
}

}  // namespace wirewatch::daemon
