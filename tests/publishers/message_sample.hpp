// SPDX-License-Identifier: MIT
#pragma once

#include "base/message.hpp"

namespace wirewatch::publishers {

/// One as the outbox would hold it.
inline Message sample_message() {
    Message message;
    message.topic = alert_topic("pakistan-russia");
    message.seq = 0x0102030405060708;
    message.tseq = 7;
    message.uuid = *parse_uuid("00112233-4455-6677-8899-aabbccddeeff");
    message.epoch = "00ff00ff12345678";
    message.body = R"({"specversion":"1.0","type":"wirewatch.alert.v1"})";
    return message;
}

}  // namespace wirewatch::publishers
