// SPDX-License-Identifier: MIT
#include "feeds/parser.hpp"

#include "feeds/atom.hpp"
#include "feeds/encoding.hpp"
#include "feeds/json_feed.hpp"
#include "feeds/letters.hpp"
#include "feeds/memory_budget.hpp"
#include "feeds/rss.hpp"
#include "feeds/stranger.hpp"
#include "feeds/xml_check.hpp"
#include "feeds/xml_fields.hpp"
#include "feeds/xml_mend.hpp"
#include "feeds/xml_names.hpp"
#include "feeds/xml_root.hpp"

#include <iterator>
#include <optional>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

void add(std::vector<std::string>& to, std::vector<std::string> more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The XML parser works in place, on bytes of its own.
std::string take_text(DecodedText&& decoded) {
    return decoded.converted ? std::move(*decoded.converted) : std::string{decoded.original};
}

/// XML and what only looks like it. A document is parsed where it stands; only one with a flaw is
/// decoded anew, mended and parsed again, so that well-formed feeds do not pay for the others.
class MarkupReader {
  public:
    MarkupReader(std::string_view document, const DocumentSource& source, const ParseLimits& limits,
                 Markup markup)
        : document_{document}, source_{source}, limits_{limits}, markup_{markup} {}

    Result<ParsedFeed> run(std::string text) {
        text_ = std::move(text);
        if (!find_start()) {
            return stranger();
        }
        if (promises_to_be_well_formed()) {
            if (auto feed = parse(text_.data() + start_, size_)) {
                return std::move(*feed);
            }
        }
        return read_mended();
    }

  private:
    bool find_start() {
        auto root = find_root(text_);
        const bool is_article = root && is_article_root(root->name);
        begins_as_feed_ = root && is_feed_root(root->name);
        if (!begins_as_feed_ && !is_article) {
            root = find_feed_root(text_);
            repaired_.emplace_back("text before the document");
        }
        if (!root) {
            return false;
        }
        start_ = root->start;
        root_name_ = root->name;
        size_ = without_epilog(std::string_view{text_}.substr(start_)).size();
        return true;
    }

    /// What the parser does not look at. Where this says yes, the parser finds the other flaws.
    [[nodiscard]] bool promises_to_be_well_formed() const {
        const std::string_view xml{text_.data() + start_, size_};
        return ends_with_root(xml, root_name_) && !has_more_tags_than(xml, limits_.max_tags) &&
               !has_strange_bytes(xml);
    }

    Result<ParsedFeed> read_mended() {
        restore_text();
        auto mended = mend_xml(std::string_view{text_}.substr(start_), limits_);
        if (!mended) {
            return fail(std::move(mended));
        }
        text_ = {};  // the mended copy is as large again
        if (mended->repaired.empty() && refused_) {
            mended->repaired.emplace_back("markup that XML does not allow");
        }
        add(repaired_, std::move(mended->repaired));
        cut_off_ = mended->cut_off;
        last_is_unfinished_ = mended->has_unfinished_item;
        if (auto feed = parse(mended->text.data(), mended->text.size())) {
            return std::move(*feed);
        }
        return begins_as_feed_ ? fail(Errc::not_a_feed, "this is XML too broken to be mended")
                               : stranger();
    }

    /// None: this is no well-formed XML. What stands at `xml` is no more what it was.
    std::optional<Result<ParsedFeed>> parse(char* xml, std::size_t size) {
        pugi::xml_document document;
        is_spent_ = true;
        if (!document.load_buffer_inplace(xml, size, parse_options(), pugi::encoding_utf8) ||
            has_several_roots(document)) {
            refused_ = true;
            return std::nullopt;
        }
        const auto names = settle_names(document, limits_);
        if (!names) {
            return tl::unexpected<Error>(names.error());
        }
        if (names->repeated_attribute) {
            repaired_.emplace_back("attributes that stand twice in one tag");
        }
        const pugi::xml_node root = document.document_element();
        const std::string_view name = root.name();
        auto feed = name == "atom:feed" || name == "atom:entry"
                        ? read_atom(root, *names, source_.base_url, limits_, markup_)
                        : read_rss(root, *names, source_.base_url, limits_, markup_);
        if (feed) {
            feed->cut_off = cut_off_;
            feed->last_is_unfinished = last_is_unfinished_ && !feed->articles.empty();
            add(feed->repaired, std::move(repaired_));
        } else if (!begins_as_feed_ && feed.error().code == Errc::not_a_feed) {
            // The RDF within a picture's or a page's description, say, or the entry of a
            // dictionary.
            return stranger();
        }
        return feed;
    }

    static bool has_several_roots(const pugi::xml_document& document) {
        return document.first_child() != document.last_child();
    }

    Result<ParsedFeed> stranger() {
        restore_text();
        return fail(Errc::not_a_feed, describe_stranger(trimmed(text_), source_.base_url));
    }

    void restore_text() {
        if (is_spent_) {
            text_ = {};  // not two of them at once
            if (auto decoded = decode_text(document_, source_.content_type)) {
                text_ = take_text(std::move(*decoded));
            }
            is_spent_ = false;
        }
    }

    std::string_view document_;
    const DocumentSource& source_;
    const ParseLimits& limits_;
    Markup markup_;
    std::string text_;
    bool is_spent_ = false;  ///< text_ has been parsed in place
    std::size_t start_ = 0;  ///< of the root, in text_
    std::size_t size_ = 0;   ///< of the root and all in it
    std::string root_name_;
    bool begins_as_feed_ = false;
    bool refused_ = false;  ///< the parser found a flaw of its own
    bool cut_off_ = false;
    bool last_is_unfinished_ = false;
    std::vector<std::string> repaired_;
};

std::string in_units(std::size_t bytes) {
    constexpr std::size_t kMiB = 1u << 20;
    return bytes % kMiB == 0 ? std::to_string(bytes / kMiB) + " MiB"
                             : std::to_string(bytes) + " bytes";
}

}  // namespace

Result<ParsedFeed> parse_feed(std::string_view document, const DocumentSource& source,
                              const ParseLimits& limits, Markup markup) {
    if (document.size() > limits.max_bytes) {
        return fail(Errc::too_large, "the document is over " + in_units(limits.max_bytes));
    }
    auto decoded = decode_text(document, source.content_type);
    if (!decoded) {
        return fail(std::move(decoded));
    }
    const std::string_view text = trimmed(decoded->text());
    if (text.empty()) {
        return fail(Errc::not_a_feed, "the document is empty");
    }
    ParseLimits markup_limits = limits;
    markup_limits.max_tags = affordable(limits.max_tags, text.size(), kBytesPerTag);
    auto feed = text.starts_with('{') || text.starts_with('[')
                    ? read_json_feed(text, source.base_url, limits, markup)
                    : MarkupReader{document, source, markup_limits, markup}.run(
                          take_text(std::move(*decoded)));
    if (feed) {
        feed->encoding = std::move(decoded->encoding);
        feed->repaired.insert(feed->repaired.begin(),
                              std::make_move_iterator(decoded->repaired.begin()),
                              std::make_move_iterator(decoded->repaired.end()));
    }
    return feed;
}

}  // namespace wirewatch::feeds
