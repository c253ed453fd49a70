// Setting a field of a message by its path and a text, as flags and CSV columns give it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace radyab::cli {

// Sets the field at `path` ("display_name.fa") from a text:
//   codes, members, classes and objects in any of their forms (value_forms.h);
//   enums by name, with or without prefix, in either case, '-' for '_' ("customer",
//   "CASE_TYPE_COMPLAINT"); times as RFC 3339 with offset, which also fills an empty `zone_offset`
//   beside it; quantities as "12" or "12 KGM"; contact points and consents as their words
//   (contact_words.h); yes and no; whole numbers; a list gets one more element.
// Answers why the text does not fit, with its place where it has one, or nothing.
std::optional<coding::Refusal> SetField(google::protobuf::Message& message, std::string_view path,
                                        std::string_view text);

// Whether SetField knows the path.
bool HasField(const google::protobuf::Descriptor& type, std::string_view path);

}  // namespace radyab::cli
