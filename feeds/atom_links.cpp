// SPDX-License-Identifier: MIT
#include "feeds/atom_links.hpp"

#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_fields.hpp"

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

bool is_page(pugi::xml_node link) {
    const std::string_view type = link.attribute("type").value();
    return type.empty() || type.find("html") != std::string_view::npos;
}

}  // namespace

std::string_view rel_of(pugi::xml_node link) {
    constexpr std::string_view kIana = "http://www.iana.org/assignments/relation/";
    std::string_view rel = trimmed(link.attribute("rel").value());
    if (rel.starts_with(kIana)) {
        rel.remove_prefix(kIana.size());  // the long form (RFC 4287 section 4.2.7.2)
    }
    return rel.empty() ? "alternate" : rel;
}

std::string address_of(const SettledNames& document, pugi::xml_node link, std::string_view url) {
    if (!link) {
        return {};
    }
    const std::string_view href = link.attribute("href").value();
    return document.has_bases ? resolve_url(base_of(document, link, url), href)
                              : resolve_url(url, href);
}

std::string replies_of(const SettledNames& document, const Children& entry, std::string_view url) {
    for (auto at = entry.find("atom:link"_field); at != Children::kNone;
         at = entry.find("atom:link"_field, at + 1)) {
        const pugi::xml_node link = entry[at].element();
        if (rel_of(link) == "replies" && link.attribute("type") && is_page(link)) {
            const std::string address = address_of(document, link, url);
            return address.find(' ') == std::string::npos ? address : std::string{};
        }
    }
    return {};
}

Piece written_link(const Children& entry) {
    for (auto at = entry.find("atom:link"_field); at != Children::kNone;
         at = entry.find("atom:link"_field, at + 1)) {
        if (rel_of(entry[at].element()) == "alternate") {
            if (Piece text = text_in(entry[at]); !text.empty()) {
                return text;
            }
        }
    }
    return {};
}

std::string link_of(const SettledNames& document, const Children& parent, std::string_view rel,
                    std::string_view url) {
    pugi::xml_node best;
    for (auto at = parent.find("atom:link"_field); at != Children::kNone;
         at = parent.find("atom:link"_field, at + 1)) {
        const pugi::xml_node link = parent[at].element();
        if (rel_of(link) == rel && *link.attribute("href").value() != '\0' &&
            (!best || (!is_page(best) && is_page(link)))) {
            best = link;
        }
    }
    return address_of(document, best, url);
}

}  // namespace wirewatch::feeds
