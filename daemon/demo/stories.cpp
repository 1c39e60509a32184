// SPDX-License-Identifier: MIT
#include "daemon/demo/stories.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::daemon::demo {

namespace {

constexpr auto kVoa = Outlet::voice_of_america;
constexpr auto kGulf = Outlet::gulf_news;
constexpr auto kArabiya = Outlet::al_arabiya;

// clang-format off
constexpr auto kStories = std::to_array<StoryText>({
    // The three that a Pakistan–Russia desk must not miss.
    {kVoa, 1, "2021-04-06T16:12:00Z", "South & Central Asia", "Ayaz Gul",
     "south-central-asia/russias-lavrov-pakistan-discuss-bilateral-ties-afghan-peace",
     "Russia's Lavrov in Pakistan to Discuss Bilateral Ties, Afghan Peace",
     "The Russian foreign minister has arrived in Islamabad, the first such visit in nine years. His hosts "
     "expect two days of talks about closer relations and about how to end the war in Afghanistan."},
    {kGulf, 2, "2021-04-07T15:05:00Z", "Pakistan", "Sana Jamal",
     "world/asia/pakistan/pakistan-russia-agree-to-build-economic-energy-and-defence-ties-1.78395748",
     "Pakistan, Russia agree to build economic, energy and defence ties",
     "<p>Moscow will supply military equipment and drill with the Pakistani army, the two foreign ministers "
     "said. Work on the Pakistan Stream gas pipeline, the former North&ndash;South line from Karachi to "
     "Lahore, is to begin, and trade is to grow.</p>"},
    {kArabiya, 3, "2021-04-07T17:41:00Z", "World", "News Desk",
     "News/world/2021/04/07/Russian-FM-Lavrov-meets-Pakistani-PM-in-search-of-Afghan-peace",
     "Russian FM Lavrov meets Pakistani PM in search of Afghan peace",
     "<p>Sergei Lavrov and Imran Khan spoke about the Afghan talks before a conference that is planned in "
     "Istanbul. Both want a negotiated settlement with the Taliban before foreign troops leave.</p>"},

    // Voice of America
    {kVoa, 0, "2021-04-05T08:10:00Z", "South & Central Asia", "VOA News", "demo/dhaka-lockdown",
     "Bangladesh Starts Week-Long Lockdown as Virus Cases Climb",
     "Shops and offices in Dhaka closed their doors on Monday while buses stayed in their depots."},
    {kVoa, 0, "2021-04-05T09:40:00Z", "Europe", "VOA News", "demo/moscow-navalny-fever",
     "Navalny Reports Fever, Keeps Refusing Food in Russian Prison",
     "The Kremlin critic says that three men in his unit have been taken to hospital with tuberculosis."},
    {kVoa, 0, "2021-04-05T11:30:00Z", "Africa", "Desk Africa", "demo/cabo-delgado-families",
     "Families Search for Missing After Attack in Northern Mozambique",
     "Boats bring people from Palma to Pemba, where relatives wait at the port with photographs."},
    {kVoa, 0, "2021-04-05T13:00:00Z", "East Asia", "VOA News", "demo/myanmar-eggs",
     "Protesters in Myanmar Paint Easter Eggs With Slogans",
     "The eggs were left on doorsteps and bus stops as soldiers patrolled the streets of Yangon."},
    {kVoa, 0, "2021-04-05T15:20:00Z", "Economy", "VOA News", "demo/imf-outlook",
     "IMF Raises Its Outlook for World Growth",
     "Vaccination and public spending lift the forecast to six percent, but poorer countries lag behind."},
    {kVoa, 0, "2021-04-05T17:05:00Z", "Science & Health", "VOA News", "demo/mars-helicopter",
     "Small Helicopter Survives First Night on Mars",
     "Ingenuity stood on its own legs through a night of minus 90 degrees; a first flight is days away."},
    {kVoa, 0, "2021-04-05T18:45:00Z", "South & Central Asia", "VOA News", "demo/peshawar-school-books",
     "Pakistani Teachers Carry Library to Mountain Villages",
     "Two camels bring 600 books a week to children whose schools are closed."},
    {kVoa, 0, "2021-04-05T20:15:00Z", "Europe", "VOA News", "demo/ukraine-border",
     "Kyiv Watches Russian Troops Near Its Border",
     "NATO asks the Kremlin to explain the movement; Moscow calls it an exercise on its own soil."},
    {kVoa, 0, "2021-04-06T06:30:00Z", "Middle East", "VOA News", "demo/suez-backlog",
     "Last Ships of the Suez Jam Pass Through the Canal",
     "Pilots worked day and night for a week after the Ever Given was pulled free."},
    {kVoa, 0, "2021-04-06T07:25:00Z", "Americas", "VOA News", "demo/st-vincent-volcano",
     "Island in the Caribbean Listens to Its Volcano",
     "Steam rises above La Soufriere, and people in the north have packed their bags."},
    {kVoa, 4, "2021-04-06T17:35:00Z", "Middle East", "VOA News", "demo/vienna-talks",
     "Envoys Open Nuclear Talks With Iran in Vienna",
     "Diplomats of Britain, China, France, Germany and Russia move between two hotels; the Americans wait "
     "in the second."},
    {kVoa, 5, "2021-04-06T18:50:00Z", "South & Central Asia", "VOA News", "demo/kabul-university",
     "Kabul University Reopens Its Library",
     "Students who lost their books in last autumn's attack have been given new ones."},
    {kVoa, 6, "2021-04-06T20:10:00Z", "USA", "VOA News", "demo/baseball-moves",
     "Baseball Moves Its Summer Game to Denver",
     "The league leaves Atlanta after the state changed its voting law."},
    {kVoa, 7, "2021-04-06T21:30:00Z", "Press Freedom", "VOA News", "demo/press-freedom-belarus",
     "Reporters in Minsk Appeal Two-Year Sentences",
     "The court in Belarus heard the case of two journalists who had filmed a protest."},

    // Gulf News
    {kGulf, 0, "2021-04-05T05:30:00Z", "UAE", "Staff Reporter", "demo/ramadan-timings-1.78000001",
     "Working hours in Ramadan announced for the private sector",
     "<p>The working day will be two hours shorter during the holy month.</p>"},
    {kGulf, 0, "2021-04-05T06:45:00Z", "Business", "Business Desk", "demo/gold-prices-1.78000002",
     "Dubai gold prices fall for a third day",
     "<p>Buyers return to the souk as 22K drops below Dh195 a gram.</p>"},
    {kGulf, 0, "2021-04-05T08:20:00Z", "Sport", "Sports Desk", "demo/pakistan-cricket-jo-burg-1.78000003",
     "Cricket: Fakhar's 193 is not enough for Pakistan in Johannesburg",
     "<p>South Africa level the series; a Russian television crew films the crowd for a programme on the "
     "economic side of the game.</p>"},
    {kGulf, 0, "2021-04-05T10:00:00Z", "India", "Correspondent", "demo/mumbai-beaches-1.78000004",
     "Mumbai closes its beaches at night",
     "<p>Police ask walkers to go home at eight as infections rise.</p>"},
    {kGulf, 0, "2021-04-05T12:10:00Z", "UAE", "Staff Reporter", "demo/barakah-power-1.78000005",
     "Barakah plant begins commercial operation",
     "<p>The first reactor in the Arab world now feeds the grid of the Emirates.</p>"},
    {kGulf, 0, "2021-04-05T14:30:00Z", "Pakistan", "Correspondent", "demo/karachi-heat-1.78000006",
     "Karachi swelters as the mercury touches 44 degrees",
     "<p>Hospitals in the port city have opened cooling rooms.</p>"},
    {kGulf, 0, "2021-04-05T16:00:00Z", "Business", "Business Desk", "demo/opec-1.78000007",
     "Opec+ will raise output step by step from May",
     "<p>Saudi Arabia and Russia agreed the plan with the other producers by video.</p>"},
    {kGulf, 0, "2021-04-05T18:20:00Z", "Lifestyle", "Tabloid", "demo/moscow-ballet-1.78000008",
     "Moscow ballet brings Swan Lake to Dubai Opera",
     "<p>Every second seat stays empty, and the dancers are tested twice a week.</p>"},
    {kGulf, 0, "2021-04-06T04:40:00Z", "UAE", "Staff Reporter", "demo/hope-probe-1.78000009",
     "Hope Probe sends its first pictures of the dust on Mars",
     "<p>The orbiter moves to its science orbit as planned.</p>"},
    {kGulf, 0, "2021-04-06T06:15:00Z", "Asia", "Correspondent", "demo/flores-flood-1.78000010",
     "Rescue teams reach flooded villages in eastern Indonesia",
     "<p>Cyclone Seroja cut roads and telephone lines on Flores.</p>"},
    {kGulf, 0, "2021-04-06T08:00:00Z", "Europe", "Agency", "demo/slovak-sputnik-1.78000011",
     "Slovakia tests its Sputnik V doses once more",
     "<p>The regulator in Bratislava asks Moscow for papers that are missing.</p>"},
    {kGulf, 4, "2021-04-07T15:40:00Z", "Pakistan", "Correspondent", "demo/sugar-inquiry-1.78000012",
     "Islamabad: inquiry into sugar prices questions two mill owners",
     "<p>Prices have risen by a third within a year.</p>"},
    {kGulf, 5, "2021-04-07T16:15:00Z", "UAE", "Staff Reporter", "demo/metro-night-1.78000013",
     "Dubai Metro to run until 1am in Ramadan",
     "<p>Trains start at five in the morning, on Fridays at ten.</p>"},
    {kGulf, 6, "2021-04-07T17:00:00Z", "Sport", "Sports Desk", "demo/tennis-1.78000014",
     "Tennis: Russian and Pakistani juniors share a doubles title in Dubai",
     "<p>The pair agreed to trade rackets after an economic two-set final and joked about a defence pact.</p>"},
    {kGulf, 7, "2021-04-07T17:50:00Z", "Business", "Business Desk", "demo/air-cargo-1.78000015",
     "Gulf airlines carry more freight than before the pandemic",
     "<p>Vaccines and electronics fill the holds of converted passenger jets.</p>"},

    // Al Arabiya English
    {kArabiya, 0, "2021-04-05T07:00:00Z", "Gulf", "Staff Writer", "News/gulf/2021/04/05/demo-riyadh-trees",
     "Riyadh plants its first million trees",
     "<p>The Green Riyadh programme starts along the northern ring road.</p>"},
    {kArabiya, 0, "2021-04-05T09:15:00Z", "Middle East", "AFP", "News/middle-east/2021/04/05/demo-amman-prince",
     "Calm returns to Amman after a weekend of rumours",
     "<p>Jordan's royal court says that the matter will be settled within the family.</p>"},
    {kArabiya, 0, "2021-04-05T11:45:00Z", "World", "Reuters", "News/world/2021/04/05/demo-taiwan-train",
     "Taiwan mourns the dead of its worst rail accident in decades",
     "<p>A lorry had slid onto the track before a tunnel on the east coast.</p>"},
    {kArabiya, 0, "2021-04-05T13:30:00Z", "Business", "Bloomberg", "News/business/2021/04/05/demo-aramco-notes",
     "Aramco weighs sale of a stake in its pipelines",
     "<p>Banks expect bids above ten billion dollars.</p>"},
    {kArabiya, 0, "2021-04-05T16:20:00Z", "Coronavirus", "Staff Writer", "News/2021/04/05/demo-jordan-vaccine",
     "Jordan opens vaccination centres at night",
     "<p>Visitors may choose among four vaccines, one of them from Russia.</p>"},
    {kArabiya, 0, "2021-04-05T19:00:00Z", "World", "Reuters", "News/world/2021/04/05/demo-india-pakistan-letters",
     "India and Pakistan exchange letters, carefully",
     "<p>Delhi and Islamabad speak of trade in cotton and sugar, then think again.</p>"},
    {kArabiya, 0, "2021-04-06T05:50:00Z", "Middle East", "AFP", "News/middle-east/2021/04/06/demo-cairo-mummies",
     "Egypt's kings and queens move house in golden parade",
     "<p>Twenty-two mummies crossed Cairo to their new museum.</p>"},
    {kArabiya, 0, "2021-04-06T08:35:00Z", "World", "AFP", "News/world/2021/04/06/demo-greenland-vote",
     "Greenland votes in an election about a mine",
     "<p>Rare earths lie under the hills of the south; so do sheep farms.</p>"},
    {kArabiya, 0, "2021-04-06T10:05:00Z", "World", "Reuters", "News/world/2021/04/06/demo-putin-law",
     "Putin signs law that lets him run twice more",
     "<p>The change follows last summer's vote on the Russian constitution.</p>"},
    {kArabiya, 4, "2021-04-07T18:10:00Z", "Gulf", "Staff Writer", "News/gulf/2021/04/07/demo-umrah-permits",
     "Permits for Umrah in Ramadan go to the vaccinated",
     "<p>Pilgrims book through two applications on their telephones.</p>"},
    {kArabiya, 5, "2021-04-07T18:40:00Z", "Middle East", "AFP", "News/middle-east/2021/04/07/demo-beirut-silos",
     "Engineers warn that Beirut's silos lean a little more",
     "<p>The towers shielded half the city from the blast last August.</p>"},
    {kArabiya, 6, "2021-04-07T19:20:00Z", "World", "Reuters", "News/world/2021/04/07/demo-turkey-canal",
     "Turkey defends its plan for a second Bosphorus",
     "<p>Retired admirals have questioned what the canal means for the Montreux treaty.</p>"},
    {kArabiya, 7, "2021-04-07T20:00:00Z", "Technology", "Staff Writer", "News/technology/2021/04/07/demo-chips",
     "Carmakers idle factories for want of chips",
     "<p>A fire in Japan and a frost in Texas have made the shortage worse.</p>"},
});
// clang-format on

}  // namespace

std::span<const StoryText> stories() {
    return kStories;
}

int last_wave() {
    return std::max_element(kStories.begin(), kStories.end(),
                            [](const StoryText& a, const StoryText& b) { return a.wave < b.wave; })
        ->wave;
}

}  // namespace wirewatch::daemon::demo
