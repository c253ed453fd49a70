// Rows of an export as the cells of a table.
#pragma once

#include <google/protobuf/message.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/import/import_plan.h"

namespace radyab::cli {

// The name of the column that holds what the registry calls the row: "code", or "name" where things
// have no code; empty for classes and aliases, whose rows say it themselves.
std::string_view NameColumn(const ImportPlan& plan);

// Finds which columns the rows of a table want: those of the kind, and one for each key of their
// attributes. For one thread.
class TableColumns {
 public:
  // `with_states`: a column `state` besides.
  TableColumns(const ImportPlan& plan, bool with_states);

  void See(google::protobuf::Message& row);
  std::vector<std::string> Names() const;

 private:
  const ImportPlan& plan_;
  const bool with_states_;
  std::set<std::string> attributes_, units_;
};

// The cells of a row under these columns. Empty when a table cannot tell the row so that an import
// would read the very same: then `why` says so.
std::vector<std::string> CellsOf(const ImportPlan& plan, const std::vector<std::string>& columns,
                                 google::protobuf::Message& row, std::string& why);

// The row as one line of JSON, without the fields that the server alone fills but its name.
std::string JsonLineOf(const ImportPlan& plan, google::protobuf::Message& row, bool with_states);

}  // namespace radyab::cli
