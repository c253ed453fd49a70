// What can be imported, and which column or JSON field goes where.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/alias_words.h"
#include "radyab/v1/import.pb.h"

namespace radyab::cli {

enum class ImportKind { kMembers, kClasses, kItems, kServices, kParties, kAliases, kEvents };

// The column and the key that tells in a file of refused rows why each was refused. It is passed
// over.
inline constexpr std::string_view kRefusedBecause = "refused_because";

// One kind of import. A row is one message of `prototype`: the request that registers one thing, or
// the row of an import stream; the thing itself stands in its field `resource`.
struct ImportPlan {
  ImportKind kind;
  const char* word;  // "items"
  const google::protobuf::Message& (*prototype)();
  const char* resource;  // "item"
  std::optional<AliasBearer> bearer;
};

// The plan of "members", "classes", "items", "services", "parties", "aliases" or "events"; null for
// any other word.
const ImportPlan* FindImportPlan(std::string_view word);
std::vector<std::string> ImportWords();

// The thing in a row, made when it is not there yet.
google::protobuf::Message& ResourceOf(const ImportPlan& plan, google::protobuf::Message& row);

// Whether a column of that name can be taken. `columns` of docs/cli.md: fields of the resource by
// their path, "name_fa", "name_en", "class", "request_id", "attr.KEY", "attr_unit.KEY", the alias
// schemes, "gtin_case", "gtin_case_quantity", "attributes" (classes), "objects", "quantity", "unit"
// and others (events).
bool KnowsColumn(const ImportPlan& plan, std::string_view column);

// Whether the column is a field that the server alone fills ("code", "etag", "life.state" …).
bool IsOutputOnly(const ImportPlan& plan, std::string_view column);

// Takes those fields out of a row.
void ClearOutputOnly(const ImportPlan& plan, google::protobuf::Message& row);

// The values of a list cell: between semicolons, of which `\;` is none.
std::vector<std::string> SplitList(std::string_view cell);
std::string JoinList(const std::vector<std::string>& values);

// Takes one cell; an empty one is taken as not given. The fault when it does not fit, with the
// column as field.
std::optional<v1::RowFault> SetColumn(const ImportPlan& plan, std::string_view column,
                                      const std::string& cell, google::protobuf::Message& row);

// Ends a row of cells: facts that go for all objects of an event are spread over them. The fault of
// a row that has one half of something only.
std::optional<v1::RowFault> FinishColumns(const ImportPlan& plan, google::protobuf::Message& row);

// Takes a JSON object: the whole row ({"item":{…},"aliases":[…]}) or the thing alone with "aliases"
// and "request_id" beside its fields. Fields by their names in the API; unknown ones are faults,
// and so are those that the server alone fills, unless `new_codes`: then they are passed over.
std::optional<v1::RowFault> SetFromJson(const ImportPlan& plan, const std::string& line,
                                        google::protobuf::Message& row, bool new_codes = false);

}  // namespace radyab::cli
