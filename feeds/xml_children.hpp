// SPDX-License-Identifier: MIT
// The fields of an element: its children that some table asks for.
#pragma once

#include "feeds/field_name.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace pugi {
class xml_node;
struct xml_node_struct;
}  // namespace pugi

namespace wirewatch::feeds {

/// A child element that some table asks for.
struct Field {
    FieldName name = FieldName::unknown;
    pugi::xml_node_struct* node = nullptr;
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
    [[nodiscard]] pugi::xml_node operator[](std::size_t at) const;

    [[nodiscard]] bool has(FieldName name) const { return present_.contains(name); }
    [[nodiscard]] bool has_any(const Names& names) const { return present_.meets(names.set); }

    /// The place of the first field of that name from `at` on, or kNone:
    /// for (auto at = children.find(name); at != kNone; at = children.find(name, at + 1))
    [[nodiscard]] std::size_t find(FieldName name, std::size_t at = 0) const;

    /// The first field of that name; an empty node where there is none.
    [[nodiscard]] pugi::xml_node first(FieldName name) const;

  private:
    pugi::xml_node_struct* parent_ = nullptr;
    std::vector<Field> own_;
    std::span<const Field> fields_;  ///< own_, or what was known
    FieldNameSet present_;
};

}  // namespace wirewatch::feeds
