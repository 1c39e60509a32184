// SPDX-License-Identifier: MIT
// The file with the secret half of a CURVE pair, as 'wirewatch keys new' writes it.
#pragma once

#include "base/error.hpp"
#include "publishers/curve.hpp"

#include <filesystem>

namespace wirewatch::daemon {

/// The pair that the file's secret half is of. Errors as of read_secret(), and invalid where the
/// file by its name is the public half, or holds no key.
[[nodiscard]] Result<publishers::CurveKeys> read_curve_keys(const std::filesystem::path& file);

}  // namespace wirewatch::daemon
