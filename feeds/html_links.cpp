// SPDX-License-Identifier: MIT
#include "feeds/html_links.hpp"

#include "feeds/html_elements.hpp"
#include "feeds/html_entities.hpp"
#include "feeds/html_scanner.hpp"
#include "feeds/html_tag.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace wirewatch::feeds {

namespace {

enum class Holds { nothing, address, addresses };

Holds what_holds(std::string_view attribute, std::string_view element) {
    constexpr std::array<std::string_view, 8> kNames{
        "href", "src", "poster", "cite", "longdesc", "action", "formaction", "background"};
    const auto is = [&](std::string_view name) { return equal_ignoring_case(attribute, name); };
    if (std::any_of(kNames.begin(), kNames.end(), is) ||
        (is("data") && equal_ignoring_case(element, "object"))) {
        return Holds::address;
    }
    return is("srcset") || is("imagesrcset") ? Holds::addresses : Holds::nothing;
}

/// The absolute address; none: it is one, or it is none that hangs on a base.
std::optional<std::string> absolute(std::string_view reference, std::string_view base) {
    reference = trimmed(reference);
    if (reference.empty() || reference.starts_with('#') || split_url(reference).scheme) {
        return std::nullopt;
    }
    std::string url = resolve_url(base, reference);
    return url.empty() ? std::nullopt : std::optional{std::move(url)};
}

/// "small.png 1x, large.png 2x". Source: HTML, section 4.8.4.2.1.
std::optional<std::string> absolute_list(std::string_view list, std::string_view base) {
    std::string out;
    bool changed = false;
    while (true) {
        const auto start = std::find_if_not(list.begin(), list.end(),
                                            [](char c) { return is_space(c) || c == ','; });
        list.remove_prefix(static_cast<std::size_t>(start - list.begin()));
        if (list.empty()) {
            return changed ? std::optional{std::move(out)} : std::nullopt;
        }
        const auto space = std::find_if(list.begin(), list.end(), is_space);
        std::string_view url = list.substr(0, static_cast<std::size_t>(space - list.begin()));
        list.remove_prefix(url.size());
        std::string_view descriptor;
        if (url.ends_with(',')) {
            url = url.substr(0, url.find_last_not_of(',') + 1);
        } else {
            descriptor = list.substr(0, std::min(list.find(','), list.size()));
            list.remove_prefix(descriptor.size());
        }
        const auto resolved = absolute(url, base);
        changed = changed || resolved;
        out += out.empty() ? "" : ", ";
        out += resolved ? *resolved : url;
        if (!trimmed(descriptor).empty()) {
            out += ' ';
            out += trimmed(descriptor);
        }
    }
}

std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : value) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

class LinkWriter {
  public:
    LinkWriter(std::string_view html, std::string_view base) : html_{html}, base_{base} {}

    /// None: nothing was relative.
    std::optional<std::string> run() {
        Quotes quotes = Quotes::respect;
        for (std::size_t at = html_.find('<'); at < html_.size(); at = html_.find('<', at)) {
            if (html_.substr(at).starts_with("<!--")) {
                at = end_of_comment(html_, at);
                continue;
            }
            const auto tag = read_tag(html_, at, quotes);
            if (!tag) {
                if (at + 1 < html_.size() && is_letter(html_[at + 1])) {
                    break;  // it takes all that follows
                }
                ++at;
                continue;
            }
            at = tag->end;
            if (tag->closes) {
                continue;
            }
            rewrite(*tag);
            if (html_element(tag->name).role == Role::raw) {
                at = end_of_raw(html_, at, tag->name);
            }
        }
        if (done_ == 0) {
            return std::nullopt;
        }
        out_ += html_.substr(done_);
        return std::move(out_);
    }

  private:
    void rewrite(const HtmlTag& tag) {
        std::string_view rest = tag.attributes;
        while (const auto attribute = take_attribute(rest)) {
            const Holds holds = what_holds(attribute->name, tag.name);
            if (holds == Holds::nothing || attribute->value.empty()) {
                continue;
            }
            const std::string value = without_entities(attribute->value, EntityPlace::attribute);
            const auto resolved =
                holds == Holds::address ? absolute(value, base_) : absolute_list(value, base_);
            if (resolved) {
                replace(attribute->value, *resolved);
            }
        }
    }

    /// `old` is a part of html_.
    void replace(std::string_view old, std::string_view value) {
        const auto start = static_cast<std::size_t>(old.data() - html_.data());
        const char before = html_[start - 1];
        const char* quote = before == '"' || before == '\'' ? "" : "\"";
        out_ += html_.substr(done_, start - done_);
        out_ += quote + escaped(value) + quote;
        done_ = start + old.size();
    }

    std::string_view html_;
    std::string_view base_;
    std::string out_;
    std::size_t done_ = 0;  ///< of html_, in out_
};

}  // namespace

std::string with_absolute_links(std::string html, std::string_view base) {
    if (is_web_url(base)) {
        if (auto changed = LinkWriter{html, base}.run()) {
            return std::move(*changed);
        }
    }
    return html;
}

}  // namespace wirewatch::feeds
