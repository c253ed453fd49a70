// Aliases as flags of a command line and columns of a table.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/output/error_printer.h"
#include "coding/refusal.h"
#include "radyab/v1/catalog.pb.h"

namespace CLI {
class App;
}

namespace radyab::cli {

// "gtin", "gln", "supplier_part" and the others of v1::AliasScheme; '-' may stand for '_'.
coding::Parsed<v1::AliasScheme> AliasSchemeOf(std::string_view word);

// Which schemes a kind of thing can bear.
enum class AliasBearer { kItem, kService, kParty };

// Whether the word names a scheme that the bearer can bear. Asked for each cell of a table.
bool CanBear(AliasBearer bearer, std::string_view scheme);
// The schemes of a bearer that an export tells, as words: no personal ones, no numbers of single
// pieces.
std::vector<std::string> ExportedSchemesOf(AliasBearer bearer);

// The flags --gtin, --gtin-case GTIN=QUANTITY, --supplier-part … of a verb that registers a bearer.
// Keep it as long as the command line is being read.
class AliasFlags {
 public:
  AliasFlags(CLI::App& verb, AliasBearer bearer);

  // Adds the aliases that were given. False after a refusal was printed.
  bool Apply(google::protobuf::RepeatedPtrField<v1::Alias>& aliases,
             const ErrorPrinter& errors) const;

 private:
  struct Given {
    v1::AliasScheme scheme;
    std::vector<std::string> values;
  };
  std::vector<std::unique_ptr<Given>> given_;
  std::vector<std::string> cases_;
};

// "16260001000015=12" -> a GTIN alias of a package of twelve.
coding::Parsed<v1::Alias> PackageGtinOf(std::string_view word);

}  // namespace radyab::cli
