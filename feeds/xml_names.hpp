// SPDX-License-Identifier: MIT
// Namespaces, settled once: after this every name reads the same, whatever prefix a feed chose.
#pragma once

namespace pugi {
class xml_document;
}

namespace wirewatch::feeds {

/// Rewrites all names in lower case, with the prefixes that the tables of the formats use:
/// "atom:", "dc:", "dcterms:", "content:", "media:", "itunes:", "feedburner:", "rdf:", "xml:";
/// none for RSS of any version and for XHTML; "other:" for what is none of these. A prefix that is
/// nowhere declared is taken at its word.
void settle_names(pugi::xml_document& document);

}  // namespace wirewatch::feeds
