// Texts that may not be sent.
#pragma once

#include <optional>
#include <string>

namespace google::protobuf {
class Message;
}

namespace radyab::client {

// The path ("item.display_name.fa") of the first text of the message that is no UTF-8, or nothing.
// The server could only drop such a message whole, without saying which field it was.
std::optional<std::string> PathOfInvalidText(const google::protobuf::Message& message);

}  // namespace radyab::client
