// SPDX-License-Identifier: MIT
#include "feeds/http_status.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace wirewatch::feeds;

TEST_CASE("a page that wants a browser to solve a challenge is named as a wall against robots") {
    // Parts of such pages, as their makers' servers send them.
    const auto page =
        GENERATE(as<std::string>{}, "<html><head><title>Just a moment...</title></head>",
                 "<script src=\"/cdn-cgi/challenge-platform/h/b/orchestrate/\">",
                 "<p>Please Enable JavaScript and cookies to continue</p>",
                 "<iframe src=\"https://geo.captcha-delivery.com/captcha/?\">",
                 "<script src=\"/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e\">",
                 "<script id=\"anubis_challenge\" type=\"application/json\">",
                 "<div class=\"g-recaptcha\" data-sitekey=\"x\">");
    const int status = GENERATE(403, 429, 503);
    CAPTURE(page, status);
    CHECK(is_robot_wall(page));
    const std::string words = status_words(status, page);
    CHECK_THAT(words, Catch::StartsWith(status_words(status).substr(0, 4)));
    CHECK_THAT(words, Catch::Contains(": a wall against robots: "));
    CHECK_THAT(words, Catch::Contains("ask its owner"));
}

TEST_CASE("a plain refusal is none") {
    CHECK_FALSE(is_robot_wall("<html><h1>403 Forbidden</h1><hr>nginx</html>"));
    CHECK(status_words(403, "<h1>403 Forbidden</h1>") == status_words(403));
    CHECK(status_words(403, "") == status_words(403));
    // Elsewhere the same words are somebody's article.
    CHECK(status_words(404, "<title>Just a moment...</title>") == status_words(404));
}

TEST_CASE("of a page without end only its beginning is looked at") {
    CHECK_FALSE(is_robot_wall(std::string(64u << 10, ' ') + "g-recaptcha"));
}
