# One folder = one library. FOLDERS are the arrows the house allows (public), LIBS what only its .cpp
# files see (private). tests/system/arrows.py compares FOLDERS with the includes.
#
#   wirewatch_library(history
#       SOURCES writer.cpp …
#       HEADERS writer.hpp …
#       FOLDERS base
#       LIBS PkgConfig::sqlite)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)

add_library(wirewatch_flags INTERFACE)
target_compile_options(wirewatch_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Werror
    # Designated initialisers leave fields to their defaults on purpose (docs/architecture.md).
    -Wno-missing-field-initializers)

function(wirewatch_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;FOLDERS;LIBS" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${ARG_HEADERS})
    target_link_libraries(${name} PUBLIC ${ARG_FOLDERS} tl::expected PRIVATE wirewatch_flags ${ARG_LIBS})
endfunction()

# One folder's tests = one binary, so that a test can see no more than its folder does.
#
#   wirewatch_tests(history SOURCES writer_test.cpp … FOLDERS history support LIBS …)
function(wirewatch_tests name)
    cmake_parse_arguments(ARG "" "" "SOURCES;FOLDERS;LIBS" ${ARGN})
    add_executable(${name}_tests ${ARG_SOURCES})
    target_link_libraries(${name}_tests PRIVATE
        ${ARG_FOLDERS} ${ARG_LIBS} Catch2::Catch2WithMain wirewatch_flags)
    target_compile_definitions(${name}_tests PRIVATE
        WIREWATCH_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
    add_test(NAME ${name} COMMAND ${name}_tests --order rand --rng-seed time)
endfunction()
