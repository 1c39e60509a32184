// SPDX-License-Identifier: MIT
#include "feeds/parser.hpp"

#include "feeds/atom.hpp"
#include "feeds/encoding.hpp"
#include "feeds/json_feed.hpp"
#include "feeds/letters.hpp"
#include "feeds/rss.hpp"
#include "feeds/stranger.hpp"
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

/// White space between elements is kept: in XHTML it stands between words.
Result<ParsedFeed> read_xml(std::string xml, std::string_view base_url, const ParseLimits& limits) {
    pugi::xml_document document;
    const pugi::xml_parse_result parsed = document.load_buffer_inplace(
        xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!parsed) {
        return fail(Errc::not_a_feed, std::string{"this is XML that cannot be read ("} +
                                          parsed.description() + " at byte " +
                                          std::to_string(parsed.offset) + ")");
    }
    settle_names(document);
    const pugi::xml_node root = document.document_element();
    return std::string_view{root.name()} == "atom:feed" ? read_atom(root, base_url, limits)
                                                        : read_rss(root, base_url, limits);
}

Result<ParsedFeed> read_markup(std::string_view text, std::string_view base_url,
                               const ParseLimits& limits) {
    const auto stranger = [&] { return fail(Errc::not_a_feed, describe_stranger(text, base_url)); };
    std::vector<std::string> repaired;
    auto root = find_root(text);
    const bool begins_as_feed = root && is_feed_root(root->name);
    if (!begins_as_feed) {
        root = find_feed_root(text);
        repaired.emplace_back("text before the document");
    }
    if (!root) {
        return stranger();
    }
    auto mended = mend_xml(text.substr(root->start), limits);
    if (!mended) {
        return fail(std::move(mended));
    }
    add(repaired, std::move(mended->repaired));
    auto feed = read_xml(std::move(mended->text), base_url, limits);
    if (feed) {
        feed->cut_off = mended->cut_off;
        add(feed->repaired, std::move(repaired));
    } else if (!begins_as_feed && feed.error().code == Errc::not_a_feed) {
        return stranger();  // the RDF within a picture's or a page's description, say
    }
    return feed;
}

std::string in_units(std::size_t bytes) {
    constexpr std::size_t kMiB = 1u << 20;
    return bytes % kMiB == 0 ? std::to_string(bytes / kMiB) + " MiB"
                             : std::to_string(bytes) + " bytes";
}

}  // namespace

Result<ParsedFeed> parse_feed(std::string_view document, const DocumentSource& source,
                              const ParseLimits& limits) {
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
    auto feed = text.starts_with('{') || text.starts_with('[')
                    ? read_json_feed(text, source.base_url, limits)
                    : read_markup(text, source.base_url, limits);
    if (feed) {
        feed->encoding = std::move(decoded->encoding);
        feed->repaired.insert(feed->repaired.begin(),
                              std::make_move_iterator(decoded->repaired.begin()),
                              std::make_move_iterator(decoded->repaired.end()));
    }
    return feed;
}

}  // namespace wirewatch::feeds
