// The content rules of GS1 values, one function a rule, named as in the GS1 Barcode Syntax
// Dictionary (facts: GS1 General Specifications, sections 3 and 7).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "coding/civil_date.h"
#include "coding/refuse.h"

namespace radyab::coding {

// What a source of GS1 company prefixes says of digits that begin with one.
enum class PrefixAnswer { kKnown, kUnknown, kUnavailable };
using CompanyPrefixLookup = PrefixAnswer (*)(std::string_view digits);

// What a rule may need beside the content.
struct LintContext {
  int current_year = kCenturyReferenceYear;  // places two-digit years
  // Who knows which company prefixes were given out; null: any digits of a right length may be one.
  CompanyPrefixLookup company_prefixes = nullptr;
};

// Looks at one part of a value. Answers what is wrong, with byte offsets into the content, or
// nothing. Any text may be given, also an empty one. Pure; any thread.
using LintRule = std::optional<Fault> (*)(std::string_view content, const LintContext& context);

struct Linter {
  std::string_view name;  // "csum"
  LintRule rule = nullptr;
};

// All rules, in the order of their names.
std::span<const Linter> Linters();

// The rule of this name, or null. Lives for ever.
const Linter* FindLinter(std::string_view name);

}  // namespace radyab::coding
