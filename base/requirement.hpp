// SPDX-License-Identifier: MIT
// What the words of an article must be like before a query can hold for it. Coarser than the query:
// rules/ draws it from one, history/ looks it up in its index, and rules/ judges what is found.
#pragma once

#include "base/hit.hpp"
#include "base/writing.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wirewatch {

/// One way in which a word may stand in a text, in small letters.
struct Spelling {
    enum class Kind {
        word,       ///< the whole word
        beginning,  ///< a word that begins so
        letters     ///< letter by letter: "us" as "U.S."
    };
    Kind kind = Kind::word;
    std::string text;
};

struct Requirement {
    enum class Kind {
        nothing,  ///< any article may do
        word,     ///< one of the spellings, in one of the fields
        all,      ///< all parts
        any       ///< one of the parts
    };
    Kind kind = Kind::nothing;
    std::vector<Spelling> spellings;  ///< of a word; none: only what `apart` says
    std::vector<Field> fields;        ///< of a word: of title, summary and content
    Writing apart = 0;  ///< of a word: articles with any of this may have it all the same
    std::vector<Requirement> parts;  ///< of all and any; never empty there
    std::size_t within = 0;  ///< of all, whose parts then are words: at most so many others stand
                             ///< between the first and the last of them; 0: anywhere
};

}  // namespace wirewatch
