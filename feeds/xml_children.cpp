// SPDX-License-Identifier: MIT
#include "feeds/xml_children.hpp"

#include <algorithm>

#include <pugixml.hpp>

namespace wirewatch::feeds {

pugi::xml_node Field::element() const {
    return pugi::xml_node{node};
}

std::string_view Field::attribute(const char* attribute_name) const {
    return may_have_attributes ? element().attribute(attribute_name).value() : std::string_view{};
}

Children::Children(pugi::xml_node parent) : parent_{parent.internal_object()} {
    for (pugi::xml_node child = parent.first_child(); child; child = child.next_sibling()) {
        const FieldName name = field_name(child.name());  // text has no name
        if (name != FieldName::unknown) {
            own_.push_back({.name = name, .node = child.internal_object()});
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

std::size_t Children::find_present(FieldName name, std::size_t at) const {
    while (at < fields_.size() && fields_[at].name != name) {
        ++at;
    }
    return at < fields_.size() ? at : kNone;
}

std::size_t Children::count(const Names& names) const {
    return static_cast<std::size_t>(
        std::count_if(fields_.begin(), fields_.end(),
                      [&](const Field& field) { return names.set.contains(field.name); }));
}

Field Children::first(FieldName name) const {
    const std::size_t at = find(name);
    return at == kNone ? Field{} : fields_[at];
}

}  // namespace wirewatch::feeds
