// What the words of a verb of items, services and parties say.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "clients/cli/alias_words.h"
#include "clients/cli/field_flags.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/resource_update.h"

namespace radyab::cli {

// Each verb uses those that it has declared.
struct CodedArguments {
  std::string code;
  std::string member;
  std::string name_prefix;
  std::string request_id;
  std::string reserved;
  bool dry_run = false;
  bool strict = false;
  std::vector<std::string> attributes;
  UpdateOptions update;
  ListLimit limit;
  std::unique_ptr<FieldFlags> flags;
  std::unique_ptr<AliasFlags> aliases;
};

}  // namespace radyab::cli
