# Everything from outside, once. Folders link these by name; Debian 12 has them all (script/packages).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(pugixml REQUIRED)
find_package(spdlog REQUIRED)
find_package(tl-expected REQUIRED)
find_package(tomlplusplus REQUIRED)

pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl>=7.87)
pkg_check_modules(zmq REQUIRED IMPORTED_TARGET libzmq)
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3>=3.38)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-pull)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)

# libstemmer comes without a pkg-config file.
find_library(STEMMER_LIBRARY stemmer REQUIRED)
find_path(STEMMER_INCLUDE_DIR libstemmer.h REQUIRED)
add_library(stemmer INTERFACE)
target_link_libraries(stemmer INTERFACE ${STEMMER_LIBRARY})
target_include_directories(stemmer SYSTEM INTERFACE ${STEMMER_INCLUDE_DIR})

# CLD2 neither.
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_path(CLD2_INCLUDE_DIR cld2/public/compact_lang_det.h REQUIRED)
add_library(cld2 INTERFACE)
target_link_libraries(cld2 INTERFACE ${CLD2_LIBRARY})
target_include_directories(cld2 SYSTEM INTERFACE ${CLD2_INCLUDE_DIR})

# Some hostile HTML makes gumbo's own assertions fail, which would end the program. In this copy of
# it they call wirewatch_gumbo_failed instead (feeds/html_tree.cpp, docs/decisions/0005).
pkg_check_modules(gumbo REQUIRED gumbo)
find_library(GUMBO_ARCHIVE libgumbo.a REQUIRED)
set(GUARDED_GUMBO ${CMAKE_BINARY_DIR}/libgumbo_guarded.a)
if(${GUMBO_ARCHIVE} IS_NEWER_THAN ${GUARDED_GUMBO})
    execute_process(
        COMMAND ${CMAKE_OBJCOPY} --redefine-sym __assert_fail=wirewatch_gumbo_failed
                ${GUMBO_ARCHIVE} ${GUARDED_GUMBO}
        COMMAND_ERROR_IS_FATAL ANY)
endif()
add_library(gumbo INTERFACE)
target_link_libraries(gumbo INTERFACE ${GUARDED_GUMBO})
target_include_directories(gumbo SYSTEM INTERFACE ${gumbo_INCLUDE_DIRS})
