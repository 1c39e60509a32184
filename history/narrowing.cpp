// SPDX-License-Identifier: MIT
#include "history/narrowing.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace wirewatch::history {

namespace {

constexpr std::size_t kTextFields = 3;
/// FTS5 reads parentheses inside each other with a stack of 100 places. What lies deeper is left
/// out.
constexpr int kMaxDepth = 12;
/// A shorter beginning is in so many words that looking them all up costs more than it saves where
/// something better is there. Our choice.
constexpr std::size_t kLongBeginning = 4;

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') {
            out += c;
        }
    }
    return out + '"';
}

std::string letter_by_letter(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        out += out.empty() ? "" : " ";
        utf8::append(out, utf8::next(text, at));
    }
    return out;
}

std::string expression_of(const Spelling& spelling) {
    switch (spelling.kind) {
        case Spelling::Kind::word:
            return quoted(spelling.text);
        case Spelling::Kind::beginning:
            return quoted(spelling.text) + " *";
        case Spelling::Kind::letters:
            return quoted(letter_by_letter(spelling.text));
    }
    return {};
}

std::string joined(const std::vector<std::string>& parts, std::string_view sign) {
    if (parts.size() == 1) {
        return parts.front();
    }
    std::string all;
    for (const std::string& part : parts) {
        all.append(all.empty() ? "(" : sign).append(part);
    }
    return all.empty() ? all : all + ")";
}

std::string columns_of(const std::vector<Field>& fields) {
    if (fields.size() == kTextFields) {
        return {};
    }
    std::string names = "{";
    for (const Field field : fields) {
        names.append(names.size() > 1 ? " " : "").append(to_text(field));
    }
    return names + "} : ";
}

Narrowing of_word(const Requirement& word) {
    std::vector<std::string> parts;
    for (const Spelling& spelling : word.spellings) {
        parts.push_back(expression_of(spelling));
    }
    const std::string any = joined(parts, " OR ");
    return {any.empty() ? any : "(" + columns_of(word.fields) + any + ")", word.apart};
}

bool is_broad(const Requirement& part) {
    return part.kind == Requirement::Kind::word &&
           std::any_of(part.spellings.begin(), part.spellings.end(), [](const Spelling& one) {
               return one.kind == Spelling::Kind::beginning &&
                      utf8::length(one.text) < kLongBeginning;
           });
}

/// Words close to each other, by every choice of their spellings. Empty: there are too many.
std::string close_together(const Requirement& all) {
    constexpr std::size_t kMaxChoices = 16;  // our choice
    std::vector<std::string> choices(1);
    for (const Requirement& word : all.parts) {
        if (choices.size() * word.spellings.size() > kMaxChoices) {
            return {};
        }
        std::vector<std::string> longer;
        for (const std::string& choice : choices) {
            for (const Spelling& spelling : word.spellings) {
                longer.push_back(choice + (choice.empty() ? "" : " ") + expression_of(spelling));
            }
        }
        choices = std::move(longer);
    }
    for (std::string& choice : choices) {
        choice = "NEAR(" + choice + ", " + std::to_string(all.within) + ")";
    }
    return "(" + columns_of(all.parts.front().fields) + joined(choices, " OR ") + ")";
}

Narrowing narrow(const Requirement& requirement, int depth);

Narrowing of_all(const Requirement& requirement, int depth) {
    const std::vector<Requirement>& parts = requirement.parts;
    const bool only_broad = std::all_of(parts.begin(), parts.end(), is_broad);
    std::vector<std::string> words;
    Narrowing all{std::string{}, 0};
    for (const Requirement& part : parts) {
        if (!only_broad && is_broad(part)) {
            continue;
        }
        Narrowing one = narrow(part, depth + 1);
        if (!one.match) {
            continue;
        }
        if (one.match->empty()) {
            return one;  // nothing but articles apart can meet this part, so nor the whole
        }
        words.push_back(std::move(*one.match));
        all.apart |= one.apart;
    }
    if (words.empty()) {
        return {};
    }
    all.match = joined(words, " AND ");
    if (requirement.within > 0 && words.size() == parts.size()) {
        if (std::string close = close_together(requirement); !close.empty()) {
            all.match = std::move(close);
        }
    }
    return all;
}

Narrowing of_any(const std::vector<Requirement>& parts, int depth) {
    std::vector<std::string> words;
    Narrowing any{std::string{}, 0};
    for (const Requirement& part : parts) {
        Narrowing one = narrow(part, depth + 1);
        if (!one.match) {
            return {};
        }
        if (!one.match->empty()) {
            words.push_back(std::move(*one.match));
        }
        any.apart |= one.apart;
    }
    any.match = joined(words, " OR ");
    return any;
}

Narrowing narrow(const Requirement& requirement, int depth) {
    if (depth > kMaxDepth) {
        return {};
    }
    switch (requirement.kind) {
        case Requirement::Kind::nothing:
            return {};
        case Requirement::Kind::word:
            return of_word(requirement);
        case Requirement::Kind::all:
            return of_all(requirement, depth);
        case Requirement::Kind::any:
            return of_any(requirement.parts, depth);
    }
    return {};
}

}  // namespace

Narrowing narrow(const Requirement& requirement) {
    return narrow(requirement, 0);
}

}  // namespace wirewatch::history
