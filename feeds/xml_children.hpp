// SPDX-License-Identifier: MIT
// The fields of an element: its children that some table asks for.
#pragma once

#include "feeds/field_name.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace pugi {
class xml_node;
struct xml_node_struct;
}  // namespace pugi

namespace wirewatch::feeds {

/// What is known of what stands in an element, if anything.
enum class Content : unsigned char { unknown, nothing, one_text, more };

/// A child element that some table asks for. What the walk over the document saw of it saves
/// questions to the tree: most fields are one text without attributes.
struct Field {
    FieldName name = FieldName::unknown;
    Content content = Content::unknown;
    bool may_have_attributes = true;
    std::string_view text;  ///< the one text, without white space around it
    pugi::xml_node_struct* node = nullptr;

    [[nodiscard]] pugi::xml_node element() const;

    /// Empty where there is none, as an attribute or as an element.
    [[nodiscard]] std::string_view attribute(const char* attribute_name) const;
};

/// The fields of one element in document order. The document must outlive it.
class Children {
  public:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    /// Finds them in one pass over the children, whose names are settled.
    explicit Children(pugi::xml_node parent);

    /// They are known already; `fields` must outlive it.
    Children(pugi::xml_node_struct* parent, std::span<const Field> fields);

    Children(Children&&) = default;
    Children& operator=(Children&&) = default;
    Children(const Children&) = delete;
    Children& operator=(const Children&) = delete;
    ~Children() = default;

    [[nodiscard]] pugi::xml_node parent() const;
    [[nodiscard]] std::span<const Field> fields() const { return fields_; }
    [[nodiscard]] const Field& operator[](std::size_t at) const { return fields_[at]; }

    [[nodiscard]] bool has(FieldName name) const { return present_.contains(name); }
    [[nodiscard]] bool has_any(const Names& names) const { return present_.meets(names.set); }

    [[nodiscard]] std::size_t count(const Names& names) const;

    /// The place of the first field of that name from `at` on, or kNone:
    /// for (auto at = children.find(name); at != kNone; at = children.find(name, at + 1))
    [[nodiscard]] std::size_t find(FieldName name, std::size_t at = 0) const {
        return has(name) ? find_present(name, at) : kNone;
    }

    /// The first field of that name; one without an element where there is none.
    [[nodiscard]] Field first(FieldName name) const;

  private:
    [[nodiscard]] std::size_t find_present(FieldName name, std::size_t at) const;

    pugi::xml_node_struct* parent_ = nullptr;
    std::vector<Field> own_;
    std::span<const Field> fields_;  ///< own_, or what was known
    FieldNameSet present_;
};

}  // namespace wirewatch::feeds
