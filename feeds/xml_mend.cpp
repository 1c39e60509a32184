// SPDX-License-Identifier: MIT
#include "feeds/xml_mend.hpp"

#include "feeds/letters.hpp"
#include "feeds/xml_names.hpp"
#include "feeds/xml_root.hpp"
#include "feeds/xml_text_mend.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

bool is_void_html(std::string_view name) {
    return name == "br" || name == "img" || name == "hr" || name == "input" || name == "wbr";
}

bool is_item(std::string_view name) {
    const std::string_view local = local_name(name);
    return equal_ignoring_case(local, "item") || equal_ignoring_case(local, "entry");
}

class Mender {
  public:
    Mender(std::string_view xml, const ParseLimits& limits) : xml_{xml}, limits_{limits} {
        out_.reserve(xml.size());
    }

    Result<MendedXml> run() {
        do {
            const std::size_t markup = std::min(xml_.find('<', at_), xml_.size());
            append_mended(out_, xml_.substr(at_, markup - at_), flaws_);
            at_ = markup;
            if (at_ < xml_.size()) {
                step();
            }
            if (too_large_) {
                return tl::unexpected<Error>(std::move(*too_large_));
            }
        } while (at_ < xml_.size() && !open_.empty());
        finish();
        return MendedXml{std::move(out_), flaws_.words(), cut_off_};
    }

  private:
    struct OpenElement {
        std::string_view name;
        std::size_t out_start;  ///< where its "<" stands in out_
        bool has_children = false;
    };

    void step() {
        const std::string_view rest = xml_.substr(at_);
        if (rest.starts_with("<!--")) {
            skip_past("-->");
        } else if (rest.starts_with("<![CDATA[")) {
            cdata();
        } else if (rest.starts_with("<?")) {
            skip_past("?>");
        } else if (rest.starts_with("<!")) {
            skip_past(">");
        } else if (rest.starts_with("</")) {
            end_tag();
        } else if (rest.size() > 1 && is_name_start(rest[1])) {
            start_tag();
        } else {
            flaws_.note(XmlFlaw::bare_less_than);
            out_ += "&lt;";
            ++at_;
        }
    }

    void too_large(std::string_view what, std::size_t limit) {
        too_large_ = more_than(limit, what);
    }

    void breaks_off() {
        at_ = xml_.size();
        flaws_.note(XmlFlaw::cut_off);
    }

    void skip_past(std::string_view end) {
        const std::size_t found = xml_.find(end, at_);
        if (found == kNowhere) {
            breaks_off();
        } else {
            at_ = found + end.size();
        }
    }

    void cdata() {
        const std::size_t end = xml_.find("]]>", at_);
        if (end == kNowhere) {
            breaks_off();
            return;
        }
        const std::size_t stop = end + 3;
        const std::string_view section = xml_.substr(at_, stop - at_);
        append_without_controls(out_, section, flaws_);
        at_ = stop;
    }

    std::string_view take_name() {
        const std::size_t start = at_;
        while (at_ < xml_.size() && is_name_char(xml_[at_])) {
            ++at_;
        }
        return xml_.substr(start, at_ - start);
    }

    void skip_spaces() {
        while (at_ < xml_.size() && is_space(xml_[at_])) {
            ++at_;
        }
    }

    void start_tag() {
        ++at_;
        const std::string_view name = take_name();
        if (++tags_ > limits_.max_tags) {
            too_large("tags", limits_.max_tags);
            return;
        }
        close_unfinished_item(name);
        const std::size_t out_start = out_.size();
        out_.append("<").append(name);
        if (!attributes()) {
            out_.resize(out_start);
            return;
        }
        const bool is_empty = xml_[at_] == '/';
        at_ = xml_[at_] == '<' ? at_ : xml_.find('>', at_) + 1;
        if (!open_.empty()) {
            open_.back().has_children = true;
        }
        if (is_empty) {
            out_ += "/>";
        } else if (is_void_html(name) && !xml_.substr(at_).starts_with("</" + std::string{name})) {
            flaws_.note(XmlFlaw::missing_end_tag);
            out_ += "/>";
        } else {
            out_ += ">";
            open_.push_back({name, out_start});
            if (open_.size() > limits_.max_depth) {
                too_large(kLevels, limits_.max_depth);
            }
        }
    }

    /// An item does not hold another: the former one lacks its end.
    void close_unfinished_item(std::string_view name) {
        if (!is_item(name)) {
            return;
        }
        const auto unfinished = std::find_if(open_.begin(), open_.end(),
                                             [&](const OpenElement& e) { return e.name == name; });
        if (unfinished != open_.end()) {
            flaws_.note(XmlFlaw::missing_end_tag);
            close_down_to(static_cast<std::size_t>(unfinished - open_.begin()));
        }
    }

    /// Up to the ">", "/>" or, where that is missing, the next "<". False: the document ends first.
    bool attributes() {
        std::size_t count = 0;
        while (true) {
            skip_spaces();
            if (at_ >= xml_.size()) {
                breaks_off();
                return false;
            }
            if (xml_[at_] == '>' || xml_.substr(at_).starts_with("/>")) {
                return true;
            }
            if (xml_[at_] == '<') {
                flaws_.note(XmlFlaw::attribute);
                return true;
            }
            if (!is_name_start(xml_[at_])) {
                flaws_.note(XmlFlaw::attribute);
                ++at_;
                continue;
            }
            ++attributes_;
            if (++count > kMaxAttributes) {
                too_large("attributes in one tag", kMaxAttributes);
                return false;
            }
            if (attributes_ > limits_.max_tags) {
                too_large("attributes", limits_.max_tags);
                return false;
            }
            if (!attribute()) {
                return false;
            }
        }
    }

    /// False: the document ends first.
    bool attribute() {
        const std::string_view name = take_name();
        skip_spaces();
        std::string_view value;
        if (at_ < xml_.size() && xml_[at_] == '=') {
            ++at_;
            skip_spaces();
            const auto found = attribute_value();
            if (!found) {
                breaks_off();
                return false;
            }
            value = *found;
        } else {
            flaws_.note(XmlFlaw::attribute);
        }
        const char quote = value.find('"') == kNowhere ? '"' : '\'';
        out_.append(" ").append(name).append("=") += quote;
        append_mended(out_, value, flaws_);
        out_ += quote;
        return true;
    }

    std::optional<std::string_view> attribute_value() {
        if (at_ >= xml_.size()) {
            return std::nullopt;
        }
        const std::size_t start = at_;
        if (xml_[at_] == '"' || xml_[at_] == '\'') {
            const std::size_t end = xml_.find(xml_[at_], at_ + 1);
            if (end == kNowhere) {
                return std::nullopt;
            }
            at_ = end + 1;
            return xml_.substr(start + 1, end - start - 1);
        }
        flaws_.note(XmlFlaw::attribute);
        at_ = std::min(xml_.find_first_of(" \t\r\n<>\"'", at_), xml_.size());
        return xml_.substr(start, at_ - start);
    }

    void end_tag() {
        at_ += 2;
        const std::string_view name = take_name();
        const std::size_t end = xml_.find_first_of("<>", at_);
        if (end == kNowhere) {
            breaks_off();
        } else {
            at_ = xml_[end] == '>' ? end + 1 : end;
        }
        const auto open = std::find_if(open_.rbegin(), open_.rend(),
                                       [&](const OpenElement& e) { return e.name == name; });
        if (open != open_.rend()) {
            const auto depth = static_cast<std::size_t>(open_.rend() - open) - 1;
            if (depth + 1 < open_.size()) {
                flaws_.note(XmlFlaw::missing_end_tag);
            }
            close_down_to(depth);
            return;
        }
        flaws_.note(XmlFlaw::wrong_end_tag);
        if (was_meant_for_top(name)) {
            close_down_to(open_.size() - 1);
        }
    }

    /// "<title>Text</titel><link>": what holds nothing but text was meant to end here. But not in
    /// "<description>Text</b> more</description>", whose own end is still to come.
    [[nodiscard]] bool was_meant_for_top(std::string_view name) const {
        const OpenElement& top = open_.back();
        if (top.has_children || open_.size() == 1 || is_item(top.name) || is_void_html(name)) {
            return false;
        }
        const std::string_view next = xml_.substr(std::min(xml_.find('<', at_), xml_.size()));
        return !next.starts_with("</" + std::string{top.name});
    }

    void close_down_to(std::size_t depth) {
        while (open_.size() > depth) {
            out_.append("</").append(open_.back().name).append(">");
            open_.pop_back();
        }
    }

    void finish() {
        if (open_.empty()) {
            const std::string_view rest = trimmed(xml_.substr(at_));
            if (!rest.empty() && !rest.starts_with("<!--") && !rest.starts_with("<?")) {
                flaws_.note(XmlFlaw::text_after_root);
            }
            return;
        }
        flaws_.note(XmlFlaw::cut_off);
        cut_off_ = true;
        const auto item = std::find_if(open_.begin(), open_.end(),
                                       [](const OpenElement& e) { return is_item(e.name); });
        if (item != open_.end()) {
            out_.resize(item->out_start);
            open_.erase(item, open_.end());
        }
        close_down_to(0);
    }

    std::string_view xml_;
    const ParseLimits& limits_;
    std::size_t at_ = 0;
    std::string out_;
    std::vector<OpenElement> open_;
    std::size_t tags_ = 0;
    bool cut_off_ = false;
    std::size_t attributes_ = 0;
    XmlFlaws flaws_;
    std::optional<Error> too_large_;
};

}  // namespace

Result<MendedXml> mend_xml(std::string_view xml, const ParseLimits& limits) {
    return Mender{xml, limits}.run();
}

}  // namespace wirewatch::feeds
