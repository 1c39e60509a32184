// SPDX-License-Identifier: MIT
#include "daemon/curve_key_file.hpp"

#include "base/printable.hpp"
#include "daemon/secret_file.hpp"

namespace wirewatch::daemon {

Result<publishers::CurveKeys> read_curve_keys(const std::filesystem::path& file) {
    // Both halves look alike, and libzmq would take the one for the other: nobody could connect.
    if (file.extension() == ".public") {
        auto secret = file;
        secret.replace_extension(".secret");
        return fail(Errc::invalid,
                    "'" + printable(file.string()) +
                        "' is the public half of a pair; the secret half is wanted: '" +
                        printable(secret.string()) + "'");
    }
    return read_secret(file).and_then(
        [](const std::string& secret) { return publishers::curve_keys_of(secret); });
}

}  // namespace wirewatch::daemon
