// The written table of who may call what (access_table.txt).
#pragma once

#include <map>
#include <set>
#include <string>

namespace radyab::rpc {

struct AccessRow {
  std::string method;           // "CatalogService.CreateItem"
  std::set<std::string> roles;  // "ADMIN" …, "PUBLIC"
  std::string scope;            // "GLOBAL" or "OWN_MEMBER"
  // "OK", the reason of the refusal, or "ROW REASON".
  std::string own;
  std::string foreign;
  std::string missing;
  std::string request;  // protobuf text with $words
  // Who is answered `own` and `foreign`; other roles find nothing: `missing`. Empty: all of them.
  std::set<std::string> seen_by;
};

// By the first column: the method, or the method and a word for what it is asked about,
// "CodeService.Resolve party". Stops the test on a malformed line.
std::map<std::string, AccessRow> ReadAccessTable(const std::string& path);

}  // namespace radyab::rpc
