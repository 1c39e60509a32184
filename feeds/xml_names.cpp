// SPDX-License-Identifier: MIT
#include "feeds/xml_names.hpp"

#include "feeds/letters.hpp"
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

struct Namespace {
    std::string_view uri;     ///< in lower case, without "https:" or "http:", or a last "/"
    std::string_view prefix;  ///< ours
};

constexpr std::array kNamespaces{
    Namespace{"//purl.org/rss/1.0", ""},
    Namespace{"//my.netscape.com/rdf/simple/0.9", ""},
    Namespace{"//channel.netscape.com/rdf/simple/0.9", ""},
    Namespace{"//backend.userland.com/rss2", ""},
    Namespace{"//backend.userland.com/rss", ""},
    Namespace{"//blogs.law.harvard.edu/tech/rss", ""},
    Namespace{"//cyber.law.harvard.edu/rss", ""},
    Namespace{"//www.w3.org/1999/xhtml", ""},
    Namespace{"//www.w3.org/2005/atom", "atom"},
    Namespace{"//purl.org/atom/ns#", "atom"},
    Namespace{"//purl.org/dc/elements/1.1", "dc"},
    Namespace{"//purl.org/dc/elements/1.0", "dc"},
    Namespace{"//purl.org/dc/terms", "dcterms"},
    Namespace{"//purl.org/rss/1.0/modules/content", "content"},
    Namespace{"//search.yahoo.com/mrss", "media"},
    Namespace{"//video.search.yahoo.com/mrss", "media"},
    Namespace{"//www.rssboard.org/media-rss", "media"},
    Namespace{"//www.itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    Namespace{"//rssnamespace.org/feedburner/ext/1.0", "feedburner"},
    Namespace{"//www.pheedo.com/namespace/pheedo", "pheedo"},
    Namespace{"//www.google.com/schemas/play-podcasts/1.0", "googleplay"},
    Namespace{"//purl.org/rss/1.0/modules/syndication", "sy"},
    Namespace{"//xmlns.com/foaf/0.1", "foaf"},
    Namespace{"//www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
};

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kUnknown = "other";

/// A lone entry is Atom too (RFC 4287 section 2).
bool is_atom_root(std::string_view name) {
    const std::string local{local_name(lower(name))};
    return local == "feed" || local == "entry";
}

/// Our prefix for a URI; "other" for one that we do not know.
std::string_view prefix_of(std::string_view written) {
    std::string uri = lower(trimmed(written));
    for (const std::string_view scheme : {"https:", "http:"}) {
        if (uri.starts_with(scheme)) {
            uri.erase(0, scheme.size());
        }
    }
    if (uri.ends_with('/')) {
        uri.pop_back();
    }
    const auto found = std::find_if(kNamespaces.begin(), kNamespaces.end(),
                                    [&](const Namespace& known) { return known.uri == uri; });
    return found == kNamespaces.end() ? kUnknown : found->prefix;
}

/// traverse() goes without recursion, and cheaper than by the nodes' links from outside.
class NameSettler final : public pugi::xml_tree_walker {
  public:
    NameSettler(pugi::xml_node root, const ParseLimits& limits)
        : own_prefix_{is_atom_root(root.name()) ? "atom" : ""}, limits_{limits} {
        bindings_.push_back({"", own_prefix_});
        bindings_.push_back({"xml", "xml"});
    }

    Result<SettledNames> run(pugi::xml_document& document) {
        document.traverse(*this);
        if (too_large_) {
            return tl::unexpected<Error>(std::move(*too_large_));
        }
        return std::move(settled_);
    }

  private:
    struct Binding {
        std::string_view written;  ///< the document's prefix; it lives in the document
        std::string_view ours;
    };

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
        marks_.push_back(bindings_.size());
        settle_element(node, name, level);
        return !too_large_;
    }

    /// Forgets what the elements from this level on declared: they are behind us.
    void leave_to(std::size_t level) {
        if (marks_.size() > level) {
            forget_bindings(marks_[level]);
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
        const Settled& name = settled(written, Kind::element);
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

    /// Some feeds mix the formats.
    static bool is_article(FieldName name) {
        return name == "item"_field || name == "atom:entry"_field || name == "entry"_field ||
               name == "atom:item"_field;
    }

    void add_field(pugi::xml_node node, FieldName name) {
        in_field_ = name != FieldName::unknown;
        if (in_field_) {
            const std::string_view text = node.value();  // what stands before its first child
            settled_.fields.push_back({.name = name,
                                       .may_have_attributes = !attributes_.empty(),
                                       .is_text = !text.empty(),
                                       .text = trimmed(text),
                                       .node = node.internal_object()});
            ++settled_.articles.back().fields;
            is_empty_ = text.empty();
        }
    }

    /// A child of a field: CDATA can be its one text.
    void add_to_field(pugi::xml_node child, bool is_text) {
        if (!in_field_) {
            return;
        }
        Field& field = settled_.fields.back();
        const std::string_view text = is_empty_ && is_text ? child.value() : "";
        field.is_text = !text.empty();
        field.text = trimmed(text);
        is_empty_ = false;
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
            declare(attribute, level);
        }
        for (Attribute& attribute : attributes_) {
            if (attribute.written.starts_with("xmlns:")) {
                continue;  // bindings_ looks at it
            }
            const Settled& name = settled(attribute.written, Kind::attribute);
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

    void declare(const Attribute& attribute, std::size_t level) {
        if (attribute.written == "xmlns") {
            // What the root calls its own is the feed's language, whatever URI stands there.
            bind("", level == 0 ? own_prefix_ : prefix_of(attribute.in_tree.value()));
        } else if (attribute.written.starts_with("xmlns:")) {
            bind(attribute.written.substr(6), prefix_of(attribute.in_tree.value()));
        }
    }

    // One binding per prefix is enough for the innermost element; a feed that declares the same
    // ones again in each item must not make the list long.
    void bind(std::string_view written, std::string_view ours) {
        if (bindings_.size() < kMaxBindings && ours_for(written) != ours) {
            bindings_.push_back({written, ours});
            ++binding_changes_;
        }
    }

    [[nodiscard]] std::string_view ours_for(std::string_view written) const {
        const auto found =
            std::find_if(bindings_.rbegin(), bindings_.rend(),
                         [&](const Binding& binding) { return binding.written == written; });
        return found == bindings_.rend() ? written : found->ours;
    }

    void forget_bindings(std::size_t kept) {
        if (bindings_.size() != kept) {
            bindings_.resize(kept);
            ++binding_changes_;
        }
    }

    static std::string_view prefix(std::string_view name) {
        const std::size_t colon = name.find(':');
        return colon == kNowhere ? std::string_view{} : name.substr(0, colon);
    }

    /// An attribute without a prefix is in no namespace, not in the default one.
    enum class Kind : unsigned char { element, attribute };

    /// What has become of a name that stood in the document before: names come again and again.
    struct Settled {
        std::string written;
        std::string text;
        bool differs = false;
        Kind kind = Kind::element;
        FieldName field = FieldName::unknown;
        std::size_t binding_changes = 0;  ///< it holds as long as there are no more
    };

    const Settled& settled(std::string_view name, Kind kind) {
        Settled& known = slot_for(name, kind);
        if (known.binding_changes != binding_changes_ || known.written != name ||
            known.kind != kind) {
            known = settle(name, kind);
        }
        return known;
    }

    Settled& slot_for(std::string_view name, Kind kind) {
        if (name.empty()) {
            return settled_names_[0];
        }
        const auto letter = [&](std::size_t at) {
            return static_cast<std::size_t>(static_cast<unsigned char>(name[at]));
        };
        const std::size_t mixed = name.size() * 7 + letter(name.size() / 2) * 5 +
                                  letter(name.size() - 1) * 3 + letter(0) +
                                  static_cast<std::size_t>(kind);
        return settled_names_[mixed % settled_names_.size()];
    }

    [[nodiscard]] Settled settle(std::string_view name, Kind kind) const {
        const std::size_t colon = name.find(':');
        const std::string_view written = prefix(name);
        const std::string_view ours =
            kind == Kind::attribute && colon == kNowhere ? "" : ours_for(written);
        Settled made{.written = std::string{name},
                     .text = ours.empty() ? "" : lower(ours) + ":",
                     .kind = kind,
                     .binding_changes = binding_changes_};
        made.text += lower(colon == kNowhere ? name : name.substr(colon + 1));
        made.differs = made.text != name;
        made.field = field_name(made.text);
        return made;
    }

    static constexpr std::size_t kMaxBindings = 128;  // our choice: over all open elements

    std::string_view own_prefix_;
    const ParseLimits& limits_;
    std::vector<Binding> bindings_;
    std::size_t binding_changes_ = 1;  ///< so that a slot of settled_names_ is void at first
    std::array<Settled, 64> settled_names_;
    std::vector<std::size_t> marks_;            ///< bindings_.size() before each open element
    std::optional<std::size_t> article_level_;  ///< of the article that the walk is in
    std::optional<Error> too_large_;
    std::size_t tags_ = 0;
    std::size_t all_attributes_ = 0;
    std::vector<Attribute> attributes_;  ///< of the tag that the walk is at
    bool in_field_ = false;              ///< the walk is in the last of settled_.fields
    bool is_empty_ = false;              ///< and there was nothing in it yet
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

Result<SettledNames> settle_names(pugi::xml_document& document, const ParseLimits& limits) {
    const pugi::xml_node root = document.document_element();
    return root ? NameSettler{root, limits}.run(document) : SettledNames{};
}

}  // namespace wirewatch::feeds
