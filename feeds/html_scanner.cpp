// SPDX-License-Identifier: MIT
#include "feeds/html_scanner.hpp"

#include "feeds/html_entities.hpp"
#include "feeds/letters.hpp"

#include <algorithm>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

}  // namespace

std::size_t end_of_raw(std::string_view html, std::size_t at, std::string_view name) {
    for (at = html.find("</", at); at != kNowhere; at = html.find("</", at + 2)) {
        const std::string_view rest = html.substr(at + 2);
        if (rest.size() > name.size() && equal_ignoring_case(rest.substr(0, name.size()), name) &&
            (is_space(rest[name.size()]) || rest[name.size()] == '/' || rest[name.size()] == '>')) {
            return at;
        }
    }
    return html.size();
}

HtmlScanner::Outcome HtmlScanner::run() {
    while (at_ < html_.size()) {
        at_ = writer_.run(html_, at_);
        if (at_ == html_.size()) {
            break;
        }
        if (html_[at_] == '&') {
            entity();
        } else {
            markup();
        }
    }
    return outcome_;
}

void HtmlScanner::entity() {
    if (const auto found = read_entity(html_.substr(at_), EntityPlace::text)) {
        writer_.letter(found->code_point);
        if (found->second != 0) {
            writer_.letter(found->second);
        }
        at_ += found->bytes;
    } else {
        writer_.letter('&');
        ++at_;
    }
}

void HtmlScanner::markup() {
    const std::string_view rest = html_.substr(at_);
    const char next = rest.size() > 1 ? rest[1] : ' ';
    if (is_letter(next)) {
        tag();
    } else if (next == '/' && rest.size() > 2) {
        if (is_letter(rest[2])) {
            tag();
        } else {
            skip_past('>');
        }
    } else if (rest.starts_with("<!--")) {
        at_ = end_of_comment(html_, at_);
    } else if (rest.starts_with("<![CDATA[")) {
        give_up(Outcome::wrapped);
        at_ = std::min(at_ + std::string_view{"<![CDATA["}.size(), html_.size());
    } else if (next == '!' || next == '?') {
        skip_past('>');
    } else {
        writer_.letter('<');
        ++at_;
    }
}

void HtmlScanner::tag() {
    auto found = no_more_tags_ ? std::nullopt : read_tag(html_, at_, quotes_);
    if (!found && !no_more_tags_ && quotes_ == Quotes::respect &&
        html_.find('>', at_) != kNowhere) {
        give_up(Outcome::endless_quote);
        if (doubt_ == Doubt::stop) {
            return;
        }
        quotes_ = Quotes::ignore;
        found = read_tag(html_, at_, quotes_);
    }
    if (found) {
        at_ = found->end;
        const HtmlElement& element = html_element(found->name);
        if (found->closes) {
            ends(element);
        } else {
            starts(element);
        }
        return;
    }
    no_more_tags_ = true;
    // No ">" follows. A tag cut off by its feed, or "if x<y then".
    std::size_t name_end = at_ + 1;
    while (name_end < html_.size() && (is_letter(html_[name_end]) || is_digit(html_[name_end]))) {
        ++name_end;
    }
    if (html_[at_ + 1] == '/' ||
        !html_element(html_.substr(at_ + 1, name_end - at_ - 1)).name.empty()) {
        at_ = html_.size();
    } else {
        writer_.letter('<');
        ++at_;
    }
}

void HtmlScanner::starts(const HtmlElement& element) {
    switch (element.role) {
        case Role::transparent:
            return;
        case Role::empty:
            if (element.gap == Gap::paragraph) {
                close_paragraph();  // <hr>
            }
            writer_.gap(element.gap);
            return;
        case Role::heading:
            close_paragraph();
            if (depth_ > 0 && open_[depth_ - 1]->role == Role::heading) {
                give_up(Outcome::doubtful);  // ends the first, unless a <b> is open between
            }
            open(element);
            return;
        case Role::block:
        case Role::paragraph:
            close_paragraph();
            open(element);
            return;
        case Role::list_item:
        case Role::term:
            begin_item(element);
            return;
        case Role::raw:
            skip_content(element.name);
            return;
        case Role::intricate:
            give_up(Outcome::doubtful);
            writer_.gap(element.gap);
            if (element.sight == Sight::unseen) {
                skip_content(element.name);
            }
            return;
    }
}

void HtmlScanner::ends(const HtmlElement& element) {
    switch (element.role) {
        case Role::transparent:
        case Role::raw:
            return;
        case Role::empty:
            if (element.gap == Gap::line) {
                writer_.gap(Gap::line);  // "</br>" is a <br>
            }
            return;
        case Role::paragraph:
            close_paragraph();
            writer_.gap(element.gap);  // "</p>" alone is an empty paragraph
            return;
        case Role::intricate:
            give_up(Outcome::doubtful);
            writer_.gap(element.gap);
            return;
        default:
            break;
    }
    for (std::size_t depth = depth_; depth > 0; --depth) {
        const HtmlElement& other = *open_[depth - 1];
        if (&other == &element || (element.role == Role::heading && other.role == Role::heading)) {
            close_to(depth - 1);
            return;
        }
        if (element.role == Role::list_item && (other.name == "ul" || other.name == "ol")) {
            return;
        }
    }
}

/// <li>, <dt>, <dd>: ends the one before, also from within a <div>, but not from within a list.
void HtmlScanner::begin_item(const HtmlElement& element) {
    for (std::size_t depth = depth_; depth > 0; --depth) {
        const HtmlElement& other = *open_[depth - 1];
        if (other.role == element.role) {
            close_to(depth - 1);
            break;
        }
        if (other.role != Role::paragraph && other.name != "div" && other.name != "address") {
            break;
        }
    }
    close_paragraph();
    open(element);
}

void HtmlScanner::open(const HtmlElement& element) {
    writer_.gap(element.gap);
    if (depth_ == kMaxOpen) {
        give_up(Outcome::doubtful);
    } else {
        open_[depth_++] = &element;
    }
}

void HtmlScanner::close_paragraph() {
    if (depth_ > 0 && open_[depth_ - 1]->role == Role::paragraph) {
        close_to(depth_ - 1);
    }
}

void HtmlScanner::close_to(std::size_t depth) {
    while (depth_ > depth) {
        writer_.gap(open_[--depth_]->gap);
    }
}

void HtmlScanner::skip_content(std::string_view name) {
    const std::size_t end = end_of_raw(html_, at_, name);
    if (name == "script" && html_.substr(at_, end - at_).find("<!--") != kNowhere) {
        give_up(Outcome::doubtful);  // "</script>" may not end it
    }
    at_ = std::max(at_, end);
}

void HtmlScanner::skip_past(char end) {
    const std::size_t found = html_.find(end, at_);
    at_ = found == kNowhere ? html_.size() : found + 1;
}

void HtmlScanner::give_up(Outcome outcome) {
    if (doubt_ == Doubt::stop) {
        outcome_ = outcome;
        at_ = html_.size();
    }
}

bool all_tags_end(std::string_view html) {
    for (std::size_t at = html.find('<'); at < html.size(); at = html.find('<', at)) {
        if (html.substr(at).starts_with("<!--")) {
            at = end_of_comment(html, at);
            continue;
        }
        const auto tag = read_tag(html, at);
        if (!tag) {
            const std::string_view name = html.substr(at + 1);
            if (!name.empty() && is_letter(name[0])) {
                return name.find('>') == kNowhere;  // and then no other tag ends either
            }
            ++at;
            continue;
        }
        at = tag->end;
        if (!tag->closes && html_element(tag->name).role == Role::raw) {
            at = end_of_raw(html, at, tag->name);
        }
    }
    return true;
}

}  // namespace wirewatch::feeds
