// alias add, end, list; claim, conflicts, settle.
#include "clients/cli/alias_words.h"
#include "clients/cli/message_field.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/alias_conflict_client.h"
#include "clients/cpp/catalog_client.h"

namespace radyab::cli {
namespace {

struct AliasArguments {
  std::string code;
  std::string scheme;
  std::string value;
  int contained_quantity = 0;
  std::string serial;
  std::string reason;
  std::string member;
  std::string verdict;
  std::string request_id;
  ListLimit limit;
};

// Fills code and alias of AddAlias and EndAlias. False after a refusal was printed.
template <class Request>
bool Fill(const Session& session, const AliasArguments& arguments, Request& request) {
  const auto code = CodeDigits(arguments.code);
  const auto scheme = AliasSchemeOf(arguments.scheme);
  if (TakeOrPrint(session.errors(), "code", code) == nullptr ||
      TakeOrPrint(session.errors(), "scheme", scheme) == nullptr) {
    return false;
  }
  request.set_code(*code);
  request.mutable_alias()->set_scheme(*scheme);
  request.mutable_alias()->set_value(arguments.value);
  request.mutable_alias()->set_contained_quantity(arguments.contained_quantity);
  request.mutable_alias()->set_serial(arguments.serial);
  return true;
}

ExitCode AddAlias(Session& session, const AliasArguments& arguments) {
  v1::AddAliasRequest request;
  if (!Fill(session, arguments, request)) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::CatalogClient(connection).AddAlias(request));
}

ExitCode EndAlias(Session& session, const AliasArguments& arguments) {
  v1::EndAliasRequest request;
  if (!Fill(session, arguments, request)) return ExitCode::kRefused;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::CatalogClient(connection).EndAlias(request));
}

ExitCode ListAliases(Session& session, const AliasArguments& arguments) {
  const auto code = CodeDigits(arguments.code);
  if (!code) return session.errors().PrintRefusal("code", code.refusal());
  v1::ListAliasesRequest request;
  request.set_code(*code);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::CatalogClient(connection).ListAliases(request),
                   {{"SCHEME", "scheme"},
                    {"VALUE", "value"},
                    {"CONTAINS", "contained_quantity"},
                    {"LEVEL", "packaging_level"},
                    {"SERIAL", "serial"},
                    {"SINCE", "create_time"},
                    {"ENDED", "end_time"}},
                   arguments.limit);
}

ExitCode ClaimAlias(Session& session, const AliasArguments& arguments) {
  v1::ClaimAliasRequest request;
  if (!Fill(session, arguments, request)) return ExitCode::kRefused;
  request.set_reason(arguments.reason);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::AliasConflictClient(connection).ClaimAlias(request));
}

ExitCode SettleConflict(Session& session, const AliasArguments& arguments) {
  v1::SettleAliasConflictRequest request;
  if (!Fill(session, arguments, request)) return ExitCode::kRefused;
  if (const auto refusal = SetField(request, "verdict", arguments.verdict)) {
    return session.errors().PrintRefusal("verdict", *refusal);
  }
  request.set_reason(arguments.reason);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  request.set_request_id(session.ChangeId(arguments.request_id));
  return PrintAnswer(session, client::AliasConflictClient(connection).SettleAliasConflict(request));
}

ExitCode ListConflicts(Session& session, const AliasArguments& arguments) {
  v1::ListAliasConflictsRequest request;
  if (!arguments.member.empty()) {
    const auto member = MemberName(arguments.member);
    if (!member) return session.errors().PrintRefusal("--member", member.refusal());
    request.set_member(*member);
  }
  if (!arguments.verdict.empty()) {
    if (const auto refusal = SetField(request, "verdict", arguments.verdict)) {
      return session.errors().PrintRefusal("--verdict", *refusal);
    }
  }
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::AliasConflictClient(connection).ListAliasConflicts(request),
                   {{"SCHEME", "alias.scheme"},
                    {"VALUE", "alias.value"},
                    {"CLAIMANT", "claimant_code"},
                    {"HOLDER", "holder_code"},
                    {"REASON", "reason"},
                    {"SINCE", "claim_time"},
                    {"VERDICT", "verdict"}},
                   arguments.limit);
}

void AddAliasWords(CLI::App& verb, AliasArguments& arguments) {
  AddText(verb, "code", arguments.code, "the code it leads to").Required();
  AddText(verb, "scheme", arguments.scheme,
          "gtin, gln, imei, national_id, supplier_part …: see docs/codes.md for all")
      .Required();
  AddText(verb, "value", arguments.value, "the identifier").Required();
  AddRequestId(verb, arguments.request_id);
}

void AddConflictVerbs(CLI::App& family, Session& session) {
  auto claim = std::make_shared<AliasArguments>();
  CLI::App& claim_verb =
      AddVerb(family, "claim", "says that one of another code is this code's", session,
              [&session, claim] { return ClaimAlias(session, *claim); });
  AddAliasWords(claim_verb, *claim);
  AddText(claim_verb, "--reason", claim->reason, "why, 1 to 500 characters").Required();

  auto list = std::make_shared<AliasArguments>();
  CLI::App& list_verb = AddVerb(family, "conflicts", "lists the claims of a member", session,
                                [&session, list] { return ListConflicts(session, *list); });
  AddText(list_verb, "--member", list->member, "the member; without it that of the key");
  AddText(list_verb, "--verdict", list->verdict,
          "open, holder_keeps or claimant_gets; without it open");
  AddLimit(list_verb, list->limit);

  auto settle = std::make_shared<AliasArguments>();
  CLI::App& settle_verb = AddVerb(family, "settle", "decides a claim", session,
                                  [&session, settle] { return SettleConflict(session, *settle); });
  AddAliasWords(settle_verb, *settle);
  AddText(settle_verb, "verdict", settle->verdict, "holder_keeps or claimant_gets").Required();
  AddText(settle_verb, "--reason", settle->reason, "why, 1 to 500 characters").Required();
}

}  // namespace

void AddAliasVerbs(CLI::App& app, Session& session) {
  CLI::App& family = AddFamily(app, "alias", "identifiers of other schemes that lead to a code");
  auto add = std::make_shared<AliasArguments>();
  CLI::App& add_verb = AddVerb(family, "add", "adds one to a code", session,
                               [&session, add] { return AddAlias(session, *add); });
  AddAliasWords(add_verb, *add);
  AddNumber(add_verb, "--contains", add->contained_quantity,
            "for a package's GTIN, SSCC or UID20: how many base units it holds")
      .AtLeastOne();
  AddText(add_verb, "--serial", add->serial,
          "for the number of one piece (imei, vin, giai, grai, uid20): the serial of that unit");

  auto end = std::make_shared<AliasArguments>();
  CLI::App& end_verb = AddVerb(family, "end", "ends one; its history stays", session,
                               [&session, end] { return EndAlias(session, *end); });
  AddAliasWords(end_verb, *end);

  auto list = std::make_shared<AliasArguments>();
  CLI::App& list_verb = AddVerb(family, "list", "lists those of a code", session,
                                [&session, list] { return ListAliases(session, *list); });
  AddText(list_verb, "code", list->code, "the code").Required();
  AddLimit(list_verb, list->limit);
  AddConflictVerbs(family, session);
}

}  // namespace radyab::cli
