// SPDX-License-Identifier: MIT
#include "feeds/html_title.hpp"

#include "feeds/html_elements.hpp"
#include "feeds/html_entities.hpp"
#include "feeds/html_tag.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"

#include <map>
#include <vector>

namespace wirewatch::feeds {

namespace {

// Longer ones are HTML, or are not worth the memory. Our choice.
constexpr std::size_t kMaxJudgedBytes = 64u << 10;

struct Candidate {
    HtmlTag tag;
    std::size_t at = 0;
    const HtmlElement* element = nullptr;
    bool is_tag = false;
};

/// Else read_tag() sees at once that there is none.
bool may_begin_tag(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && (is_letter(text[at + 1]) || text[at + 1] == '/');
}

/// What looks like a tag of an element that HTML knows. Tags may lie in each other ("<a <a <a >"):
/// in a text that is made so, what comes last is none.
std::vector<Candidate> candidates_in(std::string_view title) {
    constexpr std::size_t kMaxLooked = 16 * kMaxJudgedBytes;  // tags read, laid end to end
    std::vector<Candidate> found;
    const std::size_t last_end = title.rfind('>');
    if (last_end == std::string_view::npos) {
        return found;
    }
    std::size_t looked = 0;
    for (std::size_t at = title.find('<'); at < last_end && looked < kMaxLooked;
         at = title.find('<', at + 1)) {
        auto tag = read_tag(title, at);
        if (!tag) {
            looked += may_begin_tag(title, at) ? title.size() - at : 0;
            tag = read_tag(title, at, Quotes::ignore);
        }
        looked += tag ? tag->end - at : 0;
        if (tag && !html_element(tag->name).name.empty()) {
            found.push_back({*tag, at, &html_element(tag->name)});
        }
    }
    return found;
}

/// An opening tag is one that is closed further on, has attributes, or needs no closing tag; a
/// closing tag one that closes something, or has nothing after it.
void judge(std::vector<Candidate>& candidates, std::string_view title) {
    std::map<const HtmlElement*, std::size_t> open;
    std::map<const HtmlElement*, std::size_t> closing;
    for (auto candidate = candidates.rbegin(); candidate != candidates.rend(); ++candidate) {
        std::size_t& closed = closing[candidate->element];
        if (candidate->tag.closes) {
            ++closed;
        } else if (closed > 0) {
            --closed;
            candidate->is_tag = true;
        } else {
            candidate->is_tag = candidate->element->role == Role::empty ||
                                candidate->tag.attributes.find('=') != std::string_view::npos;
        }
    }
    for (Candidate& candidate : candidates) {
        std::size_t& opened = open[candidate.element];
        if (!candidate.tag.closes) {
            opened += candidate.is_tag ? 1 : 0;
        } else if (opened > 0) {
            --opened;
            candidate.is_tag = true;
        } else {
            candidate.is_tag = trimmed(title.substr(candidate.tag.end)).empty();
        }
    }
}

bool is_comment(std::string_view text) {
    return text.starts_with("<!--") || text.starts_with("<![CDATA[");
}

/// Whether each "&" that is left begins a reference. "&lt;" does not count: in a title it is more
/// likely what the article is about.
bool is_escaped_twice(std::string_view line) {
    bool found = false;
    for (std::size_t at = line.find('&'); at < line.size(); at = line.find('&', at + 1)) {
        const auto entity = read_entity(line.substr(at));
        if (!entity || line[at + entity->bytes - 1] != ';' || entity->code_point == '<' ||
            entity->code_point == '>') {
            return false;
        }
        found = true;
    }
    return found;
}

}  // namespace

std::string with_true_tags(std::string_view text) {
    if (text.size() > kMaxJudgedBytes) {
        return std::string{text};
    }
    std::vector<Candidate> candidates = candidates_in(text);
    judge(candidates, text);
    std::string html;
    html.reserve(text.size() + 16);
    auto next = candidates.begin();
    for (std::size_t at = 0; at < text.size();) {
        while (next != candidates.end() && next->at < at) {
            ++next;
        }
        if (text[at] != '<' || is_comment(text.substr(at))) {
            html += text[at++];
        } else if (next != candidates.end() && next->at == at && next->is_tag) {
            html += text.substr(at, next->tag.end - at);
            at = next->tag.end;
        } else {
            html += "&lt;";
            ++at;
        }
    }
    return html;
}

std::string html_to_title(std::string_view title) {
    if (title.find('<') == std::string_view::npos && title.find('&') == std::string_view::npos) {
        return plain_to_line(title);
    }
    if (title.size() > kMaxJudgedBytes) {
        return html_to_line(title);
    }
    std::string line = html_to_line(with_true_tags(title));
    if (line.empty()) {
        return plain_to_line(title);  // "<script></script>": no HTML after all
    }
    return is_escaped_twice(line) ? plain_to_line(without_entities(line, EntityPlace::xml)) : line;
}

}  // namespace wirewatch::feeds
