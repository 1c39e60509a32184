# Turns the files of daemon/starter into a .cpp, so that `wirewatch init` needs nothing installed.
# Called by the build: cmake -DROOT=… -DOUTPUT=… -P embed_starter.cmake
set(files wirewatch.toml feeds.toml rules/pakistan-russia.toml)
set(entries "")
foreach(file ${files})
    file(READ ${ROOT}/${file} text)
    string(APPEND entries "    {\"${file}\", R\"starter(${text})starter\"},\n")
endforeach()
file(WRITE ${OUTPUT}
"// Made by cmake/embed_starter.cmake from daemon/starter.
#include \"daemon/starter.hpp\"

#include <array>

namespace wirewatch::daemon {

namespace {

constexpr auto kFiles = std::to_array<StarterFile>({
${entries}});

}  // namespace

std::span<const StarterFile> starter_files() { return kFiles; }

}  // namespace wirewatch::daemon
")
