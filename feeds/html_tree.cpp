// SPDX-License-Identifier: MIT
#include "feeds/html_tree.hpp"

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "feeds/html_survey.hpp"

#include <algorithm>
#include <csetjmp>
#include <utility>

#include <gumbo.h>

namespace wirewatch::feeds {

/// Memory for one tree, given back whole: gumbo's own way to free a tree recurses as deep as that
/// is. Gumbo does not look whether it got memory, and its assertions fail on some hostile HTML;
/// both jump back to before it began. There are only C frames in between, and what they held is in
/// the arena.
class HtmlTree::Arena {
  public:
    explicit Arena(std::size_t max_bytes) : left_bytes_{max_bytes} {}

    const GumboOutput* parse(std::string_view html, HtmlKind kind) {
        GumboOptions options = kGumboDefaultOptions;
        options.allocator = [](void* self, std::size_t bytes) {
            return static_cast<Arena*>(self)->allocate(bytes);
        };
        options.deallocator = [](void* self, void* block) {
            static_cast<Arena*>(self)->give_back(block);
        };
        options.userdata = this;
        options.max_errors = 0;
        if (kind == HtmlKind::fragment) {
            options.fragment_context = GUMBO_TAG_BODY;
        }
        parsing_ = this;
        // volatile: it is read after the jump.
        const GumboOutput* volatile output = nullptr;
        if (setjmp(give_up_) == 0) {
            output = gumbo_parse_with_options(&options, html.data(), html.size());
        }
        parsing_ = nullptr;
        return output;
    }

    /// What fails now can only be an assertion about the tree that this thread is parsing.
    [[noreturn]] static void fail() {
        WIREWATCH_CHECK(parsing_ != nullptr);
        std::longjmp(parsing_->give_up_, 1);
    }

  private:
    static constexpr std::size_t kChunkBytes = 256u << 10;
    static constexpr std::size_t kAlignment = alignof(std::max_align_t);

    void* allocate(std::size_t bytes) {
        bytes = (std::max<std::size_t>(bytes, 1) + kAlignment - 1) / kAlignment * kAlignment;
        if (bytes > room_bytes_) {
            const std::size_t chunk_bytes = std::max(bytes, next_chunk_bytes());
            if (chunk_bytes > left_bytes_) {
                fail();
            }
            left_bytes_ -= chunk_bytes;
            chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(chunk_bytes));
            room_ = chunks_.back().get();
            room_bytes_ = chunk_bytes;
        }
        last_ = room_;
        room_ += bytes;
        room_bytes_ -= bytes;
        return last_;
    }

    /// Only the newest block comes back: gumbo's scratch strings, mostly.
    void give_back(void* block) {
        if (block != nullptr && block == last_) {
            room_bytes_ += static_cast<std::size_t>(room_ - last_);
            room_ = std::exchange(last_, nullptr);
        }
    }

    /// Small HTML is usual, and should not cost a large chunk.
    [[nodiscard]] std::size_t next_chunk_bytes() const {
        return chunks_.empty() ? kChunkBytes / 16 : kChunkBytes;
    }

    std::vector<std::unique_ptr<std::byte[]>> chunks_;
    std::byte* room_ = nullptr;
    std::byte* last_ = nullptr;
    std::size_t room_bytes_ = 0;
    std::size_t left_bytes_;
    std::jmp_buf give_up_{};

    // An assertion knows nothing of whom it is called for.
    static thread_local Arena* parsing_;
};

thread_local HtmlTree::Arena* HtmlTree::Arena::parsing_ = nullptr;

void HtmlTree::fail() {
    Arena::fail();
}

std::optional<HtmlTree> HtmlTree::parse(std::string_view html, HtmlKind kind,
                                        const HtmlLimits& limits) {
    if (html.size() > limits.max_bytes) {
        return std::nullopt;
    }
    const HtmlSurvey cost = survey(html, limits.max_depth);
    if (cost.tags > limits.max_tags || cost.depth > limits.max_depth ||
        cost.attributes > limits.max_attributes) {
        return std::nullopt;
    }
    auto arena = std::make_unique<Arena>(limits.max_memory_bytes);
    const GumboOutput* output = arena->parse(html, kind);
    if (output == nullptr) {
        return std::nullopt;
    }
    return HtmlTree{std::move(arena), output->root};
}

HtmlTree::HtmlTree(std::unique_ptr<Arena> arena, const GumboInternalNode* root)
    : arena_{std::move(arena)}, root_{root} {}

HtmlTree::HtmlTree(HtmlTree&& other) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&& other) noexcept = default;
HtmlTree::~HtmlTree() = default;

}  // namespace wirewatch::feeds

void wirewatch_gumbo_failed(const char* /*condition*/, const char* /*file*/, unsigned /*line*/,
                            const char* /*function*/) {
    wirewatch::feeds::HtmlTree::fail();
}

namespace wirewatch::feeds {

namespace {

/// Gumbo makes ill-formed UTF-8 of "&#xDDDDDDDDDD": its number overflows.
std::string_view mended(std::string_view text, std::string& buffer) {
    if (utf8::valid(text)) {
        return text;
    }
    buffer = utf8::repair(text);
    return buffer;
}

}  // namespace

HtmlWalk::HtmlWalk(const HtmlTree& tree) : open_{{tree.root_, 0}} {}

bool HtmlWalk::next() {
    while (!open_.empty()) {
        Open& top = open_.back();
        const GumboVector& children = top.element->v.element.children;
        if (top.next_child == children.length) {
            node_ = top.element;
            step_ = Step::end;
            open_.pop_back();
            return !open_.empty();  // the root is no step: it is not in every text
        }
        node_ = static_cast<const GumboNode*>(children.data[top.next_child++]);
        switch (node_->type) {
            case GUMBO_NODE_ELEMENT:
                step_ = Step::start;
                open_.push_back({node_, 0});
                return true;
            case GUMBO_NODE_TEXT:
            case GUMBO_NODE_WHITESPACE:
            case GUMBO_NODE_CDATA:
                step_ = Step::text;
                text_ = mended(node_->v.text.text, mended_text_);
                return true;
            default:
                break;
        }
    }
    return false;
}

std::string_view HtmlWalk::name() const {
    const GumboElement& element = node_->v.element;
    if (element.tag != GUMBO_TAG_UNKNOWN) {
        return gumbo_normalized_tagname(element.tag);
    }
    GumboStringPiece name = element.original_tag;
    gumbo_tag_from_original_text(&name);
    return name.data == nullptr ? std::string_view{} : std::string_view{name.data, name.length};
}

std::string_view HtmlWalk::text() const {
    return text_;
}

std::optional<std::string> HtmlWalk::attribute(const char* name) const {
    const GumboAttribute* found = gumbo_get_attribute(&node_->v.element.attributes, name);
    return found == nullptr ? std::nullopt : std::optional{utf8::repair(found->value)};
}

void HtmlWalk::skip_content() {
    open_.back().next_child = open_.back().element->v.element.children.length;
}

}  // namespace wirewatch::feeds
