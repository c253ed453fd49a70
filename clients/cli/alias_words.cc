#include "clients/cli/alias_words.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "clients/cli/message_field.h"
#include "clients/cli/output/message_text.h"
#include "clients/cli/verb.h"

namespace radyab::cli {
namespace {

using coding::Parsed;
using coding::Refusal;
using coding::RefusalReason;

// Numbers of a scheme from here on name single pieces, as the proto says.
constexpr int kPieceSchemesBegin = 32;

std::vector<v1::AliasScheme> SchemeNumbersOf(AliasBearer bearer) {
  switch (bearer) {
    case AliasBearer::kItem:
      return {v1::ALIAS_SCHEME_GTIN,          v1::ALIAS_SCHEME_IRANCODE, v1::ALIAS_SCHEME_STUFFID,
              v1::ALIAS_SCHEME_SUPPLIER_PART, v1::ALIAS_SCHEME_GMN,      v1::ALIAS_SCHEME_CPID,
              v1::ALIAS_SCHEME_NSN,           v1::ALIAS_SCHEME_IRC,      v1::ALIAS_SCHEME_SSCC,
              v1::ALIAS_SCHEME_GRAI,          v1::ALIAS_SCHEME_GIAI,     v1::ALIAS_SCHEME_GDTI,
              v1::ALIAS_SCHEME_GCN,           v1::ALIAS_SCHEME_IMEI,     v1::ALIAS_SCHEME_VIN,
              v1::ALIAS_SCHEME_UID20};
    case AliasBearer::kService:
      return {v1::ALIAS_SCHEME_STUFFID,
              v1::ALIAS_SCHEME_SUPPLIER_PART,
              v1::ALIAS_SCHEME_IRANCODE_SERVICE,
              v1::ALIAS_SCHEME_GDTI,
              v1::ALIAS_SCHEME_GCN,
              v1::ALIAS_SCHEME_GSIN,
              v1::ALIAS_SCHEME_GINC};
    case AliasBearer::kParty:
      return {v1::ALIAS_SCHEME_GLN,  v1::ALIAS_SCHEME_NATIONAL_ID, v1::ALIAS_SCHEME_LEGAL_ID,
              v1::ALIAS_SCHEME_GSRN, v1::ALIAS_SCHEME_LEI,         v1::ALIAS_SCHEME_ECONOMIC_CODE};
  }
  return {};
}

std::string SchemeWord(v1::AliasScheme scheme) {
  v1::Alias alias;
  alias.set_scheme(scheme);
  return FieldText(alias, "scheme");
}

}  // namespace

Parsed<v1::AliasScheme> AliasSchemeOf(std::string_view word) {
  v1::Alias alias;
  if (auto refusal = SetField(alias, "scheme", word)) return *refusal;
  return alias.scheme();
}

bool CanBear(AliasBearer bearer, std::string_view scheme) {
  static const auto kWords = [] {
    std::map<AliasBearer, std::set<std::string, std::less<>>> words;
    for (const AliasBearer one : {AliasBearer::kItem, AliasBearer::kService, AliasBearer::kParty}) {
      for (const v1::AliasScheme number : SchemeNumbersOf(one)) {
        words[one].insert(SchemeWord(number));
      }
    }
    return words;
  }();
  return kWords.at(bearer).contains(scheme);
}

std::vector<std::string> ExportedSchemesOf(AliasBearer bearer) {
  std::vector<std::string> words;
  for (const v1::AliasScheme scheme : SchemeNumbersOf(bearer)) {
    const bool hashed = scheme == v1::ALIAS_SCHEME_NATIONAL_ID || scheme == v1::ALIAS_SCHEME_GSRN ||
                        scheme == v1::ALIAS_SCHEME_ECONOMIC_CODE;
    if (!hashed && scheme < kPieceSchemesBegin) words.push_back(SchemeWord(scheme));
  }
  return words;
}

AliasFlags::AliasFlags(CLI::App& verb, AliasBearer bearer) {
  for (const v1::AliasScheme scheme : SchemeNumbersOf(bearer)) {
    Given& given = *given_.emplace_back(std::make_unique<Given>(Given{scheme, {}}));
    std::string word = SchemeWord(scheme);
    std::ranges::replace(word, '_', '-');
    AddTexts(verb, "--" + word, given.values, "its " + word + ", again for each");
  }
  if (bearer == AliasBearer::kItem) {
    AddTexts(verb, "--gtin-case", cases_, "GTIN=QUANTITY of a package of several, again for each");
  }
}

bool AliasFlags::Apply(google::protobuf::RepeatedPtrField<v1::Alias>& aliases,
                       const ErrorPrinter& errors) const {
  for (const auto& given : given_) {
    for (const std::string& value : given->values) {
      v1::Alias& alias = *aliases.Add();
      alias.set_scheme(given->scheme);
      alias.set_value(value);
    }
  }
  for (const std::string& word : cases_) {
    const auto alias = PackageGtinOf(word);
    if (TakeOrPrint(errors, "--gtin-case", alias) == nullptr) return false;
    *aliases.Add() = *alias;
  }
  return true;
}

Parsed<v1::Alias> PackageGtinOf(std::string_view word) {
  const std::size_t equals = word.find('=');
  int quantity = 0;
  if (equals != std::string_view::npos) {
    const char* end = word.data() + word.size();
    const auto read = std::from_chars(word.data() + equals + 1, end, quantity);
    if (read.ptr != end) quantity = 0;
  }
  if (quantity < 1) {
    return Refusal{.reason = RefusalReason::kOutOfRange,
                   .at = 0,
                   .length = 0,
                   .message = "\"" + std::string(word.substr(0, 80)) +
                              "\": want GTIN=QUANTITY, for example 16260001000015=12"};
  }
  v1::Alias alias;
  alias.set_scheme(v1::ALIAS_SCHEME_GTIN);
  alias.set_value(std::string(word.substr(0, equals)));
  alias.set_contained_quantity(quantity);
  return alias;
}

}  // namespace radyab::cli
