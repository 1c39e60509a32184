// SPDX-License-Identifier: MIT
#include "rules/segmenter.hpp"

#include "base/utf8.hpp"
#include "rules/character.hpp"
#include "rules/sentence.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace wirewatch::rules {

namespace {

bool is_wild(char32_t point) {
    return point == U'*' || point == U'?';
}

class Segmenter {
  public:
    Segmenter(std::string_view text, Wildcards wildcards);
    std::vector<Segment> run() &&;

  private:
    [[nodiscard]] std::size_t run_end(std::size_t from, Character kind) const;
    [[nodiscard]] std::size_t abbreviation_end(std::size_t from) const;
    [[nodiscard]] bool possessive_at(std::size_t at) const;
    void letters();
    void pairs();
    void dictionary_words();
    void dictionary_words(std::size_t from, std::size_t to);
    void widen(std::size_t word, std::size_t in_front, std::size_t behind);
    enum class Run { plain, han };
    void emit(std::size_t from, std::size_t to, Run run = Run::plain);

    std::u32string points_;
    std::vector<Character> kinds_;
    std::size_t at_ = 0;
    SentenceCounter sentences_;
    std::unique_ptr<icu::BreakIterator> dictionary_;  // made when the first such run comes
    std::vector<Segment> found_;
};

Segmenter::Segmenter(std::string_view text, Wildcards wildcards) {
    for (std::size_t at = 0; at < text.size();) {
        points_ += utf8::next(text, at);
    }
    kinds_.reserve(points_.size());
    for (const char32_t point : points_) {
        kinds_.push_back(character_kind(point));
    }
    if (wildcards == Wildcards::apart) {
        return;
    }
    const auto is = [&](std::size_t i, Character kind) {
        return i < kinds_.size() && kinds_[i] == kind;
    };
    for (std::size_t i = 0; i < points_.size(); ++i) {
        // Beside Han a star adds nothing: its words are found inside a run anyway.
        if (is_wild(points_[i]) && !is(i + 1, Character::pair) && !is(i - 1, Character::pair)) {
            kinds_[i] = is(i + 1, Character::dictionary) || is(i - 1, Character::dictionary)
                            ? Character::dictionary
                            : Character::letter;
        }
    }
}

std::vector<Segment> Segmenter::run() && {
    while (at_ < points_.size()) {
        switch (kinds_[at_]) {
            case Character::letter:
                letters();
                break;
            case Character::pair:
                pairs();
                break;
            case Character::dictionary:
                dictionary_words();
                break;
            default:
                sentences_.pass(points_, at_, found_.empty() ? "" : found_.back().text);
                ++at_;
        }
    }
    return std::move(found_);
}

/// One past the run of `kind` that begins at `from`, with its marks and inner joiners.
std::size_t Segmenter::run_end(std::size_t from, Character kind) const {
    const std::size_t limit = std::min(points_.size(), from + kMaxWordLength);
    std::size_t end = from + 1;
    while (end < limit && (kinds_[end] == kind || kinds_[end] == Character::mark ||
                           kinds_[end] == Character::joiner)) {
        ++end;
    }
    while (end > from + 1 && kinds_[end - 1] == Character::joiner) {
        --end;
    }
    return end;
}

/// Past "U.S." that begins at `from`; `from` itself where letters and dots do not alternate.
std::size_t Segmenter::abbreviation_end(std::size_t from) const {
    const auto is_letter = [&](std::size_t i) {
        return i < points_.size() && kinds_[i] == Character::letter && is_alphabetic(points_[i]);
    };
    const auto goes_on = [&](std::size_t i) {
        return i < points_.size() &&
               (kinds_[i] == Character::letter || kinds_[i] == Character::mark);
    };
    const auto is_dot = [&](std::size_t i) { return i < points_.size() && points_[i] == U'.'; };
    std::size_t end = from;
    std::size_t count = 0;
    for (std::size_t i = from; count < kMaxWordLength && is_letter(i) && !goes_on(i + 1); i += 2) {
        ++count;
        end = i + 1;
        if (!is_dot(i + 1)) {
            break;
        }
        end = i + 2;
    }
    return count >= 2 ? end : from;
}

/// The 's of "Russia's": it belongs to no word.
bool Segmenter::possessive_at(std::size_t at) const {
    if (at + 1 >= points_.size() || !is_apostrophe(points_[at]) ||
        (points_[at + 1] != U's' && points_[at + 1] != U'S')) {
        return false;
    }
    return at + 2 >= points_.size() ||
           (kinds_[at + 2] != Character::letter && kinds_[at + 2] != Character::mark);
}

void Segmenter::letters() {
    const std::size_t from = at_;
    at_ = abbreviation_end(from);
    if (at_ == from) {
        at_ = run_end(from, Character::letter);
    }
    emit(from, at_);
    if (possessive_at(at_) && is_latin(points_[from])) {
        at_ += 2;
    }
}

void Segmenter::pairs() {
    const std::size_t from = at_;
    at_ = run_end(from, Character::pair);
    std::vector<std::size_t> starts;  // of each character: the base before its voicing marks
    for (std::size_t i = from; i < at_; ++i) {
        if (kinds_[i] == Character::pair) {
            starts.push_back(i);
        }
    }
    starts.push_back(at_);
    if (starts.size() == 2) {
        emit(from, at_, Run::han);
    }
    for (std::size_t i = 0; i + 2 < starts.size(); ++i) {
        emit(starts[i], starts[i + 2], Run::han);
    }
}

/// In a rule, wildcards may stand in the run: they belong to the word beside them, and one in the
/// middle makes all of it one word, which no dictionary has.
void Segmenter::dictionary_words() {
    const std::size_t from = at_;
    at_ = run_end(from, Character::dictionary);
    const auto wild = [&](std::size_t i) { return is_wild(points_[i]); };
    std::size_t first = from;
    while (first < at_ && wild(first)) {
        ++first;
    }
    std::size_t last = at_;
    while (last > first && wild(last - 1)) {
        --last;
    }
    bool split = first < last;
    for (std::size_t i = first; i < last; ++i) {
        split = split && !wild(i);
    }
    if (!split) {
        emit(from, at_);
        return;
    }
    const std::size_t before = found_.size();
    dictionary_words(first, last);
    widen(before, first - from, at_ - last);
}

/// The words from number `word` on: the first with so many characters more in front, the last with
/// so many behind.
void Segmenter::widen(std::size_t word, std::size_t in_front, std::size_t behind) {
    if (word < found_.size()) {
        Segment& first = found_[word];
        Segment& last = found_.back();
        for (std::size_t i = 0; i < in_front; ++i) {
            first.text.insert(0, 1, static_cast<char>(points_[--first.start]));
        }
        for (std::size_t i = 0; i < behind; ++i) {
            last.text += static_cast<char>(points_[last.end++]);
        }
    }
}

void Segmenter::dictionary_words(std::size_t from, std::size_t to) {
    UErrorCode status = U_ZERO_ERROR;
    if (dictionary_ == nullptr) {
        dictionary_.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    }
    if (U_FAILURE(status) != 0 || dictionary_ == nullptr) {
        dictionary_.reset();
        emit(from, to);  // without ICU's data the run stays one word
        return;
    }
    icu::UnicodeString run;
    for (std::size_t i = from; i < to; ++i) {
        run.append(static_cast<UChar32>(points_[i]));
    }
    dictionary_->setText(run);
    std::size_t start = from;
    int32_t last = dictionary_->first();
    for (int32_t next = dictionary_->next(); next != icu::BreakIterator::DONE;
         next = dictionary_->next()) {
        const std::size_t end =
            start + static_cast<std::size_t>(run.countChar32(last, next - last));
        emit(start, end);
        start = end;
        last = next;
    }
}

void Segmenter::emit(std::size_t from, std::size_t to, Run run) {
    sentences_.word();
    Segment segment{.text = {},
                    .start = static_cast<std::uint32_t>(from),
                    .end = static_cast<std::uint32_t>(to),
                    .sentence = sentences_.sentence(),
                    .paragraph = sentences_.paragraph(),
                    .han = run == Run::han};
    for (std::size_t i = from; i < to; ++i) {
        if (kinds_[i] == Character::letter || kinds_[i] == Character::pair ||
            kinds_[i] == Character::dictionary || kinds_[i] == Character::mark) {
            utf8::append(segment.text, points_[i]);
        }
    }
    found_.push_back(std::move(segment));
}

}  // namespace

std::vector<Segment> segments(std::string_view text, Wildcards wildcards) {
    return Segmenter{text, wildcards}.run();
}

}  // namespace wirewatch::rules
