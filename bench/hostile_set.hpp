// SPDX-License-Identifier: MIT
// Rules and articles made to hurt: each is to be matched within 50 ms.
#pragma once

#include "base/article.hpp"
#include "base/rule.hpp"

#include <string>
#include <vector>

namespace wirewatch::bench {

struct HostileCase {
    std::string name;
    std::vector<Rule> rules;
    Article article;
};

[[nodiscard]] std::vector<HostileCase> hostile_cases();

}  // namespace wirewatch::bench
