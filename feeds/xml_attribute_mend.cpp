// SPDX-License-Identifier: MIT
#include "feeds/xml_attribute_mend.hpp"

#include "feeds/letters.hpp"
#include "feeds/xml_names.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

}  // namespace

XmlAttributes XmlAttributeMender::append_mended(std::string& out, std::size_t at) {
    using Outcome = XmlAttributes::Outcome;
    at_ = at;
    std::size_t count = 0;
    std::size_t words = 0;  // of these, without a value
    while (true) {
        skip_spaces();
        if (at_ >= xml_.size()) {
            return {Outcome::cut_off, at_};
        }
        if (xml_[at_] == '>' || xml_.substr(at_).starts_with("/>")) {
            return {Outcome::complete, at_};
        }
        if (xml_[at_] == '<') {
            if (words > 0 && words == count) {
                return {Outcome::was_no_tag, at_};
            }
            flaws_.note(XmlFlaw::attribute);
            return {Outcome::complete, at_};
        }
        const std::string_view name =
            is_name_start(xml_[at_]) ? name_at(xml_, at_) : std::string_view{};
        if (name.empty()) {
            flaws_.note(XmlFlaw::attribute);
            ++at_;
            continue;
        }
        if (++count > kMaxAttributes) {
            return {Outcome::too_many, at_, "attributes in one tag", kMaxAttributes};
        }
        if (++met_ > limits_.max_attributes) {
            return {Outcome::too_many, at_, "attributes", limits_.max_attributes};
        }
        at_ += name.size();
        const auto found = value();
        if (!found) {
            return {Outcome::cut_off, at_};
        }
        words += found->is_given ? 0 : 1;
        const char quote = found->text.find('"') == kNowhere ? '"' : '\'';
        out.append(" ").append(name).append("=") += quote;
        feeds::append_mended(out, found->text, flaws_);
        out += quote;
    }
}

void XmlAttributeMender::skip_spaces() {
    while (at_ < xml_.size() && is_space(xml_[at_])) {
        ++at_;
    }
}

/// None: the document ends first.
std::optional<XmlAttributeMender::Value> XmlAttributeMender::value() {
    skip_spaces();
    if (at_ >= xml_.size() || xml_[at_] != '=') {
        flaws_.note(XmlFlaw::attribute);
        return Value{};
    }
    ++at_;
    skip_spaces();
    if (const auto text = written_value()) {
        return Value{*text, true};
    }
    return std::nullopt;
}

std::optional<std::string_view> XmlAttributeMender::written_value() {
    if (at_ >= xml_.size()) {
        return std::nullopt;
    }
    const std::size_t start = at_;
    if (xml_[at_] == '"' || xml_[at_] == '\'') {
        std::size_t end = xml_.find(xml_[at_], at_ + 1);
        if (end != kNowhere && !opens_another_value(start, end)) {
            at_ = end + 1;
            return xml_.substr(start + 1, end - start - 1);
        }
        // Its quote was never closed: it was to end with its tag.
        end = xml_.find_first_of("<>", at_);
        if (end == kNowhere) {
            return std::nullopt;
        }
        flaws_.note(XmlFlaw::attribute);
        end -= xml_[end - 1] == '/' && end - 1 > start ? 1 : 0;
        at_ = end;
        return xml_.substr(start + 1, end - start - 1);
    }
    flaws_.note(XmlFlaw::attribute);
    at_ = std::min(xml_.find_first_of(" \t\r\n<>\"'", at_), xml_.size());
    return xml_.substr(start, at_ - start);
}

/// The quote that seems to end the value from `start` begins one in a later tag:
/// <a href="b>text</a> <img src="c">
bool XmlAttributeMender::opens_another_value(std::size_t start, std::size_t end) const {
    return xml_[end - 1] == '=' && xml_.substr(start, end - start).find('<') != kNowhere;
}

}  // namespace wirewatch::feeds
