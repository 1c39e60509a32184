// SPDX-License-Identifier: MIT
// The demo's outlets: three feeds over HTTP on loopback, in the shapes that Voice of America, Gulf
// News and Al Arabiya English send, with ETags, so that the daemon polls them as it polls the
// world.
#pragma once

#include "base/error.hpp"
#include "daemon/demo/stories.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::daemon::demo {

struct OutletFacts {
    Outlet outlet;
    std::string_view id;  ///< of its feed in the demo's configuration
    std::string_view title;
    std::string_view site;  ///< what links begin with
    std::string_view path;  ///< of its feed on the newsroom's server
};

[[nodiscard]] const std::array<OutletFacts, 3>& outlets();

/// The feed document of an outlet that has published every story up to `wave`.
[[nodiscard]] std::string render(const OutletFacts& outlet, int wave);

/// Serves from a thread of its own until destroyed.
class Newsroom {
  public:
    [[nodiscard]] static Result<std::unique_ptr<Newsroom>> open();
    ~Newsroom();

    [[nodiscard]] std::string url(const OutletFacts& outlet) const;

    /// The news goes on: the stories that broke with it; empty at the end.
    [[nodiscard]] std::vector<const StoryText*> next_wave();

    /// Whether every feed has been asked for at least twice since the last wave. The second time
    /// shows that the first answer is dealt with: a feed is never fetched twice at once.
    [[nodiscard]] bool all_read() const;

  private:
    struct Impl;
    explicit Newsroom(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::daemon::demo
