// The pages for callers agree with the code: docs/errors.md lists every reason and every kind of
// fault, each with advice, and nothing else; docs/api.md lists every method with its roles and
// reach.
#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

#include "coding/refusal.h"
#include "grpc/handlers.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

// The first cells of the page's table rows, which are names in backquotes; every other cell says
// something.
std::set<std::string> NamesOnThePage() {
  std::ifstream file(RADYAB_SOURCE_DIR "/docs/errors.md");
  static const std::regex row(R"(\| `([A-Z0-9_]+)` \|(.*)\|)");
  std::set<std::string> names;
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, row)) continue;
    EXPECT_TRUE(names.insert(match[1]).second) << match[1] << " stands twice";
    std::istringstream cells{std::string(match[2])};
    for (std::string cell; std::getline(cells, cell, '|');) {
      EXPECT_GT(cell.size(), 4u) << match[1] << " has an empty cell";
    }
  }
  return names;
}

std::set<std::string> NamesInTheCode() {
  std::set<std::string> names;
  for (int number = 0;; ++number) {
    const auto name = ReasonName(static_cast<Reason>(number));
    if (name == "REASON_UNKNOWN") break;
    names.emplace(name);
  }
  for (int number = 0;; ++number) {
    const auto name = coding::RefusalReasonName(static_cast<coding::RefusalReason>(number));
    if (name == "UNKNOWN") break;
    names.emplace(name);
  }
  return names;
}

TEST(ErrorsPage, ListsEveryReasonWithAdvice) {
  const auto in_the_code = NamesInTheCode();
  EXPECT_GE(in_the_code.size(), 46u);
  EXPECT_EQ(NamesOnThePage(), in_the_code);
}

// "| GetItem | every key | all |", as the row of a method must begin.
std::string RowOf(const google::protobuf::MethodDescriptor& method, const MethodRule& rule) {
  std::string who;
  int with_key = 0;
  for (int role = v1::ROLE_ADMIN; role < v1::ROLE_PUBLIC; ++role) {
    if (!rule.Allows(static_cast<v1::Role>(role))) continue;
    ++with_key;
    std::string name = v1::Role_Name(static_cast<v1::Role>(role)).substr(5);
    for (char& letter : name) letter = static_cast<char>(std::tolower(letter));
    who += (who.empty() ? "" : ", ") + name;
  }
  if (with_key == v1::ROLE_PUBLIC - v1::ROLE_ADMIN) who = "every key";
  if (rule.Allows(v1::ROLE_PUBLIC)) who += ", and without one";
  return "| " + method.name() + (method.client_streaming() ? " (stream) | " : " | ") + who +
         (rule.scope == v1::SCOPE_GLOBAL ? " | all |" : " | own member |");
}

TEST(ApiPage, ListsEveryMethodWithItsRolesAndReach) {
  std::ifstream file(RADYAB_SOURCE_DIR "/docs/api.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const auto* service : AllMethods().services()) {
    EXPECT_NE(page.find("\n## " + service->name() + "\n"), std::string::npos) << service->name();
    for (int i = 0; i < service->method_count(); ++i) {
      const auto rule = RuleOf(*service->method(i));
      ASSERT_TRUE(rule.ok());
      const std::string row = RowOf(*service->method(i), *rule);
      EXPECT_NE(page.find("\n" + row), std::string::npos) << row;
    }
  }
}

}  // namespace
}  // namespace radyab::rpc
