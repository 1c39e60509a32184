// SPDX-License-Identifier: MIT
#include "daemon/daemon.hpp"

#include "base/printable.hpp"
#include "daemon/log.hpp"
#include "feeds/curl_fetcher.hpp"
#include "history/alert_log.hpp"
#include "publishers/zmq_publisher.hpp"

#include <filesystem>
#include <map>
#include <random>
#include <set>
#include <utility>

#include <spdlog/spdlog.h>
#include <sys/prctl.h>

namespace wirewatch::daemon {

namespace {

Result<> make_directory_of(const std::filesystem::path& file) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) {
        return fail(Errc::io, "cannot make the database's directory '" +
                                  printable(file.parent_path().string()) + "': " + error.message() +
                                  "; make it, or set 'database' under [history]");
    }
    return {};
}

void log_publishing(const Error* trouble) {
    if (trouble != nullptr) {
        spdlog::error("publishing has stopped, and is tried again: " + printable(trouble->text));
    } else {
        spdlog::info("publishing goes on");
    }
}

void log_rule_problems(const Plan& plan) {
    std::set<std::string> in_force;
    for (const Rule* rule : plan.rules.rules()) {
        in_force.insert(rule->id);
    }
    for (const rules::Problem& problem : plan.rule_problems) {
        const std::string text = rules::to_text(problem.at) + ": " + problem.text;
        const bool of_set = problem.rule_id.starts_with('@');
        const std::string words =
            of_set ? "set " + problem.rule_id + ": " + text : about_rule(problem.rule_id, text);
        if (problem.weight == rules::Weight::error) {
            spdlog::error(words + (in_force.contains(problem.rule_id)
                                       ? " (its former version stays in force)"
                                       : " (not in force until it is mended)"));
        } else {
            spdlog::warn(words);
        }
    }
}

}  // namespace

Daemon::Daemon(history::Writer writer, const Clock& clock, std::function<void()> on_news)
    : on_news_{std::move(on_news)}, writer_{std::move(writer)}, metrics_{clock} {}

Result<std::unique_ptr<Daemon>> Daemon::start(Config config, const Clock& clock,
                                              std::function<void()> on_news,
                                              history::OnStep on_step) {
    if (auto made = make_directory_of(config.database); !made) {
        return fail(std::move(made));
    }
    const std::filesystem::path database = config.database;
    auto writer = history::Writer::open(
        database, {.deployment = config.deployment, .on_step = std::move(on_step)});
    if (!writer) {
        return fail(std::move(writer));
    }
    std::unique_ptr<Daemon> daemon{new Daemon(std::move(*writer), clock, std::move(on_news))};

    daemon->keeper_ = std::make_unique<Keeper>(database, config.backup, clock);

    auto relay_log = history::AlertLog::open(database);
    auto replay_log = history::AlertLog::open(database);
    if (!relay_log || !replay_log) {
        return fail(std::move(relay_log ? replay_log : relay_log));
    }
    daemon->allowed_.replace(config.clients);
    auto publisher = publishers::ZmqPublisher::open(
        config.zmq, std::move(*replay_log), clock,
        {.allowed = &daemon->allowed_,
         .warn = [](const std::string& words) { spdlog::warn(words); }});
    if (!publisher) {
        return fail(std::move(publisher));
    }
    daemon->live_endpoint_ = (*publisher)->live_endpoint();
    daemon->replay_endpoint_ = (*publisher)->replay_endpoint();
    daemon->relay_ = std::make_unique<publishers::Relay>(
        std::move(*publisher), std::move(*relay_log), clock, publishers::RelayOptions{},
        [self = daemon.get()](const Error* trouble) {
            log_publishing(trouble);
            if (trouble != nullptr && trouble->code == Errc::bad_database) {
                self->fail_with(*trouble);
            }
        });

    auto fetcher = std::make_unique<feeds::CurlFetcher>(config.fetch);
    auto plan = make_plan(std::move(config));
    log_rule_problems(*plan);
    auto desk = Desk::open(
        std::move(plan), daemon->writer_, std::move(fetcher), clock,
        {.on_alerts = [relay = daemon->relay_.get()] { relay->wake(); },
         .on_fatal = [self = daemon.get()](const Error& error) { self->fail_with(error); },
         .on_orders_done = [self = daemon.get()] { self->on_news_(); },
         .on_polled = [self =
                           daemon.get()](const FeedState& state) { self->metrics_.polled(state); },
         .on_committed =
             [self = daemon.get()](const history::Committed& what, std::chrono::nanoseconds took) {
                 self->metrics_.committed(what, took);
             },
         .on_counted =
             [self = daemon.get()](const RuleCounts& counts) { self->metrics_.counted(counts); },
         .on_storing = [self = daemon.get()](bool storing) { self->metrics_.storing(storing); }},
        std::random_device{}());
    if (!desk) {
        return fail(std::move(desk));
    }
    daemon->desk_ = std::move(*desk);
    daemon->keeper_->start();
    daemon->desk_thread_ = std::jthread{[desk = daemon->desk_.get()](std::stop_token stop) {
        prctl(PR_SET_NAME, "desk");  // as top -H and debuggers show it
        desk->run(stop);
    }};
    if (auto served = daemon->serve_metrics(daemon->plan()->config); !served) {
        return fail(std::move(served));
    }
    return daemon;
}

Result<> Daemon::serve_metrics(const Config& config) {
    if (config.metrics.listen.empty()) {
        return {};
    }
    const auto feed_ids = [desk = desk_.get()] {
        std::vector<std::string> ids;
        const auto plan = desk->plan();
        for (const Feed& feed : plan->config.feeds) {
            if (feed.enabled) {
                ids.push_back(feed.id);
            }
        }
        return ids;
    };
    auto server = MetricsServer::open(
        config.metrics, metrics_,
        {.database = config.database,
         .feed_ids = feed_ids,
         .rules = [desk = desk_.get()] { return desk->plan()->rules.rules().size(); },
         .published = [relay = relay_.get()] { return relay->cursor(); },
         .subscribers =
             [relay = relay_.get()] {
                 std::map<std::string, std::size_t> counts;
                 if (const auto count = relay->subscribers()) {
                     counts.emplace(relay->name(), *count);
                 }
                 return counts;
             }});
    if (!server) {
        return fail(std::move(server));
    }
    metrics_server_ = std::move(*server);
    return {};
}

Daemon::~Daemon() = default;

std::vector<std::string> Daemon::adopt(Config config) {
    const auto former = plan();
    std::vector<std::string> later;
    const auto keep = [&](auto& fresh, const auto& old, const std::string& name) {
        if (fresh != old) {
            later.push_back(name);
            fresh = old;
        }
    };
    keep(config.deployment, former->config.deployment, "deployment");
    keep(config.database, former->config.database, "database");
    keep(config.backup, former->config.backup, "history (backups, backup_interval)");
    keep(config.control_socket, former->config.control_socket, "control.socket");
    if (config.zmq.curve_key.empty() && !former->config.zmq.curve_key.empty()) {
        config.clients =
            former->config.clients;  // without CURVE it names none; CURVE stays for now
    }
    keep(config.zmq, former->config.zmq, "zeromq");
    keep(config.metrics, former->config.metrics, "metrics");
    keep(config.fetch, former->config.fetch,
         "fetch (time-outs, max_body, max_redirects, contact, file_roots)");
    keep(config.scheduler, former->config.scheduler,
         "fetch (max_in_flight, max_per_host, host_spacing)");
    config.parse = former->config.parse;  // follows max_body
    keep(config.log.format, former->config.log.format, "log.format");
    set_log_level(config.log.level);
    allowed_.replace(config.clients);
    relay_->wake();  // it breaks off who is no longer allowed

    auto fresh = make_plan(std::move(config), former.get());
    log_rule_problems(*fresh);
    desk_->adopt(std::move(fresh));
    return later;
}

std::array<std::uint64_t, 2> Daemon::pulses() const {
    return {desk_->pulse(), relay_->pulse()};
}

std::optional<Error> Daemon::trouble() const {
    const std::lock_guard lock{trouble_mutex_};
    return trouble_;
}

void Daemon::fail_with(const Error& error) {
    {
        const std::lock_guard lock{trouble_mutex_};
        if (trouble_) {
            return;
        }
        trouble_ = error;
    }
    on_news_();
}

}  // namespace wirewatch::daemon
