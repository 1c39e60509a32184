// SPDX-License-Identifier: MIT
// Standard input, output and error, which a caller may have closed.
#pragma once

namespace wirewatch::daemon {

/// First of all in a program: puts /dev/null on those of the three that are closed. Else the next
/// file that is opened, such as the database's lock, would be one of them, and get what is printed
/// and logged. They go on failing as closed ones do: nobody takes for written what nobody can read.
void fill_closed_streams();

}  // namespace wirewatch::daemon
