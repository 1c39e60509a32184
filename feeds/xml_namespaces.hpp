// SPDX-License-Identifier: MIT
// What the prefixes of a document mean at the place where a walk is, and so what our tables call
// its names.
#pragma once

#include "feeds/field_name.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// An attribute without a prefix is in no namespace, not in the default one.
enum class NameKind : unsigned char { element, attribute };

struct SettledName {
    std::string written;  ///< as it stands in the document
    std::string text;     ///< as our tables have it
    bool differs = false;
    NameKind kind = NameKind::element;
    FieldName field = FieldName::unknown;
    std::size_t binding_changes = 0;  ///< it holds as long as there are no more
};

class Namespaces {
  public:
    /// `own_prefix` is ours for what the root calls its own, whatever URI stands there.
    explicit Namespaces(std::string_view own_prefix);

    /// Takes note of "xmlns" and "xmlns:…"; `name` must live on. Other attributes are none of its
    /// business.
    void declare(std::string_view name, std::string_view uri, bool at_root);

    /// How many declarations are in force; with forget() those made since are behind us.
    [[nodiscard]] std::size_t size() const { return bindings_.size(); }
    void forget(std::size_t kept);

    /// A reference that holds until the next question: names come again and again, so what was
    /// found out is kept.
    const SettledName& settled(std::string_view name, NameKind kind);

  private:
    struct Binding {
        std::string_view written;  ///< the document's prefix; it lives in the document
        std::string_view ours;
    };

    void bind(std::string_view written, std::string_view ours);
    [[nodiscard]] std::string_view ours_for(std::string_view written) const;
    [[nodiscard]] SettledName settle(std::string_view name, NameKind kind) const;

    static constexpr std::size_t kMaxBindings = 128;  // our choice: over all open elements

    std::string_view own_prefix_;
    std::vector<Binding> bindings_;
    std::size_t binding_changes_ = 1;  ///< so that all of known_ is void at first
    std::array<SettledName, 64> known_;
};

}  // namespace wirewatch::feeds
