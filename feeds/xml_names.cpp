// SPDX-License-Identifier: MIT
#include "feeds/xml_names.hpp"

#include "feeds/letters.hpp"
#include "feeds/xml_namespaces.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

/// A lone entry is Atom too (RFC 4287 section 2).
bool is_atom_root(std::string_view name) {
    const std::string local{local_name(lower(name))};
    return local == "feed" || local == "entry";
}

/// traverse() goes without recursion, and cheaper than by the nodes' links from outside.
class NameSettler final : public pugi::xml_tree_walker {
  public:
    NameSettler(pugi::xml_node root, const ParseLimits& limits)
        : namespaces_{is_atom_root(root.name()) ? "atom" : ""}, limits_{limits} {}

    Result<SettledNames> run(pugi::xml_document& document) {
        document.traverse(*this);
        if (too_large_) {
            return tl::unexpected<Error>(std::move(*too_large_));
        }
        return std::move(settled_);
    }

  private:
    struct Attribute {
        std::string_view written;
        pugi::xml_attribute in_tree;
    };

    /// Called for each node in document order. False: no further.
    bool for_each(pugi::xml_node& node) override {
        const std::string_view name = node.name();
        const auto level = static_cast<std::size_t>(depth());  // of the root: 0
        if (article_level_ && level == *article_level_ + 2) {
            add_to_field(node, name.empty());
        }
        if (name.empty()) {
            return true;  // text
        }
        leave_to(level);
        if (level >= limits_.max_depth) {
            too_large_ = more_than(limits_.max_depth, kLevels);
            return false;
        }
        marks_.push_back(namespaces_.size());
        settle_element(node, name, level);
        return !too_large_;
    }

    /// Forgets what the elements from this level on declared: they are behind us.
    void leave_to(std::size_t level) {
        if (marks_.size() > level) {
            namespaces_.forget(marks_[level]);
            marks_.resize(level);
        }
        if (article_level_ && *article_level_ >= level) {
            article_level_.reset();
        }
    }

    void settle_element(pugi::xml_node node, std::string_view written, std::size_t level) {
        if (++tags_ > limits_.max_tags) {
            too_large_ = more_than(limits_.max_tags, "tags");
            return;
        }
        find_attributes(node);
        if (!attributes_.empty()) {
            count_attributes();
            if (too_large_) {
                return;
            }
            settle_attributes(node, level);
        }
        const SettledName& name = namespaces_.settled(written, NameKind::element);
        if (name.field == "link"_field && !attributes_.empty() && is_link_of_atom(node)) {
            settle_link(node, level);
            return;
        }
        if (article_level_ && level == *article_level_ + 1) {
            add_field(node, name.field);
            return;
        }
        if (name.differs) {
            node.set_name(name.text.c_str());
        }
        if (!article_level_ && is_article(name.field)) {
            article_level_ = level;
            settled_.articles.push_back({node.internal_object(), settled_.fields.size(), 0});
        }
    }

    /// An address as attribute, and nothing else, is what makes a link Atom's. In RSS it may lack
    /// the prefix.
    static bool is_link_of_atom(pugi::xml_node link) {
        return link.attribute("href") && !link.first_child() && trimmed(link.value()).empty();
    }

    void settle_link(pugi::xml_node node, std::size_t level) {
        if (article_level_ && level == *article_level_ + 1) {
            add_field(node, "atom:link"_field);
        } else {
            node.set_name("atom:link");
        }
    }

    /// Some feeds mix the formats.
    static bool is_article(FieldName name) {
        return name == "item"_field || name == "atom:entry"_field || name == "entry"_field ||
               name == "atom:item"_field;
    }

    void add_field(pugi::xml_node node, FieldName name) {
        in_field_ = name != FieldName::unknown;
        if (in_field_) {
            const std::string_view text = node.value();  // what stands before its first child
            settled_.fields.push_back(
                {.name = name,
                 .content = text.empty() ? Content::nothing : Content::one_text,
                 .may_have_attributes = !attributes_.empty(),
                 .text = trimmed(text),
                 .node = node.internal_object()});
            ++settled_.articles.back().fields;
        }
    }

    /// A child of a field: CDATA can be its one text.
    void add_to_field(pugi::xml_node child, bool is_text) {
        if (!in_field_) {
            return;
        }
        Field& field = settled_.fields.back();
        const bool is_first = field.content == Content::nothing;
        const std::string_view text = is_first && is_text ? child.value() : "";
        field.content = text.empty() ? Content::more : Content::one_text;
        field.text = trimmed(text);
    }

    void find_attributes(pugi::xml_node node) {
        attributes_.clear();
        for (pugi::xml_attribute attribute = node.first_attribute();
             attribute && attributes_.size() <= kMaxAttributes;
             attribute = attribute.next_attribute()) {
            attributes_.push_back({attribute.name(), attribute});
        }
    }

    void count_attributes() {
        all_attributes_ += attributes_.size();
        if (attributes_.size() > kMaxAttributes) {
            too_large_ = more_than(kMaxAttributes, "attributes in one tag");
        } else if (all_attributes_ > limits_.max_attributes) {
            too_large_ = more_than(limits_.max_attributes, "attributes");
        }
    }

    void settle_attributes(pugi::xml_node node, std::size_t level) {
        drop_repeated(node);
        for (const Attribute& attribute : attributes_) {
            namespaces_.declare(attribute.written, attribute.in_tree.value(), level == 0);
        }
        for (Attribute& attribute : attributes_) {
            if (attribute.written.starts_with("xmlns:")) {
                continue;  // namespaces_ looks at it
            }
            const SettledName& name = namespaces_.settled(attribute.written, NameKind::attribute);
            if (name.differs) {
                attribute.in_tree.set_name(name.text.c_str());
            }
            settled_.has_bases |= name.text == "xml:base";
            settled_.has_languages |= name.text == "xml:lang";
        }
    }

    /// Quadratic, but over kMaxAttributes at most.
    void drop_repeated(pugi::xml_node node) {
        std::size_t kept = 1;
        for (std::size_t later = 1; later < attributes_.size(); ++later) {
            const Attribute attribute = attributes_[later];
            const auto end = attributes_.begin() + static_cast<std::ptrdiff_t>(kept);
            if (std::any_of(attributes_.begin(), end, [&](const Attribute& former) {
                    return former.written == attribute.written;
                })) {
                node.remove_attribute(attribute.in_tree);
                settled_.repeated_attribute = true;
            } else {
                attributes_[kept++] = attribute;
            }
        }
        attributes_.resize(kept);
    }

    Namespaces namespaces_;
    const ParseLimits& limits_;
    std::vector<std::size_t> marks_;            ///< namespaces_.size() before each open element
    std::optional<std::size_t> article_level_;  ///< of the article that the walk is in
    std::optional<Error> too_large_;
    std::size_t tags_ = 0;
    std::size_t all_attributes_ = 0;
    std::vector<Attribute> attributes_;  ///< of the tag that the walk is at
    bool in_field_ = false;              ///< the walk is in the last of settled_.fields
    SettledNames settled_;
};

}  // namespace

Error more_than(std::size_t limit, std::string_view what) {
    return {Errc::too_large,
            "the document has more than " + std::to_string(limit) + " " + std::string{what}};
}

Children SettledNames::fields_of(const ArticleElement& article) const {
    return {article.node, std::span{fields}.subspan(article.first_field, article.fields)};
}

std::size_t SettledNames::articles_with_fields() const {
    return static_cast<std::size_t>(
        std::count_if(articles.begin(), articles.end(),
                      [](const ArticleElement& article) { return article.fields > 0; }));
}

Result<SettledNames> settle_names(pugi::xml_document& document, const ParseLimits& limits) {
    const pugi::xml_node root = document.document_element();
    return root ? NameSettler{root, limits}.run(document) : SettledNames{};
}

}  // namespace wirewatch::feeds
