// SPDX-License-Identifier: MIT
// What the elements of HTML mean for the text of a page.
#pragma once

#include "feeds/text_writer.hpp"

#include <cstddef>
#include <string_view>

namespace wirewatch::feeds {

/// How an element comes to its end. Source: HTML, section 13.2.6.4.7 ("in body").
enum class Role {
    transparent,  ///< <b>, <span>, <unknown>: however they are nested, the text is the same
    empty,        ///< <br>, <img>: holds nothing
    block,        ///< <div>, <ul>: ends an open <p>
    paragraph,
    list_item,
    term,  ///< <dt>, <dd>
    heading,
    raw,       ///< <script>, <style>, <iframe>: text to its closing tag, and never seen
    intricate  ///< <table>, <svg>, <form>: has rules of its own
};

enum class Sight { seen, unseen };

struct HtmlElement {
    std::string_view name;  ///< in lower case; empty: HTML has no such element
    Role role = Role::transparent;
    Gap gap = Gap::none;  ///< before and after it
    Sight sight = Sight::seen;
};

/// Whatever the case of `name`. Of static life.
[[nodiscard]] const HtmlElement& html_element(std::string_view name);

}  // namespace wirewatch::feeds
