// SPDX-License-Identifier: MIT
// HTML as a browser reads it: the tree of an HTML5 parser (gumbo), walked without recursion.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct GumboInternalNode;

/// Called in place of gumbo's failing assertions (cmake/dependencies.cmake).
extern "C" [[noreturn]] void wirewatch_gumbo_failed(const char* condition, const char* file,
                                                    unsigned line, const char* function);

namespace wirewatch::feeds {

/// What HTML may cost. Past a limit there is no tree. All our choice, so that the worst HTML takes
/// less than a second: gumbo's time grows with tags times depth, its memory with unclosed tags.
struct HtmlLimits {
    std::size_t max_bytes = 4u << 20;
    std::size_t max_tags = 50'000;
    std::size_t max_depth = 256;       ///< elements open at once, counted generously
    std::size_t max_attributes = 256;  ///< of one tag
    std::size_t max_memory_bytes = 64u << 20;
};

/// A piece of a page (as in an article), or a page with its head.
enum class HtmlKind { fragment, page };

class HtmlTree {
  public:
    /// None: past one of `limits`, or gumbo failed at it. `html` must be valid UTF-8 and
    /// outlive the tree.
    [[nodiscard]] static std::optional<HtmlTree> parse(std::string_view html, HtmlKind kind,
                                                       const HtmlLimits& limits = {});

    HtmlTree(HtmlTree&& other) noexcept;
    HtmlTree& operator=(HtmlTree&& other) noexcept;
    ~HtmlTree();

  private:
    friend class HtmlWalk;
    friend void ::wirewatch_gumbo_failed(const char*, const char*, unsigned, const char*);
    class Arena;

    [[noreturn]] static void fail();

    HtmlTree(std::unique_ptr<Arena> arena, const GumboInternalNode* root);

    std::unique_ptr<Arena> arena_;
    const GumboInternalNode* root_;
};

/// Goes through a tree in the order of the text. Comments are left out, and what <template> holds.
class HtmlWalk {
  public:
    enum class Step { start, end, text };

    /// `tree` must outlive the walk. Stands before the first step.
    explicit HtmlWalk(const HtmlTree& tree);

    /// Moves on; false: that was all.
    bool next();

    [[nodiscard]] Step step() const { return step_; }

    /// Of start and end: the element's name. In lower case, where HTML knows the element.
    [[nodiscard]] std::string_view name() const;

    /// Of text: entities decoded, valid UTF-8. Lives until the next step.
    [[nodiscard]] std::string_view text() const;

    /// Of start and end: the value of an attribute, entities decoded; none: it has none.
    [[nodiscard]] std::optional<std::string> attribute(const char* name) const;

    /// Of start: leaves out what the element holds; the next step is its end.
    void skip_content();

  private:
    struct Open {
        const GumboInternalNode* element;
        unsigned next_child;
    };

    std::vector<Open> open_;
    const GumboInternalNode* node_ = nullptr;
    Step step_ = Step::end;
    std::string_view text_;
    std::string mended_text_;
};

}  // namespace wirewatch::feeds
