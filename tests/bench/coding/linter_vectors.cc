#include "tests/bench/coding/linter_vectors.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "coding/linters/linter.h"

namespace radyab::bench {
namespace {

using coding::LintContext;
using coding::Linter;
using coding::PrefixAnswer;

constexpr int kPrefixesOfOneCoupon = 4;  // its own, two further purchases, a retailer

// A source of company prefixes that knows the first ones it is asked for and then answers no more.
struct PrefixSource {
  int known_first = 0;
  PrefixAnswer then = PrefixAnswer::kUnknown;
};
PrefixSource prefix_source;

PrefixAnswer AskPrefixSource(std::string_view) {
  return prefix_source.known_first-- > 0 ? PrefixAnswer::kKnown : prefix_source.then;
}

struct Case {
  const Linter* linter = nullptr;
  std::string in;
  std::optional<std::string> marked;  // none: the content is right
};

std::optional<std::string> Marked(const Case& one, const LintContext& context) {
  const auto fault = one.linter->rule(one.in, context);
  if (!fault) return std::nullopt;
  std::string marked = one.in;
  marked.insert(fault->begin + fault->bytes, "*");
  marked.insert(fault->begin, "*");
  return marked;
}

bool Passes(const Case& one) { return Marked(one, {}) == one.marked; }

// A prefix that a source denies: which of the prefixes in the content it is the mark tells.
bool PassesWithSource(const Case& one, PrefixAnswer answer) {
  for (int known = 0; known < kPrefixesOfOneCoupon; ++known) {
    prefix_source = {known, answer};
    const LintContext context{coding::kCenturyReferenceYear, AskPrefixSource};
    if (Marked(one, context) == one.marked) return true;
  }
  return false;
}

// Where the file has no content but the words "a prefix of every length", these are meant: digits
// of the shortest prefix cut short, or with a letter at every place. `head` stands before them.
std::vector<Case> PrefixFamily(const Linter* linter, const std::string& head,
                               const std::string& code) {
  const std::string digits = "0123";
  std::vector<Case> family;
  if (code.empty()) {
    for (const char* more : {"", "4", "A"}) family.push_back({linter, head + digits + more, {}});
  } else if (code == "GS1_LINTER_TOO_SHORT_FOR_GCP") {
    for (std::size_t length = 0; length < digits.size(); ++length) {
      const std::string cut = digits.substr(0, length);
      // Nothing after the head: all is marked.
      family.push_back(
          {linter, head + cut, cut.empty() ? "*" + head + "*" : head + "*" + cut + "*"});
    }
  } else if (code == "GS1_LINTER_INVALID_GCP_PREFIX") {
    for (std::size_t at = 0; at < digits.size(); ++at) {
      const std::string tail(digits.size() - at, 'A');
      family.push_back({linter, head + digits.substr(0, at) + "A" + tail,
                        head + digits.substr(0, at) + "*A*" + tail});
    }
  }
  return family;
}

bool PassesRow(const nlohmann::json& row) {
  const Linter* linter = coding::FindLinter(row.at("linter").get<std::string>());
  if (linter == nullptr) return false;
  const std::string code = row.contains("code") ? row["code"].value("expr", "") : "";
  if (!row.at("in").is_string()) {
    const auto family = PrefixFamily(linter, linter->name == "gcppos2" ? "I" : "", code);
    return !family.empty() && std::ranges::all_of(family, Passes);
  }
  Case one{linter, row["in"].get<std::string>(), std::nullopt};
  if (!row.at("ok").get<bool>()) one.marked = row.at("marked").get<std::string>();
  if (code == "GS1_LINTER_GCP_DATASOURCE_OFFLINE") {
    return PassesWithSource(one, PrefixAnswer::kUnavailable);
  }
  if (code == "GS1_LINTER_INVALID_GCP_PREFIX") {
    return PassesWithSource(one, PrefixAnswer::kUnknown);
  }
  return Passes(one);
}

}  // namespace

VectorCount RunLinterVectors(const std::string& path) {
  VectorCount count;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const auto row = nlohmann::json::parse(line, nullptr, false);
    if (row.is_discarded()) {
      count.failures.push_back("no JSON: " + line);
    } else if (PassesRow(row)) {
      ++count.passed;
    } else {
      count.failures.push_back(line);
    }
    ++count.cases;
  }
  return count;
}

}  // namespace radyab::bench
