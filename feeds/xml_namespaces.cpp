// SPDX-License-Identifier: MIT
#include "feeds/xml_namespaces.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace wirewatch::feeds {

namespace {

struct Namespace {
    std::string_view uri;     ///< as comparable() has it
    std::string_view prefix;  ///< ours
};

constexpr std::array kNamespaces{
    Namespace{"purl.org/rss/1.0", ""},
    Namespace{"my.netscape.com/rdf/simple/0.9", ""},
    Namespace{"channel.netscape.com/rdf/simple/0.9", ""},
    Namespace{"backend.userland.com/rss2", ""},
    Namespace{"backend.userland.com/rss", ""},
    Namespace{"blogs.law.harvard.edu/tech/rss", ""},
    Namespace{"cyber.law.harvard.edu/rss", ""},
    Namespace{"w3.org/1999/xhtml", ""},
    Namespace{"w3.org/2005/atom", "atom"},
    Namespace{"purl.org/atom/ns#", "atom"},
    Namespace{"purl.org/echo", "atom"},  // what Atom was called before it had a name
    Namespace{"purl.org/pie", "atom"},
    Namespace{"purl.org/dc/elements/1.1", "dc"},
    Namespace{"purl.org/dc/elements/1.0", "dc"},
    Namespace{"purl.org/dc/terms", "dcterms"},
    Namespace{"purl.org/rss/1.0/modules/content", "content"},
    Namespace{"search.yahoo.com/mrss", "media"},
    Namespace{"video.search.yahoo.com/mrss", "media"},
    Namespace{"rssboard.org/media-rss", "media"},
    Namespace{"itunes.com/dtds/podcast-1.0.dtd", "itunes"},
    Namespace{"rssnamespace.org/feedburner/ext/1.0", "feedburner"},
    Namespace{"pheedo.com/namespace/pheedo", "pheedo"},
    Namespace{"google.com/schemas/play-podcasts/1.0", "googleplay"},
    Namespace{"purl.org/rss/1.0/modules/syndication", "sy"},
    Namespace{"xmlns.com/foaf/0.1", "foaf"},
    Namespace{"w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
};

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kUnknown = "other";

/// In lower case, without what is often written otherwise: "https:" or "http:", "www.", a last "/".
std::string comparable(std::string_view written) {
    std::string uri = lower(trimmed(written));
    for (const std::string_view start : {"https:", "http:", "//", "www."}) {
        if (uri.starts_with(start)) {
            uri.erase(0, start.size());
        }
    }
    if (uri.ends_with('/')) {
        uri.pop_back();
    }
    return uri;
}

/// Our prefix for a URI; "other" for one that we do not know.
std::string_view prefix_of(std::string_view written) {
    const std::string uri = comparable(written);
    const auto found = std::find_if(kNamespaces.begin(), kNamespaces.end(),
                                    [&](const Namespace& known) { return known.uri == uri; });
    return found == kNamespaces.end() ? kUnknown : found->prefix;
}

std::string_view prefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == kNowhere ? std::string_view{} : name.substr(0, colon);
}

/// Names of a document differ in length, kind and these letters nearly always.
std::size_t hash_of(std::string_view name, NameKind kind) {
    constexpr std::uint32_t kGolden = 0x9E3779B9;  // 2^32 over the golden ratio
    const auto letter = [&](std::size_t at) {
        return std::uint32_t{static_cast<unsigned char>(name[at])};
    };
    const std::size_t size = name.size();
    if (size == 0) {
        return 0;
    }
    const std::uint32_t letters =
        letter(0) | letter(size / 2) << 8 | letter(size - 1) << 16 | letter(2 * size / 3) << 24;
    return (letters + static_cast<std::uint32_t>(2 * size) + static_cast<std::uint32_t>(kind)) *
               kGolden >>
           26;
}

}  // namespace

Namespaces::Namespaces(std::string_view own_prefix) : own_prefix_{own_prefix} {
    bindings_.push_back({"", own_prefix});
    bindings_.push_back({"xml", "xml"});
}

void Namespaces::declare(std::string_view name, std::string_view uri, bool at_root) {
    if (name == "xmlns") {
        bind("", at_root ? own_prefix_ : prefix_of(uri));
    } else if (name.starts_with("xmlns:")) {
        bind(name.substr(6), prefix_of(uri));
    }
}

// One binding per prefix is enough for the innermost element; a feed that declares the same ones
// again in each item must not make the list long.
void Namespaces::bind(std::string_view written, std::string_view ours) {
    if (bindings_.size() < kMaxBindings && ours_for(written) != ours) {
        bindings_.push_back({written, ours});
        ++binding_changes_;
    }
}

void Namespaces::forget(std::size_t kept) {
    if (bindings_.size() != kept) {
        bindings_.resize(kept);
        ++binding_changes_;
    }
}

std::string_view Namespaces::ours_for(std::string_view written) const {
    const auto found =
        std::find_if(bindings_.rbegin(), bindings_.rend(),
                     [&](const Binding& binding) { return binding.written == written; });
    return found == bindings_.rend() ? written : found->ours;
}

const SettledName& Namespaces::settled(std::string_view name, NameKind kind) {
    constexpr std::size_t kTries = 4;  // two names that come in turn must not drive each other out
    const std::size_t hash = hash_of(name, kind);
    SettledName* place = &known_[hash % known_.size()];
    for (std::size_t tried = 0; tried < kTries; ++tried) {
        SettledName& known = known_[(hash + tried) % known_.size()];
        if (known.binding_changes != binding_changes_) {
            place = &known;
            break;
        }
        if (known.kind == kind && known.written == name) {
            return known;
        }
    }
    return *place = settle(name, kind);
}

SettledName Namespaces::settle(std::string_view name, NameKind kind) const {
    const std::size_t colon = name.find(':');
    const std::string_view written = prefix(name);
    const std::string_view ours =
        kind == NameKind::attribute && colon == kNowhere ? "" : ours_for(written);
    SettledName made{.written = std::string{name},
                     .text = ours.empty() ? "" : lower(ours) + ":",
                     .kind = kind,
                     .binding_changes = binding_changes_};
    made.text += lower(colon == kNowhere ? name : name.substr(colon + 1));
    made.differs = made.text != name;
    made.field = field_name(made.text);
    return made;
}

}  // namespace wirewatch::feeds
