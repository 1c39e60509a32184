// SPDX-License-Identifier: MIT
#include "feeds/xml_children.hpp"

#include <algorithm>

#include <pugixml.hpp>

namespace wirewatch::feeds {

Children::Children(pugi::xml_node parent) {
    read(parent);
}

void Children::read(pugi::xml_node parent) {
    parent_ = parent.internal_object();
    names_.clear();
    nodes_.clear();
    present_.clear();
    for (pugi::xml_node child = parent.first_child(); child; child = child.next_sibling()) {
        const FieldName name = field_name(child.name());  // text has no name
        if (name != FieldName::unknown) {
            names_.push_back(name);
            nodes_.push_back(child.internal_object());
            present_.insert(name);
        }
    }
}

pugi::xml_node Children::parent() const {
    return pugi::xml_node{parent_};
}

pugi::xml_node Children::operator[](std::size_t at) const {
    return pugi::xml_node{nodes_[at]};
}

std::size_t Children::find(FieldName name, std::size_t at) const {
    if (!has(name)) {
        return kNone;
    }
    const auto found =
        std::find(names_.begin() + static_cast<std::ptrdiff_t>(at), names_.end(), name);
    return found == names_.end() ? kNone : static_cast<std::size_t>(found - names_.begin());
}

pugi::xml_node Children::first(FieldName name) const {
    const std::size_t at = find(name);
    return at == kNone ? pugi::xml_node{} : (*this)[at];
}

}  // namespace wirewatch::feeds
