// SPDX-License-Identifier: MIT
#include "feeds/xml_check.hpp"

#include "base/byte_lanes.hpp"
#include "feeds/letters.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <cstdint>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// Where the comment, CDATA section or processing instruction at `at` ends; `at`: none begins here.
std::size_t past_section(std::string_view xml, std::size_t at) {
    if (at + 1 < xml.size() && xml[at + 1] != '!' && xml[at + 1] != '?') {
        return at;  // nearly always
    }
    const std::string_view rest = xml.substr(at, 9);
    std::string_view end = ">";
    if (rest.starts_with("<!--")) {
        end = "-->";
    } else if (rest.starts_with("<![CDATA[")) {
        end = "]]>";
    } else if (rest.starts_with("<?")) {
        end = "?>";
    } else if (!rest.starts_with("<!")) {
        return at;
    }
    const std::size_t found = xml.find(end, at);
    return found == kNowhere ? xml.size() : found + end.size();
}

/// Walks from section to section, from front to back.
class Sections {
  public:
    explicit Sections(std::string_view xml) : xml_{xml} {}

    /// The end of the section that holds `at`; `at` itself: it is in none. `at` must not fall.
    std::size_t past(std::size_t at) {
        while (end_ <= at) {
            const std::size_t markup = xml_.find('<', end_);
            if (markup >= at) {  // also nowhere
                return at;
            }
            end_ = std::max(past_section(xml_, markup), markup + 1);
        }
        // Only a section is stepped over at once; of a tag it is but the "<".
        return end_;
    }

  private:
    std::string_view xml_;
    std::size_t end_ = 0;
};

/// "&#233;" or "&#xE9;" of a character that means the same in XML and HTML.
bool is_plain_number(std::string_view reference) {
    const bool hex = reference.starts_with("&#x");
    std::size_t at = hex ? 3 : 2;
    const std::size_t first = at;
    char32_t value = 0;
    for (; at < reference.size() && at < first + 7; ++at) {
        const char c = lower(reference[at]);
        if (is_digit(c)) {
            value = value * (hex ? 16 : 10) + static_cast<char32_t>(c - '0');
        } else if (hex && c >= 'a' && c <= 'f') {
            value = value * 16 + static_cast<char32_t>(c - 'a' + 10);
        } else {
            break;
        }
    }
    const bool allowed = value == '\t' || value == '\n' || value == '\r' ||
                         (value >= 0x20 && value < 0x80) || (value >= 0xA0 && value < 0xD800) ||
                         (value > 0xDFFF && value <= 0x10FFFF);
    return at > first && at < reference.size() && reference[at] == ';' && allowed;
}

bool is_plain_reference(std::string_view reference) {
    constexpr std::size_t kLongest = 11;  // "&#x0010FFFF;" is nothing that anybody writes
    reference = reference.substr(0, kLongest);
    if (reference.size() < 4) {
        return false;
    }
    if (reference[2] == 't' && reference[3] == ';') {  // most of them: &lt; and &gt;
        return reference[1] == 'l' || reference[1] == 'g';
    }
    switch (reference[1]) {
        case 'a':
            return reference.starts_with("&amp;") || reference.starts_with("&apos;");
        case 'q':
            return reference.starts_with("&quot;");
        case '#':
            return is_plain_number(reference);
        default:
            return false;
    }
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// Judges one byte after the other, from front to back.
class StrangeBytes {
  public:
    explicit StrangeBytes(std::string_view xml) : xml_{xml}, sections_{xml} {}

    /// Which of 32 bytes are worth a question; ends of lines are few enough to be among them.
    static std::uint32_t doubtful(const char* bytes) {
        const auto half = [&](std::size_t at) {
            const ByteLanes lanes{bytes + at};
            return (lanes.at_most(0x1F) | lanes.equal('&')).mask();
        };
        static_assert(2 * ByteLanes::kCount == 32);
        return half(0) | half(ByteLanes::kCount) << ByteLanes::kCount;
    }

    bool is_strange(std::size_t at) {
        if (xml_[at] != '&') {
            return is_control(xml_[at]);
        }
        if (at < past_ || is_plain_reference(xml_.substr(at))) {
            return false;
        }
        past_ = sections_.past(at);
        return past_ == at;
    }

  private:
    std::string_view xml_;
    Sections sections_;
    std::size_t past_ = 0;  ///< the section that was met last
};

}  // namespace

std::string_view without_epilog(std::string_view xml) {
    while (true) {
        xml = trimmed(xml);
        std::size_t start = kNowhere;
        if (xml.ends_with("-->")) {
            start = xml.rfind("<!--");
        } else if (xml.ends_with("?>")) {
            start = xml.rfind("<?");
        }
        if (start == kNowhere) {
            return xml;
        }
        xml = xml.substr(0, start);
    }
}

bool ends_with_root(std::string_view xml, std::string_view root_name) {
    if (!xml.ends_with('>')) {
        return false;
    }
    xml.remove_suffix(1);
    xml = trimmed(xml);
    if (!xml.ends_with(root_name)) {
        return false;
    }
    xml.remove_suffix(root_name.size());
    return xml.ends_with("</");
}

bool has_strange_bytes(std::string_view xml) {
    constexpr std::size_t kStep = 32;
    StrangeBytes bytes{xml};
    std::size_t at = 0;
    for (; at + kStep <= xml.size(); at += kStep) {
        for (std::uint32_t doubtful = StrangeBytes::doubtful(xml.data() + at); doubtful != 0;
             doubtful &= doubtful - 1) {
            if (bytes.is_strange(at + first_lane(doubtful))) {
                return true;
            }
        }
    }
    for (; at < xml.size(); ++at) {
        if (bytes.is_strange(at)) {
            return true;
        }
    }
    return false;
}

bool has_more_tags_than(std::string_view xml, std::size_t max) {
    constexpr std::size_t kShortest = 3;  // "<a>", which needs no end to count
    if (xml.size() / kShortest <= max) {
        return false;
    }
    std::size_t tags = 0;
    for (std::size_t at = xml.find('<'); at != kNowhere && tags <= max; at = xml.find('<', at)) {
        const std::size_t past = past_section(xml, at);
        tags += past == at && at + 1 < xml.size() && is_name_start(xml[at + 1]) ? 1 : 0;
        at = std::max(past, at + 1);
    }
    return tags > max;
}

}  // namespace wirewatch::feeds
