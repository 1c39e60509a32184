// SPDX-License-Identifier: MIT
// Namespaces, settled once: after this every name reads the same, whatever prefix a feed chose.
#pragma once

#include "base/error.hpp"
#include "feeds/parser.hpp"
#include "feeds/xml_children.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace pugi {
class xml_document;
}

namespace wirewatch::feeds {

/// Attributes of one element. Our choice: real feeds have under 20, namespaces included.
inline constexpr std::size_t kMaxAttributes = 256;

/// What a document has too many of: "the document has more than 256 …".
[[nodiscard]] Error more_than(std::size_t limit, std::string_view what);
inline constexpr std::string_view kLevels = "levels of elements in each other";

/// An item or entry that stands in no other.
struct ArticleElement {
    pugi::xml_node_struct* node = nullptr;
    std::size_t first_field = 0;  ///< in SettledNames::fields
    std::size_t fields = 0;
};

struct SettledNames {
    bool repeated_attribute = false;       ///< which XML forbids
    bool has_bases = false;                ///< somewhere stands an xml:base
    bool has_languages = false;            ///< or an xml:lang
    std::vector<ArticleElement> articles;  ///< in document order
    std::vector<Field> fields;             ///< of all of them

    /// The fields of one of `articles`; this must outlive them.
    [[nodiscard]] Children fields_of(const ArticleElement& article) const;

    [[nodiscard]] std::size_t articles_with_fields() const;
};

/// Rewrites all names in lower case, with the prefixes that the tables of the formats use:
/// "atom:", "dc:", "dcterms:", "content:", "media:", "itunes:", "feedburner:", "rdf:", "xml:";
/// none for RSS of any version and for XHTML; "other:" for what is none of these. A prefix that is
/// nowhere declared is taken at its word. A link that is but an address in an attribute is
/// "atom:link". Of two attributes of one name the first stays. The same
/// walk counts, and finds the fields of articles: these, the bulk of a feed, keep the names that
/// they have in the document. Error: too_large, past the depth or count of `limits`.
[[nodiscard]] Result<SettledNames> settle_names(pugi::xml_document& document,
                                                const ParseLimits& limits);

}  // namespace wirewatch::feeds
