// SPDX-License-Identifier: MIT
// The fields of an element, found in one pass over its children.
#pragma once

#include "feeds/field_name.hpp"

#include <cstddef>
#include <vector>

namespace pugi {
class xml_node;
struct xml_node_struct;
}  // namespace pugi

namespace wirewatch::feeds {

/// The children that have a name of kFieldNames, in document order. The document must outlive it.
class Children {
  public:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    Children() = default;
    explicit Children(pugi::xml_node parent);

    /// Those of another element, in the same memory.
    void read(pugi::xml_node parent);

    [[nodiscard]] pugi::xml_node parent() const;
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    [[nodiscard]] FieldName name(std::size_t at) const { return names_[at]; }
    [[nodiscard]] pugi::xml_node operator[](std::size_t at) const;

    [[nodiscard]] bool has(FieldName name) const { return present_.contains(name); }
    [[nodiscard]] bool has_any(const Names& names) const { return present_.meets(names.set); }

    /// The place of the first child of that name from `at` on, or kNone:
    /// for (auto at = children.find(name); at != kNone; at = children.find(name, at + 1))
    [[nodiscard]] std::size_t find(FieldName name, std::size_t at = 0) const;

    /// The first child of that name; an empty node where there is none.
    [[nodiscard]] pugi::xml_node first(FieldName name) const;

  private:
    pugi::xml_node_struct* parent_ = nullptr;
    std::vector<FieldName> names_;
    std::vector<pugi::xml_node_struct*> nodes_;
    FieldNameSet present_;
};

}  // namespace wirewatch::feeds
