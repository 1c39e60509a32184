// SPDX-License-Identifier: MIT
#include "feeds/documents.hpp"

#include "base/printable.hpp"
#include "feeds/file_source.hpp"

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNamedProblems = 3;  // our choice: a line or two

/// The parts that cannot be read, in words.
class Problems {
  public:
    void add(const DocumentPart& part, const std::string& why) {
        if (++count_ <= kNamedProblems) {
            words_.append(count_ == 1 ? "" : "; ").append(printable(part.name, 100));
            words_.append(": ").append(why);
        }
    }

    [[nodiscard]] std::size_t count() const { return count_; }

    [[nodiscard]] std::string words(std::size_t parts) const {
        return std::to_string(count_) + " of " + std::to_string(parts) +
               " documents cannot be read: " + words_ +
               (count_ > kNamedProblems ? "; and others" : "");
    }

  private:
    std::size_t count_ = 0;
    std::string words_;
};

void join(ParsedFeed& feed, ParsedFeed more, bool first) {
    if (first) {
        feed = std::move(more);
        return;
    }
    feed.cut_off = feed.cut_off || more.cut_off;
    std::move(more.repaired.begin(), more.repaired.end(), std::back_inserter(feed.repaired));
    std::move(more.articles.begin(), more.articles.end(), std::back_inserter(feed.articles));
}

Result<ReadDocuments> read_parts(const Response& response, const ParseLimits& limits) {
    ReadDocuments read;
    Problems problems;
    std::size_t good = 0;
    std::string_view rest = response.body;
    for (const DocumentPart& part : *response.parts) {
        const std::string_view document = rest.substr(0, part.bytes);
        rest.remove_prefix(document.size());
        if (!part.problem.empty()) {
            problems.add(part, part.problem);
            continue;
        }
        auto parsed = parse_feed(document, {}, limits, Markup::dropped);
        if (!parsed) {
            problems.add(part, parsed.error().text);
            continue;
        }
        if (parsed->last_is_unfinished) {  // it comes whole when its file is
            parsed->articles.pop_back();
            parsed->last_is_unfinished = false;
        }
        join(read.feed, std::move(*parsed), good++ == 0);
        if (read.feed.articles.size() > limits.max_articles) {
            return fail(Errc::too_large, "more than " + std::to_string(limits.max_articles) +
                                             " articles in the documents together; move old "
                                             "documents away");
        }
    }
    if (problems.count() > 0) {
        read.trouble = Error{Errc::not_a_feed, problems.words(response.parts->size())};
    }
    if (good == 0 && read.trouble) {
        return tl::unexpected{*read.trouble};
    }
    return read;
}

}  // namespace

Result<ReadDocuments> read_documents(const Response& response, const ParseLimits& limits) {
    if (response.parts) {
        return read_parts(response, limits);
    }
    const bool from_file = is_file_url(response.final_url);
    auto parsed = parse_feed(
        response.body, {response.content_type, from_file ? std::string_view{} : response.final_url},
        limits, Markup::dropped);
    if (!parsed) {
        return fail(std::move(parsed));
    }
    return ReadDocuments{.feed = std::move(*parsed)};
}

}  // namespace wirewatch::feeds
