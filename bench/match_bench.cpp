// SPDX-License-Identifier: MIT
// What matching costs an article, beside the least that any matcher must do with it.
// Usage: match_bench [--articles FILE.jsonl] [--rules FILE.jsonl] [--most N] [--passes N]
// Without files it makes its own articles and rules. --hostile: only those that are made to hurt.
// Ends with 1 where one of them takes more than 50 ms.
#include "bench/hostile_set.hpp"
#include "bench/match_set.hpp"
#include "rules/article_parts.hpp"
#include "rules/compiled_rules.hpp"
#include "rules/hooks.hpp"
#include "rules/matcher.hpp"
#include "rules/rule_set.hpp"
#include "rules/word_scanner.hpp"
#include "rules/word_sink.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace wirewatch::bench {

namespace {

using rules::Matcher;
using rules::RuleSet;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double at(std::vector<double> values, double share) {
    const auto place = values.begin() +
                       static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

/// Microseconds an article: the least of several passes for each, since others use the machine.
template <class Work>
std::vector<double> microseconds(const std::vector<Article>& articles, int passes, Work work) {
    std::vector<double> least(articles.size(), 1e9);
    for (int pass = 0; pass < passes; ++pass) {
        for (std::size_t i = 0; i < articles.size(); ++i) {
            const auto start = std::chrono::steady_clock::now();
            work(articles[i]);
            const std::chrono::duration<double, std::micro> took =
                std::chrono::steady_clock::now() - start;
            least[i] = std::min(least[i], took.count());
        }
    }
    return least;
}

/// Looks every word up, and that is all.
class LookUpSink {
  public:
    explicit LookUpSink(rules::FormTable& forms) : forms_{forms} {}
    void ascii(const rules::AsciiWord& word) { found_ += forms_.ascii(word.lower).words.size(); }
    void region(std::string_view text, std::size_t /*begin*/) {
        found_ += forms_.region(text).size();
    }
    [[nodiscard]] std::size_t found() const { return found_; }

  private:
    rules::FormTable& forms_;
    std::size_t found_ = 0;
};

/// The parts of matching by themselves, over tables of their own.
class Parts {
  public:
    explicit Parts(const RuleSet& set)
        : index_{set.compiled().index()},
          hooks_{index_, [](rules::WordId) { return -1.0F; }},
          seen_{index_, hooks_},
          fields_{index_.fields()} {}

    std::size_t floor(const Article& article) {
        LookUpSink sink{forms_for(article)};
        scan(article, [&](const rules::PartText& part) {
            rules::WordScanner{part.text, sink}.run();
        });
        return sink.found();
    }

    std::size_t document(const Article& article) {
        seen_.begin_article();
        rules::WordSink sink{forms_for(article), index_.vocabulary(), seen_};
        scan(article, [&](const rules::PartText& part) {
            seen_.begin_part(static_cast<std::uint16_t>(1u << rules::index_of(part.field)));
            rules::WordScanner{part.text, sink}.run();
        });
        return seen_.calling().size();
    }

  private:
    rules::FormTable& forms_for(const Article& article) {
        return forms_.try_emplace(article.language, index_.vocabulary(), article.language)
            .first->second;
    }
    void scan(const Article& article, auto visit) {
        const rules::ArticleParts texts{article, feed_, article.language, fields_};
        for (const rules::PartText& part : texts.parts()) {
            visit(part);
        }
    }

    const rules::RuleIndex& index_;
    rules::Hooks hooks_;
    rules::SeenWords seen_;
    rules::FieldSet fields_;
    Feed feed_;
    std::map<std::string, rules::FormTable> forms_;
};

struct Compiled {
    RuleSet set;
    double seconds = 0;
    rules::WordFrequencies learnt = {};
};

Compiled compile(std::vector<Rule> some, const std::vector<Article>& articles) {
    const double start = cpu_seconds();
    rules::Compilation made = RuleSet::compile(std::move(some), {});
    Compiled compiled{std::move(made.set), cpu_seconds() - start};
    std::size_t errors = 0;
    for (const rules::Problem& problem : made.problems) {
        errors += problem.weight == rules::Weight::error ? 1 : 0;
        if (errors == 1 && problem.weight == rules::Weight::error) {
            std::fprintf(stderr, "left out: %s\n", problem.text.c_str());
        }
    }
    if (errors > 0) {
        std::fprintf(stderr, "%zu rules are left out\n", errors);
    }
    // Word frequencies as a daemon has them that has run for a while.
    Matcher learner{compiled.set};
    for (const Article& article : articles) {
        static_cast<void>(learner.match(article, {}));
    }
    compiled.learnt = learner.frequencies();
    return compiled;
}

void measure(std::string_view name, const Compiled& compiled, const std::vector<Article>& articles,
             int passes) {
    const RuleSet& set = compiled.set;
    const Feed feed;
    double bytes = 0;
    for (const Article& article : articles) {
        bytes += static_cast<double>(article.title.size() + article.summary.size() +
                                     article.content.size());
    }
    Parts parts{set};
    Matcher matcher{set, compiled.learnt};
    std::size_t matches = 0;
    for (const Article& article : articles) {  // the first pass fills the tables of forms
        static_cast<void>(parts.floor(article) + parts.document(article));
        matches += matcher.match(article, feed).size();
    }
    std::uint64_t evaluations = 0;
    for (const rules::RuleCounters& counters : matcher.counters()) {
        evaluations += counters.evaluations;
    }
    std::size_t sink = 0;
    const auto floor =
        microseconds(articles, passes, [&](const Article& a) { sink += parts.floor(a); });
    const auto document =
        microseconds(articles, passes, [&](const Article& a) { sink += parts.document(a); });
    const auto whole = microseconds(
        articles, passes, [&](const Article& a) { sink += matcher.matching(a, feed).size(); });
    const auto hits = microseconds(
        articles, passes, [&](const Article& a) { sink += matcher.match(a, feed).size(); });
    const auto count = static_cast<double>(articles.size());
    double sum_floor = 0;
    double sum_whole = 0;
    double sum_hits = 0;
    for (std::size_t i = 0; i < articles.size(); ++i) {
        sum_floor += floor[i];
        sum_whole += whole[i];
        sum_hits += hits[i];
    }
    std::printf(
        "%-6.*s %8zu %6.0f %7.2f %6.0f %7.2f %7.2f %6.2f %6.2f %7.2f %6.1f %8.2f %8.2f %7.2f %6.2f "
        "%6.0f\n",
        static_cast<int>(name.size()), name.data(), set.rules().size(), bytes / count,
        at(floor, 0.5), bytes / sum_floor, at(document, 0.5), at(whole, 0.5),
        at(whole, 0.5) / at(floor, 0.5), sum_whole / sum_floor, at(whole, 0.99),
        at(whole, 0.99) / at(floor, 0.5), static_cast<double>(evaluations) / count,
        static_cast<double>(matches) / count,
        matches == 0 ? 0.0 : (sum_hits - sum_whole) / static_cast<double>(matches),
        compiled.seconds,
        static_cast<double>(set.bytes()) /
            static_cast<double>(std::max<std::size_t>(set.rules().size(), 1)));
    if (sink == 1) {
        std::puts("");  // so that nothing measured is left out
    }
}

void print_head() {
    std::puts(
        "us of one thread an article, the least of all passes; floor: split, fold, hash, look up;\n"
        "words: floor with the rules' words noted; match: all rules asked, without spans;\n"
        "asked: rules evaluated; us/hit: a match's spans; build: seconds; B/rule: without texts");
    std::printf("%-6s %8s %6s %7s %6s %7s %7s %6s %6s %7s %6s %8s %8s %7s %6s %6s\n", "text",
                "rules", "bytes", "floor", "MB/s", "words", "match", "ratio", "mean", "p99",
                "p99/f", "asked", "matches", "us/hit", "build", "B/rule");
}

struct Arguments {
    std::string articles;
    std::string rules;
    std::size_t most = 100'000;
    int passes = 5;
    bool hostile_only = false;
};

std::optional<Arguments> arguments_of(int count, char** texts) {
    Arguments arguments;
    if (count == 2 && std::string_view{texts[1]} == "--hostile") {
        arguments.hostile_only = true;
        return arguments;
    }
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = texts[i];
        const char* const value = texts[i + 1];
        if (name == "--articles") {
            arguments.articles = value;
        } else if (name == "--rules") {
            arguments.rules = value;
        } else if (name == "--most") {
            arguments.most = std::strtoul(value, nullptr, 10);
        } else if (name == "--passes") {
            arguments.passes = std::atoi(value);
        } else {
            return std::nullopt;
        }
    }
    return count % 2 == 1 && arguments.most > 0 && arguments.passes > 0 ? std::optional{arguments}
                                                                        : std::nullopt;
}

/// All cores: articles a second, each thread with a matcher of its own over the same rules.
void measure_threads(const Compiled& compiled, const std::vector<Article>& articles) {
    const RuleSet& set = compiled.set;
    const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
    for (const unsigned count : {1u, threads}) {
        std::vector<std::jthread> running;
        const auto start = std::chrono::steady_clock::now();
        for (unsigned t = 0; t < count; ++t) {
            running.emplace_back([&] {
                Matcher matcher{set, compiled.learnt};
                for (int pass = 0; pass < 10; ++pass) {
                    for (const Article& article : articles) {
                        static_cast<void>(matcher.matching(article, {}));
                    }
                }
            });
        }
        running.clear();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        std::printf("%u thread%s, %zu rules: %.0f articles/s\n", count, count == 1 ? "" : "s",
                    set.rules().size(),
                    static_cast<double>(articles.size()) * 10 * count / took.count());
    }
}

double thread_milliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

/// How long one article takes at worst: the first time, when every form of a word is new, and
/// after. False: some took longer than it may.
bool measure_hostile() {
    constexpr double kMost = 50;
    bool within = true;
    std::printf("\n%-44s %9s %9s  %s\n", "hostile, ms of CPU for one article", "first", "later",
                "matched, given up, cut");
    for (HostileCase& one : hostile_cases()) {
        const std::size_t asked = one.rules.size();
        const auto compiled = RuleSet::compile(std::move(one.rules), {});
        double first = 1e9;
        double later = 1e9;
        std::size_t matched = 0;
        std::uint64_t given_up = 0;
        std::uint64_t cut = 0;
        for (int pass = 0; pass < 3; ++pass) {  // the least, since others use the machine
            Matcher matcher{compiled.set};
            const double start = thread_milliseconds();
            matched = matcher.match(one.article, {}).size();
            const double half = thread_milliseconds();
            static_cast<void>(matcher.match(one.article, {}));
            first = std::min(first, half - start);
            later = std::min(later, thread_milliseconds() - half);
            given_up = 0;
            for (const rules::RuleCounters& rule : matcher.counters()) {
                given_up += rule.given_up;
            }
            cut = matcher.cut_articles();
        }
        within = within && first <= kMost && later <= kMost;
        std::printf("%-44s %9.1f %9.1f  %zu, %.1f of %zu%s%s\n", one.name.c_str(), first, later,
                    matched, static_cast<double>(given_up) / 2, asked, cut > 0 ? ", cut" : "",
                    first > kMost || later > kMost ? "  TOO LONG" : "");
        if (compiled.set.rules().size() != asked) {
            std::printf("  %zu are refused: %s\n", asked - compiled.set.rules().size(),
                        compiled.problems.front().text.c_str());
        }
    }
    return within;
}

int run(const Arguments& arguments) {
    if (arguments.hostile_only) {
        return measure_hostile() ? 0 : 1;
    }

    std::vector<Article> all = make_articles(4'000, 1);
    if (!arguments.articles.empty()) {
        auto read = read_articles(arguments.articles);
        if (!read) {
            std::fprintf(stderr, "cannot read %s\n", arguments.articles.c_str());
            return 1;
        }
        all = std::move(*read);
    }
    const std::vector<Article> brief = shortened(all);
    const std::vector<Article> lengthy = lengthened(all);
    print_head();
    for (std::size_t count = 100; count <= arguments.most; count *= 10) {
        std::vector<Rule> some;
        if (!arguments.rules.empty()) {
            auto read = read_rules(arguments.rules, count);
            if (!read) {
                std::fprintf(stderr, "cannot read %s\n", arguments.rules.c_str());
                return 1;
            }
            some = std::move(*read);
        } else {
            some = make_rules(all, count, Mix::analyst, 2);
        }
        const Compiled compiled = compile(std::move(some), all);
        measure("short", compiled, brief, arguments.passes);
        measure("long", compiled, lengthy, arguments.passes);
        if (count == arguments.most) {
            measure_threads(compiled, brief);
        }
    }
    std::puts("rules of two words, of two prefixes, of two words in any inflection:");
    for (const Mix mix : {Mix::words, Mix::prefixes, Mix::stems}) {
        const Compiled compiled = compile(make_rules(all, 10'000, mix, 3), all);
        measure(mix == Mix::words      ? "words"
                : mix == Mix::prefixes ? "prefix"
                                       : "stems",
                compiled, brief, arguments.passes);
    }
    return measure_hostile() ? 0 : 1;
}

}  // namespace

}  // namespace wirewatch::bench

int main(int count, char** texts) {
    const auto arguments = wirewatch::bench::arguments_of(count, texts);
    if (!arguments) {
        std::fputs(
            "usage: match_bench [--articles FILE.jsonl] [--rules FILE.jsonl] [--most N] [--passes "
            "N]\n       match_bench --hostile\n",
            stderr);
        return 2;
    }
    return wirewatch::bench::run(*arguments);
}
