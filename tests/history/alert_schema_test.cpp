// SPDX-License-Identifier: MIT
// docs/alert.schema.json and the bodies that go out must not drift apart. This reads only the part
// of JSON Schema that our schema uses.
#include "base/message.hpp"
#include "history/alert_body.hpp"
#include "history/alert_sample.hpp"

#include <fstream>

#include <re2/re2.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace wirewatch::history {

namespace {

using Json = nlohmann::json;

const Json& schema() {
    static const Json whole = Json::parse(std::ifstream{WIREWATCH_DOCS "/alert.schema.json"});
    return whole;
}

bool is_of(const Json& value, const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "null" && value.is_null()) ||
           (type == "integer" && value.is_number_integer()) ||
           (type == "number" && value.is_number());
}

void check(const Json& value, const Json& rule, const std::string& where);

void check_object(const Json& value, const Json& rule, const std::string& where) {
    for (const Json& name : rule.at("required")) {
        INFO(where << "." << name);
        CHECK(value.contains(name.get<std::string>()));
    }
    for (const auto& [name, member] : value.items()) {
        INFO(where << "." << name << " is not in the schema");
        REQUIRE(rule.at("properties").contains(name));
        check(member, rule.at("properties").at(name), where + "." + name);
    }
}

void check(const Json& value, const Json& rule, const std::string& where) {
    INFO(where << ": " << value.dump());
    if (rule.contains("$ref")) {
        const auto pointer = rule.at("$ref").get<std::string>().substr(1);
        return check(value, schema().at(Json::json_pointer{pointer}), where);
    }
    if (rule.contains("anyOf")) {  // null or something
        if (!value.is_null()) {
            check(value, rule.at("anyOf").at(1), where);
        }
        return;
    }
    if (rule.contains("const")) {
        CHECK(value == rule.at("const"));
    } else if (rule.contains("enum")) {
        CHECK_THAT(rule.at("enum").get<std::vector<std::string>>(),
                   Catch::VectorContains(value.get<std::string>()));
    } else if (rule.at("type").is_array()) {
        CHECK((is_of(value, rule.at("type").at(0)) || is_of(value, rule.at("type").at(1))));
    } else {
        REQUIRE(is_of(value, rule.at("type")));
    }
    if (rule.contains("pattern")) {
        CHECK(RE2::PartialMatch(value.get_ref<const std::string&>(),
                                rule.at("pattern").get<std::string>()));
    }
    if (rule.contains("minimum")) {
        CHECK(value >= rule.at("minimum"));
    }
    if (value.is_object()) {
        check_object(value, rule, where);
    }
    if (value.is_array()) {
        for (const Json& item : value) {
            check(item, rule.at("items"), where + "[]");
        }
    }
}

}  // namespace

TEST_CASE("a body is as docs/alert.schema.json says, and has nothing that is not in it") {
    Alert alert = sample_alert();
    if (GENERATE(false, true)) {
        alert.article.summary.assign(100'000, 'x');
        alert.article.published.reset();
        alert.article.updated = alert.committed + std::chrono::milliseconds{7};
        alert.hit.score.reset();
    }
    const Json body = Json::parse(alert_body(alert, "test", kMaxBodyBytes));
    check(body, schema(), "body");
}

}  // namespace wirewatch::history
