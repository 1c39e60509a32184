// SPDX-License-Identifier: MIT
#include "feeds/xml_fields.hpp"

#include "feeds/dates.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <utility>
#include <vector>

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

/// Its text is all there is in it.
bool is_simple(const Field& field) {
    return field.content == Content::one_text || field.content == Content::nothing;
}

std::optional<std::string_view> only_text_in(pugi::xml_node element) {
    const pugi::xml_node child = element.first_child();
    const std::string_view own = element.value();
    if (!child) {
        return own.empty() ? std::nullopt : std::optional{trimmed(own)};
    }
    const std::string_view text = holds_text(child) ? child.value() : "";
    if (!own.empty() || text.empty() || child != element.last_child()) {
        return std::nullopt;
    }
    return trimmed(text);
}

/// As the XML library escapes text that is a node.
void print_own_text(pugi::xml_node element, pugi::xml_writer& writer) {
    pugi::xml_document alone;
    pugi::xml_node text = alone.append_child(pugi::node_pcdata);
    text.set_value(element.value());
    text.print(writer, "", pugi::format_raw | pugi::format_no_declaration);
}

bool holds_value(const Piece& piece) {
    return !piece.empty();
}

bool holds_value(const std::optional<Instant>& date) {
    return date.has_value();
}

/// The first value that `read` finds, in the children of the best name first.
template <class Read>
auto first_value(const Children& children, const Names& names, Read read) {
    using Value = decltype(read(children[0]));
    if (!children.has_any(names)) {
        return Value{};
    }
    for (const FieldName name : names.list) {
        for (auto at = children.find(name); at != Children::kNone;
             at = children.find(name, at + 1)) {
            if (Value found = read(children[at]); holds_value(found)) {
                return found;
            }
        }
    }
    return Value{};
}

}  // namespace

bool has_elements(pugi::xml_node node) {
    for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
        if (child.type() == pugi::node_element) {
            return true;
        }
    }
    return false;
}

unsigned parse_options() {
    return pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_embed_pcdata;
}

std::optional<std::string_view> only_text(const Field& field) {
    switch (field.content) {
        case Content::one_text:
            return field.text;
        case Content::unknown:
            return only_text_in(field.element());
        default:
            return std::nullopt;
    }
}

Piece text_in(const Field& field) {
    return is_simple(field) ? Piece{field.text} : text_in(field.element());
}

Piece html_in(const Field& field) {
    return is_simple(field) ? Piece{field.text} : html_in(field.element());
}

Piece text_in(pugi::xml_node element) {
    if (const auto only = only_text_in(element)) {
        return Piece{*only};
    }
    std::string text = element.value();
    for (const pugi::xml_node child : element.children()) {
        if (holds_text(child)) {
            text += child.value();
        }
    }
    return Piece{std::string{trimmed(text)}};
}

Piece html_in(pugi::xml_node element) {
    if (const auto only = only_text_in(element)) {
        return Piece{*only};
    }
    return has_elements(element) ? markup_in(element) : text_in(element);
}

Piece markup_in(pugi::xml_node element) {
    PrefixDropper dropper;
    element.traverse(dropper);
    StringWriter writer;
    if (!std::string_view{element.value()}.empty()) {
        print_own_text(element, writer);
    }
    for (const pugi::xml_node child : element.children()) {
        if (child.type() == pugi::node_cdata) {
            writer.text += child.value();  // HTML already
        } else {
            child.print(writer, "", pugi::format_raw | pugi::format_no_declaration);
        }
    }
    return Piece{std::string{trimmed(writer.text)}};
}

Piece first_text(const Children& children, const Names& names) {
    return first_value(children, names, [](const Field& field) { return text_in(field); });
}

Piece first_html(const Children& children, const Names& names) {
    return first_value(children, names, [](const Field& field) { return html_in(field); });
}

std::optional<Instant> first_date(const Children& children, const Names& names,
                                  std::optional<Instant> latest_guess) {
    return first_value(children, names, [&](const Field& field) {
        return parse_date(text_in(field).view(), latest_guess);
    });
}

std::string language_of(const SettledNames& document, const Children& children,
                        const Names& names) {
    constexpr auto kTexts = feeds::names("atom:content", "content:encoded", "atom:summary",
                                         "description", "atom:title", "title");
    std::string language = first_text(children, names).take();
    if (language.empty() && document.has_languages) {
        language = trimmed(children.parent().attribute("xml:lang").value());
        for (const FieldName name : kTexts.list) {  // the longest says most
            if (language.empty() && children.has(name)) {
                language = trimmed(children.first(name).attribute("xml:lang"));
            }
        }
        for (pugi::xml_node at = children.parent(); at && language.empty(); at = at.parent()) {
            language = trimmed(at.attribute("xml:lang").value());
        }
    }
    std::replace(language.begin(), language.end(), '_', '-');
    return language;
}

std::string base_of(const SettledNames& document, pugi::xml_node element, std::string_view url) {
    std::string result{url};
    if (!document.has_bases) {
        return result;
    }
    constexpr std::size_t kMaxBases = 8;          // in each other; our choice, feeds have 2
    constexpr std::size_t kMaxBaseBytes = 2'048;  // each link is hung on it; our choice
    std::vector<std::string_view> bases;          // the innermost first
    for (pugi::xml_node at = element; at && bases.size() < kMaxBases; at = at.parent()) {
        const std::string_view base = at.attribute("xml:base").value();
        if (!base.empty() && base.size() <= kMaxBaseBytes) {
            bases.push_back(base);
        }
    }
    for (auto base = bases.rbegin(); base != bases.rend(); ++base) {
        result = resolve_url(result, *base);
    }
    return result;
}

}  // namespace wirewatch::feeds
