// SPDX-License-Identifier: MIT
#include "feeds/xml_children.hpp"

#include <pugixml.hpp>

namespace wirewatch::feeds {

Children::Children(pugi::xml_node parent) : parent_{parent.internal_object()} {
    for (pugi::xml_node child = parent.first_child(); child; child = child.next_sibling()) {
        const FieldName name = field_name(child.name());  // text has no name
        if (name != FieldName::unknown) {
            own_.push_back({name, child.internal_object()});
            present_.insert(name);
        }
    }
    fields_ = own_;
}

Children::Children(pugi::xml_node_struct* parent, std::span<const Field> fields)
    : parent_{parent}, fields_{fields} {
    for (const Field& field : fields) {
        present_.insert(field.name);
    }
}

pugi::xml_node Children::parent() const {
    return pugi::xml_node{parent_};
}

pugi::xml_node Children::operator[](std::size_t at) const {
    return pugi::xml_node{fields_[at].node};
}

std::size_t Children::find(FieldName name, std::size_t at) const {
    if (!has(name)) {
        return kNone;
    }
    while (at < fields_.size() && fields_[at].name != name) {
        ++at;
    }
    return at < fields_.size() ? at : kNone;
}

pugi::xml_node Children::first(FieldName name) const {
    const std::size_t at = find(name);
    return at == kNone ? pugi::xml_node{} : (*this)[at];
}

}  // namespace wirewatch::feeds
