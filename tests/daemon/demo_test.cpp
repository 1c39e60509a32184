// SPDX-License-Identifier: MIT
#include "base/time.hpp"
#include "daemon/demo/newsroom.hpp"
#include "feeds/identity.hpp"
#include "feeds/parser.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace wirewatch;
using namespace wirewatch::daemon;

namespace {

std::vector<Article> articles_of(const demo::OutletFacts& outlet, int wave) {
    auto feed = feeds::parse_feed(demo::render(outlet, wave), {});
    REQUIRE(feed);
    CHECK(feed->repaired.empty());
    CHECK(feed->title == outlet.title);
    return std::move(feed->articles);
}

}  // namespace

TEST_CASE("the demo's feeds carry the three real articles as they appeared") {
    struct Real {
        demo::Outlet outlet;
        std::string title, author, url, published;
    };
    const Real real = GENERATE(values<Real>({
        {demo::Outlet::voice_of_america,
         "Russia's Lavrov in Pakistan to Discuss Bilateral Ties, Afghan Peace", "Ayaz Gul",
         "https://www.voanews.com/south-central-asia/"
         "russias-lavrov-pakistan-discuss-bilateral-ties-afghan-peace",
         "2021-04-06T16:12:00Z"},
        {demo::Outlet::gulf_news,
         "Pakistan, Russia agree to build economic, energy and defence ties", "Sana Jamal",
         "https://gulfnews.com/world/asia/pakistan/"
         "pakistan-russia-agree-to-build-economic-energy-and-defence-ties-1.78395748",
         "2021-04-07T15:05:00Z"},
        {demo::Outlet::al_arabiya, "Russian FM Lavrov meets Pakistani PM in search of Afghan peace",
         "News Desk",
         "https://english.alarabiya.net/News/world/2021/04/07/"
         "Russian-FM-Lavrov-meets-Pakistani-PM-in-search-of-Afghan-peace",
         "2021-04-07T17:41:00Z"},
    }));
    CAPTURE(real.title);
    const auto outlet =
        std::find_if(demo::outlets().begin(), demo::outlets().end(),
                     [&](const auto& facts) { return facts.outlet == real.outlet; });
    const auto articles = articles_of(*outlet, demo::last_wave());
    const auto found = std::find_if(articles.begin(), articles.end(), [&](const Article& article) {
        return article.url == real.url;
    });
    REQUIRE(found != articles.end());
    CHECK(found->title == real.title);
    CHECK(found->authors == std::vector<std::string>{real.author});
    REQUIRE(found->published);
    CHECK(to_rfc3339(*found->published) == real.published);
    CHECK_FALSE(found->summary.empty());
    CHECK(found->summary.find('<') == std::string::npos);
}

TEST_CASE("the demo's feeds carry forty or more others, each article once") {
    std::set<std::string> keys;
    std::size_t count = 0;
    for (const demo::OutletFacts& outlet : demo::outlets()) {
        auto articles = articles_of(outlet, demo::last_wave());
        count += articles.size();
        feeds::assign_keys(articles, outlet.id, feeds::choose_identity(articles, {}, {}));
        for (const Article& article : articles) {
            keys.insert(article.key);
        }
    }
    CHECK(count >= 43);
    CHECK(count == demo::stories().size());
    CHECK(keys.size() == count);
}

TEST_CASE("each wave of the demo brings news, and the three articles come first") {
    for (int wave = 1; wave <= demo::last_wave(); ++wave) {
        CAPTURE(wave);
        const auto broke = std::count_if(demo::stories().begin(), demo::stories().end(),
                                         [&](const auto& story) { return story.wave == wave; });
        CHECK(broke == (wave <= 3 ? 1 : 3));
    }
}
