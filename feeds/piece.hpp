// SPDX-License-Identifier: MIT
// Text that mostly stands in the document as it is, and is put together only where it does not.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace wirewatch::feeds {

/// A view of the document, or a text of its own. The document must outlive the first kind.
class Piece {
  public:
    Piece() = default;
    explicit Piece(std::string_view in_document) : in_document_{in_document} {}
    explicit Piece(std::string own) : own_{std::move(own)} {}

    [[nodiscard]] std::string_view view() const {
        return own_.empty() ? in_document_ : std::string_view{own_};
    }
    [[nodiscard]] bool empty() const { return view().empty(); }

    /// A copy, or the text of its own, which is then gone.
    [[nodiscard]] std::string take() {
        return own_.empty() ? std::string{in_document_} : std::exchange(own_, {});
    }

  private:
    std::string own_;
    std::string_view in_document_;
};

}  // namespace wirewatch::feeds
