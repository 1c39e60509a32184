// SPDX-License-Identifier: MIT
#include "rules/stemmer.hpp"

#include "rules/folding.hpp"

#include <array>
#include <span>
#include <utility>

#include <libstemmer.h>

namespace wirewatch::rules {

namespace {

struct Deleter {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};

/// Snowball knows both forms of Norwegian under one name.
const char* snowball_name(const std::string& language) {
    return language == "nb" || language == "nn" ? "no" : language.c_str();
}

/// The letters that Snowball's rules are written in, for those that other keyboards put for them:
/// Arabic kaf and yeh as Urdu and Persian have them, Romanian ș and ț, for which it knows the
/// cedilla alone. A stress mark (Росси́я) would hide an ending from it.
std::string snowball_letters(std::string word, const std::string& language) {
    struct Pair {
        std::string_view from;
        std::string_view to;
    };
    constexpr std::array kArabic{Pair{"ی", "ي"}, Pair{"ک", "ك"}, Pair{"ہ", "ه"}, Pair{"ۃ", "ة"}};
    constexpr std::array kRomanian{Pair{"ș", "ş"}, Pair{"ț", "ţ"}};
    constexpr std::array kStressed{Pair{"\u0301", ""}, Pair{"\u0300", ""}};
    std::span<const Pair> pairs;
    if (language == "ar") {
        pairs = kArabic;
    } else if (language == "ro") {
        pairs = kRomanian;
    } else if (language == "ru" || language == "sr") {
        pairs = kStressed;
    }
    for (const Pair& pair : pairs) {
        for (std::size_t at = word.find(pair.from); at != std::string::npos;
             at = word.find(pair.from, at + pair.to.size())) {
            word.replace(at, pair.from.size(), pair.to);
        }
    }
    return word;
}

}  // namespace

struct Stemmer::Impl {
    std::string language;
    std::unique_ptr<sb_stemmer, Deleter> snowball;  // none: not a language of Snowball's
};

Stemmer::Stemmer(std::string_view language) : impl_{std::make_unique<Impl>()} {
    impl_->language = primary_subtag(language);
    impl_->snowball.reset(sb_stemmer_new(snowball_name(impl_->language), "UTF_8"));
}

Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

bool Stemmer::changes_words() const {
    return impl_->snowball != nullptr;
}

std::string Stemmer::stem(std::string_view word) const {
    if (impl_->snowball == nullptr) {
        return fold(word);
    }
    const std::string small =
        snowball_letters(lower(compatible(word), impl_->language), impl_->language);
    const auto* bytes = reinterpret_cast<const sb_symbol*>(small.data());
    const sb_symbol* stem =
        sb_stemmer_stem(impl_->snowball.get(), bytes, static_cast<int>(small.size()));
    if (stem == nullptr) {  // out of memory: the word stands for itself
        return fold(small);
    }
    const auto length = static_cast<std::size_t>(sb_stemmer_length(impl_->snowball.get()));
    return fold({reinterpret_cast<const char*>(stem), length});
}

std::string primary_subtag(std::string_view language) {
    std::string tag = fold(language.substr(0, language.find_first_of("-_")));
    const bool letters = tag.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    return letters && tag.size() >= 2 && tag.size() <= 8 ? tag : std::string{};
}

}  // namespace wirewatch::rules
