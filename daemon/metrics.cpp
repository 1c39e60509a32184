// SPDX-License-Identifier: MIT
#include "daemon/metrics.hpp"

#include "daemon/version.hpp"
#include "history/alert_log.hpp"
#include "history/reader.hpp"
#include "publishers/listen_address.hpp"

#include <exception>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <sys/statvfs.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;
using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr std::size_t kThreads = 1;  // one question at a time; our choice

double seconds_since_epoch(Instant at) {
    return std::chrono::duration<double>(at.time_since_epoch()).count();
}

MetricFamily family(std::string name, std::string help, MetricType type) {
    MetricFamily made;
    made.name = std::move(name);
    made.help = std::move(help);
    made.type = type;
    return made;
}

/// One value with its labels.
void add(MetricFamily& to, double value, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric metric;
    metric.label = std::move(labels);
    (to.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
    to.metric.push_back(std::move(metric));
}

MetricFamily gauge(std::string name, std::string help, double value) {
    MetricFamily made = family(std::move(name), std::move(help), MetricType::Gauge);
    add(made, value);
    return made;
}

double bytes_of(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error ? 0 : static_cast<double>(size);
}

double free_bytes_beside(const fs::path& file) {
    struct statvfs facts {};
    return statvfs(file.parent_path().c_str(), &facts) == 0
               ? static_cast<double>(facts.f_bavail) * static_cast<double>(facts.f_frsize)
               : 0;
}

std::string_view state_of(const FeedState* state) {
    if (state == nullptr || !state->last_attempt) {
        return "waiting";
    }
    return state->paused ? "paused" : state->stopped ? "stopped" : state->error ? "failing" : "ok";
}

/// Looks everything up anew each time.
class View final : public prometheus::Collectable {
  public:
    View(MetricsView view, std::function<RuleCounts()> counts, history::Reader reader,
         history::AlertLog log)
        : view_{std::move(view)},
          counts_{std::move(counts)},
          reader_{std::move(reader)},
          log_{std::move(log)} {}

    std::vector<MetricFamily> Collect() const override {
        const std::lock_guard lock{mutex_};
        std::vector<MetricFamily> families;
        add_feeds(families);
        add_rules(families);
        add_rule_counts(families);
        add_stream(families);
        add_files(families);
        return families;
    }

  private:
    void add_feeds(std::vector<MetricFamily>& families) const {
        const auto states = reader_.feed_states();
        if (!states) {
            return;  // the next question finds it again; what is missing is an alarm by itself
        }
        std::unordered_map<std::string_view, const FeedState*> by_id;
        for (const FeedState& state : *states) {
            by_id.emplace(state.feed_id, &state);
        }
        std::unordered_map<std::string_view, double> in_state{
            {"ok", 0}, {"failing", 0}, {"waiting", 0}, {"paused", 0}, {"stopped", 0}};
        auto success =
            family("wirewatch_feed_last_success_timestamp_seconds",
                   "When the feed was last read, in seconds since 1970.", MetricType::Gauge);
        auto failures =
            family("wirewatch_feed_failures", "Failed polls in a row.", MetricType::Gauge);
        std::size_t labelled = 0;
        for (const std::string& id : view_.feed_ids()) {
            const auto found = by_id.find(id);
            const FeedState* state = found == by_id.end() ? nullptr : found->second;
            in_state[state_of(state)] += 1;
            if (state == nullptr || labelled++ >= kMaxLabelled) {
                continue;
            }
            add(failures, state->failures, {{"feed", id}});
            if (state->last_success) {
                add(success, seconds_since_epoch(*state->last_success), {{"feed", id}});
            }
        }
        auto counts = family("wirewatch_feeds", "Feeds by what has become of their last poll.",
                             MetricType::Gauge);
        for (const auto& [state, count] : in_state) {
            add(counts, count, {{"state", std::string{state}}});
        }
        families.push_back(std::move(counts));
        families.push_back(std::move(success));
        families.push_back(std::move(failures));
    }

    void add_rules(std::vector<MetricFamily>& families) const {
        families.push_back(
            gauge("wirewatch_rules", "Rules in force.", static_cast<double>(view_.rules())));
        const auto counts = reader_.alerts_by_rule(kMaxLabelled);
        if (!counts) {
            return;
        }
        auto alerts =
            family("wirewatch_rule_alerts_total", "Alerts of the rule, ever.", MetricType::Counter);
        for (const history::RuleAlerts& rule : *counts) {
            add(alerts, static_cast<double>(rule.alerts), {{"rule", rule.rule_id}});
        }
        families.push_back(std::move(alerts));
    }

    void add_rule_counts(std::vector<MetricFamily>& families) const {
        const RuleCounts counts = counts_();
        const auto count = [&](const std::string& what, const std::string& help,
                               std::uint64_t RuleCount::*field) {
            auto all = family("wirewatch_" + what + "_total", help + ", by all rules.",
                              MetricType::Counter);
            add(all, static_cast<double>(counts.all.*field));
            auto each = family("wirewatch_rule_" + what + "_total", help + ", by the rule.",
                               MetricType::Counter);
            for (const RuleCount& rule : counts.first) {
                add(each, static_cast<double>(rule.*field), {{"rule", rule.rule_id}});
            }
            families.push_back(std::move(all));
            families.push_back(std::move(each));
        };
        count("candidates", "Articles that had the words that call it", &RuleCount::candidates);
        count("evaluations", "Articles for which words alone did not tell",
              &RuleCount::evaluations);
        count("matches", "Articles matched", &RuleCount::matches);
        count("given_up", "Articles that would have taken too long", &RuleCount::given_up);
    }

    void add_stream(std::vector<MetricFamily>& families) const {
        auto subscribers =
            family("wirewatch_subscribers", "Subscribers connected now.", MetricType::Gauge);
        for (const auto& [publisher, count] : view_.subscribers()) {
            add(subscribers, static_cast<double>(count), {{"publisher", publisher}});
        }
        families.push_back(std::move(subscribers));
        const auto head = log_.head();
        const std::uint64_t published = view_.published();
        families.push_back(gauge("wirewatch_published_seq", "Number of the last message sent.",
                                 static_cast<double>(published)));
        if (head) {
            families.push_back(gauge("wirewatch_outbox_seq", "Number of the last message on disk.",
                                     static_cast<double>(*head)));
            const std::uint64_t behind = *head > published ? *head - published : 0;
            families.push_back(gauge("wirewatch_alerts_behind",
                                     "Messages on disk and not yet sent.",
                                     static_cast<double>(behind)));
        }
    }

    void add_files(std::vector<MetricFamily>& families) const {
        families.push_back(gauge("wirewatch_database_bytes", "Size of the database's file.",
                                 bytes_of(view_.database)));
        families.push_back(gauge("wirewatch_wal_bytes", "Size of its write-ahead log.",
                                 bytes_of(fs::path{view_.database} += "-wal")));
        families.push_back(gauge("wirewatch_disk_free_bytes", "Room left where it stands.",
                                 free_bytes_beside(view_.database)));
    }

    MetricsView view_;
    std::function<RuleCounts()> counts_;
    mutable std::mutex mutex_;  // guards the two below
    history::Reader reader_;
    history::AlertLog log_;
};

}  // namespace

Result<> check_metrics_address(const std::string& listen) {
    if (listen.ends_with('*') || !publishers::check_address("tcp://" + listen)) {
        return fail(Errc::invalid,
                    "write a loopback address and a port, like \"127.0.0.1:9580\"; a "
                    "reverse proxy can serve it to others");
    }
    return {};
}

struct Metrics::Impl {
    explicit Impl(Instant start)
        : polls{prometheus::BuildCounter()
                    .Name("wirewatch_polls_total")
                    .Help("Polls by their result.")
                    .Register(*registry)},
          changed{polls.Add({{"result", "read"}})},
          unchanged{polls.Add({{"result", "unchanged"}})},
          failed{polls.Add({{"result", "failed"}})},
          articles{counter("wirewatch_articles_total", "Articles stored.")},
          revisions{counter("wirewatch_revisions_total", "Articles that were seen to change.")},
          hits{counter("wirewatch_hits_total", "Hits stored.")},
          alerts{counter("wirewatch_alerts_total", "Alerts that went to disk.")},
          storing{
              prometheus::BuildGauge()
                  .Name("wirewatch_storing")
                  .Help("1: the database takes writes; 0: it does not, and polling has stopped.")
                  .Register(*registry)
                  .Add({})},
          poll_seconds{histogram("wirewatch_poll_seconds", "From request to answer.",
                                 {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30})},
          commit_seconds{histogram("wirewatch_commit_seconds", "A transaction, on disk.",
                                   {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3})} {
        storing.Set(1);
        prometheus::BuildGauge()
            .Name("wirewatch_info")
            .Help("Always 1.")
            .Register(*registry)
            .Add(prometheus::Labels{{"version", std::string{kVersion}}})
            .Set(1);
        prometheus::BuildGauge()
            .Name("wirewatch_start_timestamp_seconds")
            .Help("When this run began, in seconds since 1970.")
            .Register(*registry)
            .Add({})
            .Set(seconds_since_epoch(start));
    }

    prometheus::Counter& counter(const char* name, const char* help) {
        return prometheus::BuildCounter().Name(name).Help(help).Register(*registry).Add({});
    }

    prometheus::Histogram& histogram(const char* name, const char* help,
                                     const prometheus::Histogram::BucketBoundaries& bounds) {
        return prometheus::BuildHistogram().Name(name).Help(help).Register(*registry).Add({},
                                                                                          bounds);
    }

    std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
    prometheus::Family<prometheus::Counter>& polls;
    prometheus::Counter& changed;
    prometheus::Counter& unchanged;
    prometheus::Counter& failed;
    prometheus::Counter& articles;
    prometheus::Counter& revisions;
    prometheus::Counter& hits;
    prometheus::Counter& alerts;
    prometheus::Gauge& storing;
    prometheus::Histogram& poll_seconds;
    prometheus::Histogram& commit_seconds;
    std::mutex counts_mutex{};  ///< guards the next
    RuleCounts counts{};
};

Metrics::Metrics(const Clock& clock) : impl_{std::make_unique<Impl>(clock.now())} {}
Metrics::~Metrics() = default;

void Metrics::polled(const FeedState& state) {
    constexpr int kNotModified = 304;
    (state.error                         ? impl_->failed
     : state.http_status == kNotModified ? impl_->unchanged
                                         : impl_->changed)
        .Increment();
    impl_->poll_seconds.Observe(std::chrono::duration<double>(state.latency).count());
}

void Metrics::committed(const history::Committed& what, std::chrono::nanoseconds took) {
    impl_->articles.Increment(static_cast<double>(what.new_articles));
    impl_->revisions.Increment(static_cast<double>(what.revised_articles));
    impl_->hits.Increment(static_cast<double>(what.new_hits));
    impl_->alerts.Increment(static_cast<double>(what.new_alerts));
    impl_->commit_seconds.Observe(std::chrono::duration<double>(took).count());
}

void Metrics::storing(bool storing) {
    impl_->storing.Set(storing ? 1 : 0);
}

void Metrics::counted(const RuleCounts& counts) {
    const std::lock_guard lock{impl_->counts_mutex};
    impl_->counts = counts;
}

struct MetricsServer::Impl {
    std::shared_ptr<View> view;
    std::unique_ptr<prometheus::Exposer> exposer;  ///< last: its threads ask the other
};

MetricsServer::MetricsServer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
MetricsServer::~MetricsServer() = default;

Result<std::unique_ptr<MetricsServer>> MetricsServer::open(const MetricsOptions& options,
                                                           const Metrics& metrics,
                                                           MetricsView view) {
    auto reader = history::Reader::open(view.database);
    auto log = history::AlertLog::open(view.database);
    if (!reader || !log) {
        return tl::unexpected{reader ? log.error() : reader.error()};
    }
    auto impl = std::make_unique<Impl>();
    const auto counts = [counted = metrics.impl_.get()] {
        const std::lock_guard lock{counted->counts_mutex};
        return counted->counts;
    };
    impl->view =
        std::make_shared<View>(std::move(view), counts, std::move(*reader), std::move(*log));
    try {
        impl->exposer = std::make_unique<prometheus::Exposer>(options.listen, kThreads);
        impl->exposer->RegisterCollectable(metrics.impl_->registry);
        impl->exposer->RegisterCollectable(impl->view);
    } catch (const std::exception&) {
        return fail(Errc::busy, "cannot listen at " + options.listen +
                                    " for metrics; is another program there? Change 'listen' under "
                                    "[metrics], or leave it out");
    }
    return std::unique_ptr<MetricsServer>{new MetricsServer(std::move(impl))};
}

}  // namespace wirewatch::daemon
