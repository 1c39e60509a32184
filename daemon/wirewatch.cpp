// SPDX-License-Identifier: MIT
// wirewatch, everything a person does: puts the commands of review/ and daemon/ into one program.
#include "base/time.hpp"
#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/feed_file.hpp"
#include "daemon/standard_streams.hpp"
#include "daemon/version.hpp"
#include "review/commands.hpp"
#include "review/completion.hpp"
#include "review/exit_code.hpp"
#include "review/mistyped.hpp"

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace {

using namespace wirewatch;

/// What commands need of the configuration.
Result<review::Setup> load_setup(const std::optional<std::filesystem::path>& wanted) {
    const auto file = wanted ? Result<std::filesystem::path>{*wanted} : daemon::find_config();
    if (!file) {
        return tl::unexpected{file.error()};
    }
    auto reading = daemon::read_config(*file, {.secrets = daemon::SecretUse::leave});
    if (!reading) {
        return fail(std::move(reading));
    }
    auto& config = reading->config;
    return review::Setup{.file = config.file,
                         .deployment = config.deployment,
                         .database = config.database,
                         .control_socket = config.control_socket,
                         .backups = config.backup.directory,
                         .max_bytes = config.retention.max_bytes,
                         .feeds = std::move(config.feeds),
                         .sets = std::move(config.sets),
                         .rules = std::move(config.rules),
                         .problems = std::move(reading->problems),
                         .parsed = reading->parsed,
                         .fetch = std::move(config.fetch),
                         .parse = config.parse};
}

Result<review::FeedsWritten> append_feeds(const std::optional<std::filesystem::path>& wanted,
                                          const std::vector<Feed>& feeds,
                                          const std::optional<std::filesystem::path>& file) {
    const auto config = wanted ? Result<std::filesystem::path>{*wanted} : daemon::find_config();
    return config ? daemon::append_feeds(*config, feeds, file)
                  : Result<review::FeedsWritten>{tl::unexpected{config.error()}};
}

}  // namespace

int main(int argc, char** argv) {
    daemon::fill_closed_streams();
    const SystemClock clock;
    review::Session session{review::Terminal::standard(),
                            clock,
                            load_setup,
                            std::nullopt,
                            {daemon::feed_blocks, append_feeds}};
    review::Run run;

    CLI::App app{
        "wirewatch keeps watch over news feeds: see what matched, check rules, follow alerts."};
    app.footer("Example: wirewatch demo\nEvery command has its own --help, with an example.");
    std::string config_file;
    app.add_option("--config", config_file,
                   "configuration file (default: /etc/wirewatch/wirewatch.toml, else "
                   "$XDG_CONFIG_HOME/wirewatch/wirewatch.toml)")
        ->type_name("FILE");
    app.set_version_flag("--version", "wirewatch " + std::string{daemon::kVersion});
    app.require_subcommand(1);
    app.fallthrough();
    daemon::add_init(app, session, run);
    review::add_feeds(app, session, run);
    review::add_rules(app, session, run);
    review::add_history(app, session, run);
    review::add_search(app, session, run);
    review::add_show(app, session, run);
    review::add_mark(app, session, run);
    review::add_stats(app, session, run);
    review::add_export(app, session, run);
    review::add_status(app, session, run);
    review::add_reload(app, session, run);
    review::add_upkeep(app, session, run);
    review::add_completion(app, session, run);
    daemon::add_paths(app, session, run);
    daemon::add_tail(app, session, run);
    daemon::add_keys(app, session, run);
    daemon::add_demo(app, session, run);

    if (const auto words = review::completion_request(argc, argv)) {
        write(std::cout, complete(app, *words, completion_ids(session)));
        return review::kOk;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        if (const auto words = review::mistyped(app, wrong)) {
            std::cerr << "wirewatch: " << *words << "\nRun with --help for more information.\n";
            return review::kUsage;
        }
        return app.exit(wrong) == 0 ? review::kOk : review::kUsage;
    }
    if (!config_file.empty()) {
        session.config_file = config_file;
    }
    const int code = run();
    if (code == review::kOk && !std::cout.flush()) {
        std::cerr << "wirewatch: the output could not be written whole: is the disk full?\n";
        return review::kFailed;
    }
    return code;
}
