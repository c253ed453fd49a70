// Flags that set fields of a message.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/output/error_printer.h"

namespace google::protobuf {
class Message;
}

namespace CLI {
class App;
}

namespace radyab::cli {

// One flag and the field it sets. It is given once, for a list again for each element.
struct FieldFlag {
  const char* flag;  // "--name-fa"
  const char* path;  // "display_name.fa"
  const char* help;
  bool list = false;
};

// Keep it (shared) as long as the command line is being read. For one thread.
class FieldFlags {
 public:
  FieldFlags(CLI::App& verb, std::span<const FieldFlag> flags);

  // Sets the fields of the flags that were given. False after the first refusal was printed. A list
  // is replaced as a whole, not added to.
  bool Apply(google::protobuf::Message& message, const ErrorPrinter& errors) const;

  // The paths of the given flags: those of an update mask.
  std::vector<std::string> GivenFields() const;

 private:
  struct Given {
    FieldFlag flag;
    std::vector<std::string> values;
  };
  std::deque<Given> given_;  // a deque: its elements keep their places
};

}  // namespace radyab::cli
