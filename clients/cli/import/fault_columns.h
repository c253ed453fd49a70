// What a table calls the fields that the server names in its refusals.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/import/import_plan.h"

namespace radyab::cli {

// What of a row tells its columns: kept until the verdict is there. Plain values.
class FaultColumns {
 public:
  FaultColumns() = default;
  FaultColumns(const ImportPlan& plan, google::protobuf::Message& row);

  // The column of `header` that holds the field with this path ("item.attributes[1].value":
  // "attr.fat_percent"). Of a field that no column alone holds, its path within the thing.
  std::string ColumnOf(std::string_view field, const std::vector<std::string>& header) const;

 private:
  std::string resource_;                 // "item."
  std::vector<std::string> attributes_;  // the key of each attribute
  std::vector<std::string> aliases_;     // the column of each alias
};

// Says the faults of `verdict` by the columns of `header`.
void TellByColumns(const FaultColumns& columns, const std::vector<std::string>& header,
                   v1::RowVerdict& verdict);

}  // namespace radyab::cli
