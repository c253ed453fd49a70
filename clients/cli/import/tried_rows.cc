#include "clients/cli/import/tried_rows.h"

#include <optional>

#include "clients/cli/import/row_fault.h"
#include "clients/cli/message_field.h"
#include "coding/gs1_keys.h"
#include "coding/iranian_ids.h"
#include "coding/scan_candidates.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/class_service.pb.h"
#include "radyab/v1/member_service.pb.h"
#include "radyab/v1/party_service.pb.h"

namespace radyab::cli {
namespace {

using google::protobuf::Message;

constexpr std::size_t kBlockAt = 5, kBlockDigits = 5;  // in a code of ours

// Whether the numbers are digits alone, so that what people put between them says nothing.
bool IsOfDigits(v1::AliasScheme scheme) {
  switch (scheme) {
    case v1::ALIAS_SCHEME_SUPPLIER_PART:
    case v1::ALIAS_SCHEME_GMN:
    case v1::ALIAS_SCHEME_CPID:
    case v1::ALIAS_SCHEME_LEI:
    case v1::ALIAS_SCHEME_GRAI:
    case v1::ALIAS_SCHEME_GIAI:
    case v1::ALIAS_SCHEME_GDTI:
    case v1::ALIAS_SCHEME_GCN:
    case v1::ALIAS_SCHEME_GINC:
    case v1::ALIAS_SCHEME_VIN:
      return false;
    default:
      return true;
  }
}

std::string OneForm(const v1::Alias& alias) {
  if (alias.scheme() == v1::ALIAS_SCHEME_GTIN) {
    if (const auto gtin = coding::ParseGtin(alias.value()); gtin.ok()) return *gtin;
  }
  if (alias.scheme() == v1::ALIAS_SCHEME_NATIONAL_ID) {
    if (const auto id = coding::ParseNationalId(alias.value()); id.ok()) return *id;
  }
  if (IsOfDigits(alias.scheme())) {
    if (const auto digits = coding::ReadBareDigits(alias.value())) return *digits;
  }
  std::string_view text = alias.value();
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

// Numbers are counted within a member: two of one file may be of two.
RowClaim ClaimOfAlias(const v1::Alias& alias, const std::string& member, std::string field) {
  return {std::to_string(alias.scheme()) + " " + OneForm(alias) + " " + member, std::move(field),
          ""};
}

template <class Row>
std::vector<RowClaim> ClaimsOfAliases(const Message& row, const std::string& member) {
  std::vector<RowClaim> claims;
  const auto& aliases = static_cast<const Row&>(row).aliases();
  for (int i = 0; i < aliases.size(); ++i) {
    claims.push_back(ClaimOfAlias(aliases[i], member, "aliases[" + std::to_string(i) + "].value"));
  }
  return claims;
}

std::string MemberOf(const Message& thing) {
  const auto* field = thing.GetDescriptor()->FindFieldByName("member");
  return field == nullptr ? "" : thing.GetReflection()->GetString(thing, field);
}

}  // namespace

std::vector<RowClaim> ClaimsOf(const ImportPlan& plan, Message& row) {
  const std::string member = MemberOf(ResourceOf(plan, row));
  switch (plan.kind) {
    case ImportKind::kItems:
      return ClaimsOfAliases<v1::ImportItemRow>(row, member);
    case ImportKind::kServices:
      return ClaimsOfAliases<v1::CreateServiceRequest>(row, member);
    case ImportKind::kParties:
      return ClaimsOfAliases<v1::CreatePartyRequest>(row, member);
    case ImportKind::kAliases: {
      const auto& wanted = static_cast<const v1::AddAliasRequest&>(row);
      const std::string code = coding::ReadBareDigits(wanted.code()).value_or(wanted.code());
      // The block in a code stands for its member.
      const std::string block = code.size() > kBlockAt ? code.substr(kBlockAt, kBlockDigits) : "";
      RowClaim claim = ClaimOfAlias(wanted.alias(), block, "alias.value");
      claim.code = code;
      return {claim};
    }
    case ImportKind::kClasses: {
      const auto& node = static_cast<const v1::CreateClassRequest&>(row).class_node();
      return {{"class " + node.key_code(), "class_node.key_code", ""}};
    }
    case ImportKind::kMembers: {
      const auto& prefix =
          static_cast<const v1::CreateMemberRequest&>(row).member().gs1_company_prefix();
      if (prefix.empty()) return {};
      return {{"prefix " + prefix, "member.gs1_company_prefix", ""}};
    }
    case ImportKind::kEvents:
      break;
  }
  return {};
}

void TriedRows::Judge(const std::vector<RowClaim>& claims, std::int64_t row,
                      v1::RowVerdict& verdict) {
  if (verdict.outcome() != v1::ROW_OUTCOME_ACCEPTED) return;
  std::vector<v1::RowFault> faults;
  for (const RowClaim& claim : claims) {
    const auto holder = holders_.find(claim.what);
    if (holder == holders_.end()) continue;
    if (!claim.code.empty() && holder->second.code == claim.code) {
      verdict.set_outcome(v1::ROW_OUTCOME_DUPLICATE);
      return;
    }
    faults.push_back(FaultOf(
        claim.field, "row " + std::to_string(holder->second.row) + " of this file has the same",
        "ALREADY_EXISTS"));
  }
  if (faults.empty()) {
    for (const RowClaim& claim : claims) holders_.emplace(claim.what, Holder{row, claim.code});
    return;
  }
  verdict.set_outcome(v1::ROW_OUTCOME_REFUSED);
  verdict.clear_name();
  for (v1::RowFault& fault : faults) *verdict.add_faults() = std::move(fault);
}

}  // namespace radyab::cli
