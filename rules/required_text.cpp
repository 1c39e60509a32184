// SPDX-License-Identifier: MIT
#include "rules/required_text.hpp"

#include "rules/word_scanner.hpp"

namespace wirewatch::rules {

std::string required_run(std::string_view text) {
    std::string longest;
    std::string run;
    for (const char c : text) {
        if (const char letter = scanning::lower(c); letter != 0) {
            run += letter;
        } else {
            run.clear();
        }
        if (run.size() > longest.size()) {
            longest = run;
        }
    }
    return longest.size() < kMinRequired ? std::string{} : longest;
}

}  // namespace wirewatch::rules
