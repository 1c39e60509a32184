// SPDX-License-Identifier: MIT
#include "feeds/atom_links.hpp"

#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_fields.hpp"

#include <pugixml.hpp>

namespace wirewatch::feeds {

bool has_rel(pugi::xml_node link, std::string_view rel) {
    constexpr std::string_view kIana = "http://www.iana.org/assignments/relation/";
    std::string_view written = trimmed(link.attribute("rel").value());
    if (equal_ignoring_case(written.substr(0, kIana.size()), kIana)) {
        written.remove_prefix(kIana.size());  // the long form (RFC 4287 section 4.2.7.2)
    }
    return equal_ignoring_case(written.empty() ? "alternate" : written, rel);
}

bool is_page(pugi::xml_node link) {
    const std::string_view type = link.attribute("type").value();
    return type.empty() || find_ignoring_case(type, "html") != std::string_view::npos;
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
        if (has_rel(link, "replies") && link.attribute("type") && is_page(link)) {
            const std::string address = address_of(document, link, url);
            return address.find(' ') == std::string::npos ? address : std::string{};
        }
    }
    return {};
}

Piece written_link(const Children& entry) {
    for (auto at = entry.find("atom:link"_field); at != Children::kNone;
         at = entry.find("atom:link"_field, at + 1)) {
        if (has_rel(entry[at].element(), "alternate")) {
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
        if (has_rel(link, rel) && !trimmed(link.attribute("href").value()).empty() &&
            (!best || (!is_page(best) && is_page(link)))) {
            best = link;
        }
    }
    return address_of(document, best, url);
}

}  // namespace wirewatch::feeds
