// SPDX-License-Identifier: MIT
#include "rules/occurrence.hpp"

#include "base/utf8.hpp"
#include "rules/glob.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace wirewatch::rules {

namespace {

/// Of one expression in one text: bounds what an expression costs that matches everywhere.
constexpr std::size_t kMaxRegexMatches = 1'000;

/// The words of a term, with their stems in the document's language.
class Matcher {
  public:
    Matcher(const Term& term, const Document& document) : term_{term}, words_{document.words()} {
        for (const TermWord& word : term.words) {
            stems_.push_back(word.form == Form::inflected ? document.stemmer().stem(word.exact)
                                                          : std::string{});
        }
    }

    [[nodiscard]] std::size_t size() const { return term_.words.size(); }

    /// Whether word `wanted` of the term is what stands at `at` in the document.
    [[nodiscard]] bool same(std::size_t wanted, std::size_t at) const {
        const TermWord& word = term_.words[wanted];
        const Word& there = words_[at];
        switch (word.form) {
            case Form::bare:
            case Form::folded:
                return there.folded == word.folded;
            case Form::inflected:
                return there.folded == word.folded || there.stem == stems_[wanted];
            case Form::exact:
                return there.exact == word.exact;
            case Form::wildcard:
                return glob(word.folded, there.folded);
        }
        return false;
    }

  private:
    const Term& term_;
    const std::vector<Word>& words_;
    std::vector<std::string> stems_;
};

Occurrence between(const Document& document, std::size_t part, std::size_t first,
                   std::size_t last) {
    return {part, first, last, document.words()[first].start, document.words()[last].end};
}

using Found = std::vector<Occurrence>;

/// The words one after the other.
void find_adjacent(const Matcher& matcher, const Document& document, std::size_t part,
                   std::size_t limit, Found& found) {
    const Part& text = document.parts()[part];
    const std::size_t size = matcher.size();
    for (std::size_t at = text.first_word; at + size <= text.end_word && found.size() < limit;
         ++at) {
        std::size_t matched = 0;
        while (matched < size && matcher.same(matched, at + matched)) {
            ++matched;
        }
        if (matched == size) {
            found.push_back(between(document, part, at, at + size - 1));
        }
    }
}

/// How often each different word of a "…"~n stands in a window of the text.
class Window {
  public:
    Window(const Term& term, const Matcher& matcher) : matcher_{matcher} {
        for (std::size_t i = 0; i < term.words.size(); ++i) {
            const auto same = std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& one) {
                const TermWord& other = term.words[one.word];
                return other.form == term.words[i].form && other.folded == term.words[i].folded &&
                       (other.form != Form::exact || other.exact == term.words[i].exact);
            });
            if (same == wanted_.end()) {
                wanted_.push_back({i, 1, 0});
            } else {
                ++same->times;
            }
        }
    }

    void add(std::size_t at) {
        bool matched = false;
        for (Wanted& one : wanted_) {
            const bool same = matcher_.same(one.word, at);
            one.seen += same ? 1 : 0;
            matched = matched || same;
        }
        matched_ += matched ? 1 : 0;
    }
    void drop(std::size_t at) {
        bool matched = false;
        for (Wanted& one : wanted_) {
            const bool same = matcher_.same(one.word, at);
            one.seen -= same ? 1 : 0;
            matched = matched || same;
        }
        matched_ -= matched ? 1 : 0;
    }
    /// A word of the text that satisfies two of the term counts as one.
    [[nodiscard]] bool holds_all() const {
        return matched_ >= matcher_.size() &&
               std::all_of(wanted_.begin(), wanted_.end(),
                           [](const Wanted& one) { return one.seen >= one.times; });
    }

  private:
    struct Wanted {
        std::size_t word;   // in the term
        std::size_t times;  // "new york new" wants `new` twice
        std::size_t seen;
    };
    const Matcher& matcher_;
    std::vector<Wanted> wanted_;
    std::size_t matched_ = 0;  // words of the window that satisfy any of the term's
};

/// The smallest windows that hold all the words, with at most `slop` others between.
void find_together(const Term& term, const Matcher& matcher, const Document& document,
                   std::size_t part, std::size_t limit, Found& found) {
    const Part& text = document.parts()[part];
    const std::size_t longest = matcher.size() + static_cast<std::size_t>(*term.slop);
    Window window{term, matcher};
    std::size_t first = text.first_word;
    for (std::size_t last = first; last < text.end_word && found.size() < limit; ++last) {
        window.add(last);
        std::size_t smallest = text.end_word;
        while (window.holds_all()) {
            smallest = first;
            window.drop(first++);
        }
        if (smallest < text.end_word && last - smallest + 1 <= longest) {
            found.push_back(between(document, part, smallest, last));
        }
    }
}

void find_regex(const Node& leaf, const Reading& reading, std::size_t part, std::size_t limit,
                Found& found) {
    const std::string_view text = reading.document.parts()[part].text;
    std::size_t from = 0;     // byte to search on from
    std::size_t counted = 0;  // bytes whose code points are in `points`
    std::size_t points = 0;
    for (std::size_t tries = 0; tries < kMaxRegexMatches && found.size() < limit; ++tries) {
        const auto range = reading.regexes.find(leaf.regex, text, from, reading.effort);
        if (!range || range->begin >= text.size()) {
            return;
        }
        from = range->end;
        if (range->begin == range->end) {  // such as \b: says nothing about the text
            utf8::next(text, from);
            continue;
        }
        points += utf8::length(text.substr(counted, range->begin - counted));
        const std::size_t start = points;
        points += utf8::length(text.substr(range->begin, range->end - range->begin));
        counted = range->end;
        found.push_back(
            {part, 0, 0, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(points)});
    }
}

/// example.com and .com stand at the end of news.example.com; example alone is one of its labels.
void find_host(const Node& leaf, const Document& document, std::size_t part, Found& found) {
    const std::string_view host = document.parts()[part].text;
    std::string_view wanted = leaf.written;
    const bool one_label = wanted.find('.') == std::string_view::npos;
    wanted.remove_prefix(wanted.starts_with('.') ? 1 : 0);
    for (std::size_t at = host.find(wanted); at != std::string_view::npos;
         at = host.find(wanted, at + 1)) {
        const std::size_t end = at + wanted.size();
        const bool begins = at == 0 || host[at - 1] == '.';
        const bool ends = end == host.size() || (one_label && host[end] == '.');
        if (begins && ends) {
            const std::size_t start = utf8::length(host.substr(0, at));
            found.push_back({part, 0, 0, static_cast<std::uint32_t>(start),
                             static_cast<std::uint32_t>(start + utf8::length(wanted))});
            return;
        }
    }
}

/// Of looking for a term among so many words: all of its words at each place, at worst.
std::uint64_t units_of(const Term& term, std::size_t words) {
    std::uint64_t each = 1;
    for (const TermWord& word : term.words) {
        each += word.form == Form::wildcard ? 4 : 1;
    }
    return (term.slop ? 2 : 1) * each * words;
}

}  // namespace

std::vector<Occurrence> occurrences(const Node& leaf, const Reading& reading, std::size_t limit) {
    const Document& document = reading.document;
    if (leaf.kind == Kind::term && reading.effort != nullptr &&
        !spend(reading.effort, units_of(leaf.term, document.words().size()))) {
        return {};
    }
    const Matcher matcher{leaf.term, document};
    Found found;
    for (std::size_t part = 0; part < document.parts().size() && found.size() < limit; ++part) {
        if (!leaf.fields.test(index_of(document.parts()[part].field))) {
            continue;
        }
        if (leaf.kind == Kind::regex) {
            find_regex(leaf, reading, part, limit, found);
        } else if (leaf.kind == Kind::host) {
            find_host(leaf, document, part, found);
        } else if (leaf.term.slop) {
            find_together(leaf.term, matcher, document, part, limit, found);
        } else {
            find_adjacent(matcher, document, part, limit, found);
        }
    }
    return found;
}

}  // namespace wirewatch::rules
