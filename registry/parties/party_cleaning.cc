#include "registry/parties/party_cleaning.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "coding/text_fold.h"
#include "registry/catalog/member_registry.h"
#include "registry/fault_list.h"
#include "registry/parties/active_parties.h"

namespace radyab::parties {
namespace {

constexpr std::int64_t kCheckEvery = 1'000;

// One text of a party that is cleaned.
struct CleanedField {
  std::string_view path;
  const std::string& (*get)(const v1::Party&);
  void (*set)(v1::Party&, const std::string&);
};

constexpr std::array kFields = {
    CleanedField{
        "display_name.fa",
        [](const v1::Party& party) -> const std::string& { return party.display_name().fa(); },
        [](v1::Party& party, const std::string& value) {
          party.mutable_display_name()->set_fa(value);
        }},
    CleanedField{
        "display_name.en",
        [](const v1::Party& party) -> const std::string& { return party.display_name().en(); },
        [](v1::Party& party, const std::string& value) {
          party.mutable_display_name()->set_en(value);
        }},
    CleanedField{
        "address.city",
        [](const v1::Party& party) -> const std::string& { return party.address().city(); },
        [](v1::Party& party, const std::string& value) {
          party.mutable_address()->set_city(value);
        }},
    CleanedField{
        "address.street",
        [](const v1::Party& party) -> const std::string& { return party.address().street(); },
        [](v1::Party& party, const std::string& value) {
          party.mutable_address()->set_street(value);
        }},
    CleanedField{
        "address.number",
        [](const v1::Party& party) -> const std::string& { return party.address().number(); },
        [](v1::Party& party, const std::string& value) {
          party.mutable_address()->set_number(value);
        }},
    CleanedField{
        "address.unit",
        [](const v1::Party& party) -> const std::string& { return party.address().unit(); },
        [](v1::Party& party, const std::string& value) {
          party.mutable_address()->set_unit(value);
        }},
};

// Fields that have a closed number of values; names have not.
bool MayHaveList(std::string_view path) {
  return path == "address.city" || path == "address.street" || path == "address.unit";
}

}  // namespace

absl::StatusOr<linkage::CleaningRules> RulesFor(const std::vector<v1::ValueWordings>& wordings) {
  using Form = linkage::CleaningRules::Form;
  linkage::CleaningRules rules;
  rules.forms.emplace("address.number", Form::kDigits);
  rules.forms.emplace("address.unit", Form::kDigits);
  if (wordings.size() > std::size_t{kValueWordingsMax}) {
    return RefuseField("wordings",
                       std::to_string(wordings.size()) + " given, want at most " +
                           std::to_string(kValueWordingsMax),
                       Reason::kLimitExceeded);
  }
  FaultList faults;
  for (std::size_t i = 0; i < wordings.size(); ++i) {
    const std::string place = "wordings[" + std::to_string(i) + "]";
    const v1::ValueWordings& row = wordings[i];
    if (!MayHaveList(row.field())) {
      faults.Add(place + ".field", "\"" + row.field().substr(0, 80) +
                                       "\" has no list; want address.city, address.street or "
                                       "address.unit");
    } else if (coding::FoldText(row.value()).empty()) {
      faults.Add(place + ".value", "has no letter or digit, want the value as it shall be written");
    } else {
      rules.lists[row.field()].Add(row.value(), {row.wordings().begin(), row.wordings().end()});
    }
  }
  if (!faults.empty()) return faults.status();
  return rules;
}

v1::PartyCleaning CleanParty(const v1::Party& party, const linkage::CleaningRules& rules) {
  std::vector<linkage::RawField> fields;
  for (const CleanedField& field : kFields) {
    const std::string& value = field.get(party);
    if (!value.empty()) fields.push_back({std::string(field.path), value});
  }
  const linkage::CleanedRecord cleaned = linkage::CleanRecord(fields, rules);
  v1::PartyCleaning cleaning;
  cleaning.set_party(party.name());
  cleaning.set_etag(party.etag());
  for (const linkage::CleaningStep& step : cleaned.steps) {
    v1::CleaningStep& told = *cleaning.add_steps();
    told.set_field(step.field);
    told.set_rule(step.rule);
    told.set_before(step.before);
    told.set_after(step.after);
  }
  for (const linkage::UnmappedValue& value : cleaned.unmapped) {
    v1::UnmappedValue& told = *cleaning.add_unmapped();
    told.set_field(value.field);
    told.set_value(value.value);
  }
  v1::Party& changed = *cleaning.mutable_cleaned();
  for (const CleanedField& field : kFields) {
    const auto value = cleaned.values.find(field.path);
    if (value == cleaned.values.end() || value->second == field.get(party)) continue;
    field.set(changed, value->second);
    cleaning.mutable_update_mask()->add_paths(std::string(field.path));
  }
  return cleaning;
}

absl::StatusOr<std::int64_t> PreviewCleaning(
    storage::ReadTransaction& transaction, const Environment& environment,
    const access::Caller& caller, std::string_view member,
    const std::vector<v1::ValueWordings>& wordings, absl::FunctionRef<absl::Status()> check,
    absl::FunctionRef<absl::Status(const v1::PartyCleaning&)> visit) {
  auto rules = RulesFor(wordings);
  if (!rules.ok()) return rules.status();
  auto owner = catalog::MemberMeant(transaction, caller, member, "member");
  if (!owner.ok()) return owner.status();
  std::int64_t count = 0;
  auto status = VisitActiveParties(transaction, environment, *owner,
                                   [&](const v1::Party& party) -> absl::Status {
                                     if (++count % kCheckEvery == 0) {
                                       if (auto going = check(); !going.ok()) return going;
                                     }
                                     const v1::PartyCleaning cleaning = CleanParty(party, *rules);
                                     if (cleaning.steps().empty() && cleaning.unmapped().empty())
                                       return absl::OkStatus();
                                     return visit(cleaning);
                                   });
  if (!status.ok()) return status;
  return count;
}

}  // namespace radyab::parties
