// SPDX-License-Identifier: MIT
#include "feeds/xml_mend.hpp"

#include "feeds/letters.hpp"
#include "feeds/xml_attribute_mend.hpp"
#include "feeds/xml_habits.hpp"
#include "feeds/xml_names.hpp"
#include "feeds/xml_root.hpp"
#include "feeds/xml_text_mend.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

class Mender {
  public:
    Mender(std::string_view xml, const ParseLimits& limits)
        : xml_{xml}, limits_{limits}, attributes_{xml, limits, flaws_} {
        out_.reserve(xml.size());
        const XmlRoot root = find_root(xml).value_or(XmlRoot{});
        root_end_ = xml.rfind("</" + std::string{root.name});
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
        return MendedXml{std::move(out_), flaws_.words(), cut_off_, has_unfinished_item_};
    }

  private:
    struct OpenElement {
        std::string_view name;
        std::size_t out_start;  ///< where its "<" stands in out_
        bool has_children = false;
    };

    /// How many elements are open of each of some kinds of names, in any case: a closing tag whose
    /// kind has none needs no look at all that is open.
    class OpenKinds {
      public:
        void opened(std::string_view name) { ++counts_[kind_of(name)]; }
        void closed(std::string_view name) { --counts_[kind_of(name)]; }
        [[nodiscard]] bool may_have(std::string_view name) const {
            return counts_[kind_of(name)] > 0;
        }

      private:
        static constexpr std::size_t kKinds = 256;

        static std::size_t kind_of(std::string_view name) {
            std::size_t kind = name.size();
            for (const char c : name.substr(0, 16)) {
                kind = kind * 31 + static_cast<unsigned char>(lower(c));
            }
            return kind % kKinds;
        }

        std::array<std::uint32_t, kKinds> counts_{};
    };

    void step() {
        const std::string_view rest = xml_.substr(at_);
        if (rest.starts_with("<!--")) {
            skip_past("-->", no_comment_end_);
        } else if (rest.starts_with("<![CDATA[")) {
            cdata();
        } else if (rest.starts_with("<?")) {
            skip_past("?>", no_instruction_end_);
        } else if (rest.starts_with("<!")) {
            skip_past(">", no_declaration_end_);
        } else if (rest.starts_with("</")) {
            end_tag();
        } else if (rest.size() > 1 && is_name_start(rest[1])) {
            start_tag();
        } else {
            flaws_.note(XmlFlaw::bare_less_than);
            do {
                out_ += "&lt;";
                ++at_;
            } while (xml_.substr(at_).starts_with("<<"));
        }
    }

    void too_large(std::string_view what, std::size_t limit) {
        too_large_ = more_than(limit, what);
    }

    void breaks_off() {
        at_ = xml_.size();
        flaws_.note(XmlFlaw::cut_off);
    }

    /// Where `end` begins, from here on. `is_absent` remembers that there is none: a document may
    /// ask a million times.
    std::size_t find_end(std::string_view end, bool& is_absent) {
        const std::size_t found = is_absent ? kNowhere : xml_.find(end, at_);
        is_absent = found == kNowhere;
        return found;
    }

    /// A comment without its end, in a feed that goes on to its own, was to end at the next ">".
    void skip_past(std::string_view end, bool& is_absent) {
        std::size_t stop = find_end(end, is_absent);
        if (stop != kNowhere) {
            at_ = stop + end.size();
            return;
        }
        stop = xml_.find('>', at_);
        if (stop == kNowhere || !root_ends_after(stop)) {
            breaks_off();
            return;
        }
        flaws_.note(XmlFlaw::unclosed_section);
        at_ = stop + 1;
    }

    [[nodiscard]] bool root_ends_after(std::size_t at) const {
        return root_end_ != kNowhere && root_end_ >= at;
    }

    void cdata() {
        std::size_t end = find_end("]]>", no_cdata_end_);
        std::size_t stop = end + 3;
        if (end == kNowhere) {
            // It was to end with the element around it, if that does.
            end = stop = xml_.find("</" + std::string{open_.back().name}, at_);
            if (end == kNowhere) {
                breaks_off();
                return;
            }
            flaws_.note(XmlFlaw::unclosed_section);
        }
        append_without_controls(out_, xml_.substr(at_, end - at_), flaws_);
        out_ += "]]>";
        at_ = stop;
    }

    void start_tag() {
        const std::size_t start = at_++;
        const std::string_view name = name_at(xml_, at_);
        at_ += name.size();
        if (++tags_ > limits_.max_tags) {
            too_large("tags", limits_.max_tags);
            return;
        }
        close_unfinished(name);
        const std::size_t out_start = out_.size();
        out_.append("<").append(name);
        const XmlAttributes attributes = attributes_.append_mended(out_, at_);
        at_ = attributes.end;
        if (attributes.outcome == XmlAttributes::Outcome::complete) {
            finish_start_tag(name, out_start);
            return;
        }
        out_.resize(out_start);
        if (attributes.outcome == XmlAttributes::Outcome::too_many) {
            too_large(attributes.what, attributes.limit);
        } else if (attributes.outcome == XmlAttributes::Outcome::cut_off) {
            breaks_off();
        } else {
            flaws_.note(XmlFlaw::bare_less_than);
            out_ += "&lt;";
            at_ = start + 1;
        }
    }

    void finish_start_tag(std::string_view name, std::size_t out_start) {
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
            kinds_.opened(name);
            if (open_.size() > limits_.max_depth) {
                too_large(kLevels, limits_.max_depth);
            }
        }
    }

    /// An item does not hold another, nor a link a date: the former one lacks its end.
    void close_unfinished(std::string_view name) {
        if (open_.size() > 1 && is_item(open_[open_.size() - 2].name) &&
            never_holds(open_.back().name, name)) {
            flaws_.note(XmlFlaw::missing_end_tag);
            close_down_to(open_.size() - 1);
        }
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

    void end_tag() {
        at_ += 2;
        const std::string_view name = name_at(xml_, at_);
        at_ += name.size();
        const std::size_t end = xml_.find_first_of("<>", at_);
        if (end == kNowhere) {
            breaks_off();
        } else {
            at_ = xml_[end] == '>' ? end + 1 : end;
        }
        auto open = open_.rend();
        if (kinds_.may_have(name)) {
            open = std::find_if(open_.rbegin(), open_.rend(),
                                [&](const OpenElement& e) { return e.name == name; });
        }
        if (open == open_.rend()) {
            flaws_.note(XmlFlaw::wrong_end_tag);
            if (++tags_ > limits_.max_tags) {  // each may look at all that is open
                too_large("tags", limits_.max_tags);
                return;
            }
            if (kinds_.may_have(name)) {
                open = std::find_if(open_.rbegin(), open_.rend(), [&](const OpenElement& e) {
                    return equal_ignoring_case(e.name, name);
                });
            }
        }
        if (open != open_.rend()) {
            const auto depth = static_cast<std::size_t>(open_.rend() - open) - 1;
            if (depth + 1 < open_.size()) {
                flaws_.note(XmlFlaw::missing_end_tag);
            }
            close_down_to(depth);
            return;
        }
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
            kinds_.closed(open_.back().name);
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
            keep_whole_fields(static_cast<std::size_t>(item - open_.begin()));
        }
        close_down_to(0);
    }

    /// Of the item that breaks off; without any it goes.
    void keep_whole_fields(std::size_t item) {
        if (item + 1 < open_.size()) {
            out_.resize(open_[item + 1].out_start);
            open_.resize(item + 1);
        }
        if (out_.find("</", open_[item].out_start) == kNowhere) {
            out_.resize(open_[item].out_start);
            open_.resize(item);
            return;
        }
        has_unfinished_item_ = true;
    }

    std::string_view xml_;
    const ParseLimits& limits_;
    std::size_t at_ = 0;
    std::string out_;
    std::vector<OpenElement> open_;
    OpenKinds kinds_;
    std::size_t tags_ = 0;
    std::size_t root_end_ = kNowhere;  ///< of its last closing tag
    bool no_cdata_end_ = false;
    bool no_comment_end_ = false;
    bool no_instruction_end_ = false;
    bool no_declaration_end_ = false;
    bool cut_off_ = false;
    bool has_unfinished_item_ = false;
    XmlFlaws flaws_;
    XmlAttributeMender attributes_;
    std::optional<Error> too_large_;
};

}  // namespace

Result<MendedXml> mend_xml(std::string_view xml, const ParseLimits& limits) {
    return Mender{xml, limits}.run();
}

}  // namespace wirewatch::feeds
