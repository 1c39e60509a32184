// SPDX-License-Identifier: MIT
#include "feeds/time_zones.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include <unicode/timezone.h>

namespace wirewatch::feeds {

namespace {

using std::chrono::minutes;

struct Zone {
    std::string_view name;
    int minutes_east;
};

constexpr std::array kZones = std::to_array<Zone>({
    {"z", 0},      {"ut", 0},     {"utc", 0},     {"gmt", 0},     {"wet", 0},     {"est", -300},
    {"edt", -240}, {"cst", -360}, {"cdt", -300},  {"mst", -420},  {"mdt", -360},  {"pst", -480},
    {"pdt", -420}, {"ast", -240}, {"adt", -180},  {"akst", -540}, {"akdt", -480}, {"hst", -600},
    {"nst", -210}, {"ndt", -150}, {"brt", -180},  {"art", -180},  {"clt", -240},  {"bst", 60},
    {"west", 60},  {"cet", 60},   {"cest", 120},  {"met", 60},    {"mest", 120},  {"mez", 60},
    {"mesz", 120}, {"wat", 60},   {"cat", 120},   {"sast", 120},  {"eet", 120},   {"eest", 180},
    {"eat", 180},  {"msk", 180},  {"msd", 240},   {"trt", 180},   {"gst", 240},   {"pkt", 300},
    {"ist", 330},  {"wib", 420},  {"ict", 420},   {"hkt", 480},   {"sgt", 480},   {"myt", 480},
    {"pht", 480},  {"awst", 480}, {"jst", 540},   {"kst", 540},   {"acst", 570},  {"acdt", 630},
    {"aest", 600}, {"aedt", 660}, {"nzst", 720},  {"nzdt", 780},  {"zulu", 0},    {"idt", 180},
    {"irst", 210}, {"irdt", 270}, {"aft", 270},   {"samt", 240},  {"azt", 240},   {"uzt", 300},
    {"tmt", 300},  {"tjt", 300},  {"yekt", 300},  {"npt", 345},   {"bdt", 360},   {"almt", 300},
    {"kgt", 360},  {"omst", 360}, {"mmt", 390},   {"novt", 420},  {"krat", 420},  {"wita", 480},
    {"irkt", 480}, {"wit", 540},  {"yakt", 540},  {"vlat", 600},  {"magt", 660},  {"pett", 720},
    {"fjt", 720},  {"chst", 600}, {"hkst", 540},  {"sst", -660},  {"hdt", -540},  {"hast", -600},
    {"cot", -300}, {"pet", -300}, {"ect", -300},  {"vet", -240},  {"bot", -240},  {"pyt", -180},
    {"uyt", -180}, {"gft", -180}, {"clst", -180}, {"brst", -120}, {"phst", 480},
});

struct Region {
    std::string_view name;
    std::string_view city;
};

// American news time: summer or winter as the date says.
constexpr std::array kRegions{Region{"at", "America/Halifax"}, Region{"et", "America/New_York"},
                              Region{"ct", "America/Chicago"}, Region{"mt", "America/Denver"},
                              Region{"pt", "America/Los_Angeles"}};

/// "Area/City" of the tz database, as ICU has it.
std::optional<minutes> city_offset(std::string_view name, Instant local_time) {
    constexpr std::size_t kMaxName = 40;  // "America/Argentina/ComodRivadavia" has 32
    if (name.size() > kMaxName || name.find('/') == std::string_view::npos) {
        return std::nullopt;
    }
    const icu::StringPiece piece{name.data(), static_cast<std::int32_t>(name.size())};
    const std::unique_ptr<icu::TimeZone> zone{
        icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(piece))};
    if (!zone || *zone == icu::TimeZone::getUnknown()) {
        return std::nullopt;
    }
    std::int32_t raw = 0;
    std::int32_t summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    const auto ms = static_cast<UDate>(local_time.time_since_epoch().count());
    zone->getOffset(ms, /*local=*/true, raw, summer, status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<minutes>(std::chrono::milliseconds{raw + summer});
}

}  // namespace

std::optional<minutes> abbreviated_offset(std::string_view name) {
    const auto zone = std::find_if(kZones.begin(), kZones.end(), [&](const Zone& known) {
        return equal_ignoring_case(known.name, name);
    });
    return zone == kZones.end() ? std::nullopt : std::optional{minutes{zone->minutes_east}};
}

std::optional<minutes> zone_offset(std::string_view name, Instant local_time) {
    if (const auto offset = abbreviated_offset(name)) {
        return offset;
    }
    // RFC 822 had the military letters with the wrong sign; RFC 5322 section 4.3 reads them as UTC.
    if (name.size() == 1 && is_letter(name.front()) && lower(name.front()) != 'j') {
        return minutes{0};
    }
    const auto region = std::find_if(kRegions.begin(), kRegions.end(), [&](const Region& known) {
        return equal_ignoring_case(known.name, name);
    });
    return city_offset(region == kRegions.end() ? name : region->city, local_time);
}

}  // namespace wirewatch::feeds
