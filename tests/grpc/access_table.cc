#include "tests/grpc/access_table.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

namespace radyab::rpc {
namespace {

constexpr std::size_t kColumns = 7;  // and one more in rows that not every role sees

std::string Trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(' ');
  const auto end = text.find_last_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

std::vector<std::string> Columns(const std::string& line) {
  std::vector<std::string> columns;
  std::istringstream stream(line);
  for (std::string column; std::getline(stream, column, '|');) columns.push_back(Trimmed(column));
  return columns;
}

std::set<std::string> RolesIn(const std::string& text) {
  std::set<std::string> roles;
  std::istringstream stream(text);
  for (std::string word; stream >> word;) {
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::toupper(c); });
    if (word == "EVERY") {
      roles.insert(
          {"ADMIN", "REGISTRAR", "MEMBER", "WAREHOUSE", "DESK", "QUALITY", "PARTNER", "OPERATOR"});
    } else {
      roles.insert(word);
    }
  }
  return roles;
}

}  // namespace

std::map<std::string, AccessRow> ReadAccessTable(const std::string& path) {
  std::ifstream file(path);
  std::map<std::string, AccessRow> table;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto columns = Columns(line);
    if (columns.size() < kColumns || columns.size() > kColumns + 1 || table.contains(columns[0])) {
      std::fprintf(stderr, "%s: malformed or repeated: %s\n", path.c_str(), line.c_str());
      std::abort();
    }
    table[columns[0]] = {columns[0].substr(0, columns[0].find(' ')),
                         RolesIn(columns[1]),
                         columns[2],
                         columns[3],
                         columns[4],
                         columns[5],
                         columns[6],
                         RolesIn(columns.size() > kColumns ? columns[kColumns] : "")};
  }
  return table;
}

}  // namespace radyab::rpc
