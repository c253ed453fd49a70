// A dry run stores nothing, so that two rows of one file may claim the same number and both be
// found acceptable: here is what tells.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "clients/cli/import/import_plan.h"

namespace radyab::cli {

// What only one thing may have: an alias within its member, a class's key code, a GS1 prefix.
struct RowClaim {
  std::string what;   // as it is compared
  std::string field;  // where it stands in the row
  std::string code;   // of a row of aliases: the code it is to lead to
};
std::vector<RowClaim> ClaimsOf(const ImportPlan& plan, google::protobuf::Message& row);

// The claims of the rows that were found acceptable. For one thread.
class TriedRows {
 public:
  // Refuses the row (ALREADY_EXISTS) when a row before it has one of its claims, or makes it a
  // duplicate when that alias leads to the same code; else keeps the claims of an acceptable row.
  void Judge(const std::vector<RowClaim>& claims, std::int64_t row, v1::RowVerdict& verdict);

 private:
  struct Holder {
    std::int64_t row = 0;
    std::string code;
  };
  std::map<std::string, Holder> holders_;
};

}  // namespace radyab::cli
