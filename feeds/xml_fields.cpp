// SPDX-License-Identifier: MIT
#include "feeds/xml_fields.hpp"

#include "base/check.hpp"
#include "feeds/dates.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

class StringWriter final : public pugi::xml_writer {
  public:
    void write(const void* data, std::size_t size) override {
        text.append(static_cast<const char*>(data), size);
    }
    std::string text;
};

/// HTML knows no prefixes. traverse() goes without recursion.
class PrefixDropper final : public pugi::xml_tree_walker {
    bool for_each(pugi::xml_node& node) override {
        if (const std::string_view name = node.name(); local_name(name) != name) {
            node.set_name(std::string{local_name(name)}.c_str());
        }
        return true;
    }
};

bool holds_text(pugi::xml_node node) {
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

bool has_elements(pugi::xml_node node) {
    return node.find_child([](pugi::xml_node child) { return child.type() == pugi::node_element; });
}

/// Of each name its first child, found in one pass: an item is asked for some seventy names.
class FirstChildren {
  public:
    FirstChildren(pugi::xml_node parent, Names names) : names_{names} {
        WIREWATCH_CHECK(names.size() <= kMax);
        for (pugi::xml_node child = parent.first_child(); child; child = child.next_sibling()) {
            const std::string_view name = child.name();
            if (name.empty()) {
                continue;  // text
            }
            const auto found = std::find(names.begin(), names.end(), name);
            const auto index = static_cast<std::size_t>(found - names.begin());
            if (found != names.end() && !first_[index]) {
                first_[index] = child;
            }
        }
    }

    /// The first value that `read` finds in the children, those of the best name first.
    template <class Value, class Read>
    Value value(Read read) const {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            for (pugi::xml_node child = first_[i]; child;
                 child = child.next_sibling(names_[i].data())) {
                if (Value found = read(child); found != Value{}) {
                    return found;
                }
            }
        }
        return {};
    }

  private:
    static constexpr std::size_t kMax = 16;  // names of a field; the longest table has 12

    Names names_;
    std::array<pugi::xml_node, kMax> first_;
};

}  // namespace

std::string text_in(pugi::xml_node element) {
    const pugi::xml_node only = element.first_child();
    if (!only.next_sibling()) {
        return holds_text(only) ? std::string{trimmed(only.value())} : std::string{};
    }
    std::string text;
    for (const pugi::xml_node child : element.children()) {
        if (holds_text(child)) {
            text += child.value();
        }
    }
    return std::string{trimmed(text)};
}

std::string html_in(pugi::xml_node element) {
    if (!has_elements(element)) {
        return text_in(element);
    }
    PrefixDropper dropper;
    element.traverse(dropper);
    StringWriter writer;
    for (const pugi::xml_node child : element.children()) {
        if (child.type() == pugi::node_cdata) {
            writer.text += child.value();  // HTML already
        } else {
            child.print(writer, "", pugi::format_raw | pugi::format_no_declaration);
        }
    }
    return std::string{trimmed(writer.text)};
}

std::string first_text(pugi::xml_node parent, Names names) {
    return FirstChildren{parent, names}.value<std::string>(text_in);
}

std::string first_html(pugi::xml_node parent, Names names) {
    return FirstChildren{parent, names}.value<std::string>(html_in);
}

std::optional<Instant> first_date(pugi::xml_node parent, Names names) {
    return FirstChildren{parent, names}.value<std::optional<Instant>>(
        [](pugi::xml_node child) { return parse_date(text_in(child)); });
}

std::string language_of(pugi::xml_node parent, Names names) {
    std::string language = first_text(parent, names);
    for (pugi::xml_node at = parent; at && language.empty(); at = at.parent()) {
        language = trimmed(at.attribute("xml:lang").value());
    }
    std::replace(language.begin(), language.end(), '_', '-');
    return language;
}

std::string base_of(pugi::xml_node element, std::string_view document) {
    constexpr std::size_t kMaxBases = 8;          // in each other; our choice, feeds have 2
    constexpr std::size_t kMaxBaseBytes = 2'048;  // each link is hung on it; our choice
    std::vector<std::string_view> bases;          // the innermost first
    for (pugi::xml_node at = element; at && bases.size() < kMaxBases; at = at.parent()) {
        const std::string_view base = at.attribute("xml:base").value();
        if (!base.empty() && base.size() <= kMaxBaseBytes) {
            bases.push_back(base);
        }
    }
    std::string result{document};
    for (auto base = bases.rbegin(); base != bases.rend(); ++base) {
        result = resolve_url(result, *base);
    }
    return result;
}

}  // namespace wirewatch::feeds
