// Fields of a message as people read them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace google::protobuf {
class EnumDescriptor;
class Message;
}  // namespace google::protobuf

namespace radyab::cli {

// Times for people are from now on told by the Iranian calendar, at Tehran's offset:
// "1405-09-05 13:50:30+03:30". Before any other thread is there. JSON, and days that stand on
// labels, are told as ever.
void ShowJalaliTimes();

// The field at a path ("display_name.fa", "life.state") as a short text: enums without their prefix
// and in lower case ("decision_communicated"), times as "2026-03-01 10:20:30Z", a quantity as "12
// C62", a name as its Persian and English forms, lists with ", " between; empty for what is not
// set. An unknown path is empty.
std::string FieldText(const google::protobuf::Message& message, std::string_view path);

// Every field that is set, in the order of the message, with its path; messages inside are gone
// into.
std::vector<std::pair<std::string, std::string>> FieldTexts(
    const google::protobuf::Message& message);

// What the names of an enum begin with: "CASE_STATE_" of CaseState.
std::string EnumPrefix(const google::protobuf::EnumDescriptor& type);

// The message as one line of JSON: original field names, 64-bit numbers as strings, enums by name,
// fields without a value too.
std::string JsonLine(const google::protobuf::Message& message);

}  // namespace radyab::cli
