// party clean: what cleaning would change in the parties of a member, and the change itself.
#include <cstdio>
#include <fstream>

#include "clients/cli/import/csv_reader.h"
#include "clients/cli/import/import_plan.h"
#include "clients/cli/output/language.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/linkage_client.h"
#include "clients/cpp/party_client.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kValuesColumns = 3;

struct CleanArguments {
  std::string member;
  std::string values;
  bool apply = false;
};

// The lists of a file: FIELD, VALUE, WORDING;WORDING a record. What is wrong, or an empty text.
std::string ReadValues(const std::string& path, v1::PreviewCleaningRequest& request) {
  std::ifstream file(path);
  if (!file) return "\"" + path + "\" cannot be read";
  CsvReader reader(file);
  while (const auto record = reader.Next()) {
    const std::string place = path + ", line " + std::to_string(record->line) + ": ";
    if (!record->fault.empty()) return place + record->fault;
    if (record->fields.size() != kValuesColumns) {
      return place + "want FIELD, VALUE and its other wordings with ';' between them";
    }
    v1::ValueWordings& row = *request.add_wordings();
    row.set_field(record->fields[0]);
    row.set_value(record->fields[1]);
    for (const std::string& wording : SplitList(record->fields[2])) row.add_wordings(wording);
  }
  return "";
}

std::string CleaningText(const v1::PartyCleaning& cleaning) {
  std::string text;
  for (const v1::CleaningStep& step : cleaning.steps()) {
    text += cleaning.party() + "  " + step.field() + "  " + step.rule() + ": \"" + step.before() +
            "\" -> \"" + step.after() + "\"\n";
  }
  for (const v1::UnmappedValue& value : cleaning.unmapped()) {
    text +=
        cleaning.party() + "  " + value.field() + "  not in its list: \"" + value.value() + "\"\n";
  }
  return text;
}

// Each change is an ordinary update of the version that was looked at.
bool Apply(const Session& session, const client::PartyClient& parties,
           const v1::PartyCleaning& cleaning) {
  v1::UpdatePartyRequest update;
  *update.mutable_party() = cleaning.cleaned();
  update.mutable_party()->set_name(cleaning.party());
  update.mutable_party()->set_etag(cleaning.etag());
  *update.mutable_update_mask() = cleaning.update_mask();
  const auto changed = parties.UpdateParty(update);
  if (!changed) session.errors().Print(changed.error());
  return static_cast<bool>(changed);
}

struct CleanCounts {
  std::int64_t parties = 0;
  std::int64_t to_change = 0;
  std::int64_t changed = 0;
  std::int64_t unmapped = 0;
};

ExitCode End(const CleanArguments& arguments, const CleanCounts& counts) {
  std::fflush(stdout);
  const std::string told =
      LocalSentence("{1} parties looked at, {2} to be changed, {3} changed, {4} values in no list",
                    {std::to_string(counts.parties), std::to_string(counts.to_change),
                     std::to_string(counts.changed), std::to_string(counts.unmapped)});
  std::fprintf(stderr, "%s\n", told.c_str());
  const bool done = !arguments.apply || counts.changed == counts.to_change;
  return done ? ExitCode::kOk : ExitCode::kRefused;
}

ExitCode Clean(Session& session, const CleanArguments& arguments) {
  v1::PreviewCleaningRequest request;
  if (!arguments.member.empty()) {
    const auto member = MemberName(arguments.member);
    if (TakeOrPrint(session.errors(), "--member", member) == nullptr) return ExitCode::kRefused;
    request.set_member(*member);
  }
  if (!arguments.values.empty()) {
    const std::string fault = ReadValues(arguments.values, request);
    if (!fault.empty()) return session.errors().PrintFault(ExitCode::kRefused, fault);
  }
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const Printer printer = session.printer();
  // What is to be changed is held until the snapshot is closed.
  std::vector<v1::PartyCleaning> wanted;
  CleanCounts counts;
  bool whole = false;
  const auto error = client::LinkageClient(connection)
                         .PreviewCleaning(request, [&](const v1::PreviewCleaningResponse& part) {
                           for (const v1::PartyCleaning& cleaning : part.cleanings()) {
                             if (printer.json()) {
                               printer.PrintMessage(cleaning);
                             } else {
                               printer.PrintText(CleaningText(cleaning));
                             }
                             counts.unmapped += cleaning.unmapped_size();
                             if (cleaning.update_mask().paths().empty()) continue;
                             ++counts.to_change;
                             if (arguments.apply) wanted.push_back(cleaning);
                           }
                           whole = part.has_party_count();
                           counts.parties = part.party_count();
                           return true;
                         });
  if (error) return session.errors().Print(*error);
  if (!whole) {
    return session.errors().PrintFault(ExitCode::kUnreachable,
                                       "the server ended before all parties were looked at");
  }
  const client::PartyClient parties(connection);
  for (const v1::PartyCleaning& cleaning : wanted) {
    counts.changed += Apply(session, parties, cleaning) ? 1 : 0;
  }
  return End(arguments, counts);
}

}  // namespace

void AddCleanVerb(CLI::App& party, Session& session) {
  auto clean = std::make_shared<CleanArguments>();
  CLI::App& verb =
      AddVerb(party, "clean", "shows what cleaning would change in the parties of a member",
              session, [&session, clean] { return Clean(session, *clean); });
  AddText(verb, "--member", clean->member, "the member; without it that of the key");
  AddBytes(verb, "--values", clean->values,
           "a table of FIELD,VALUE,WORDING;WORDING: how towns, streets and flats shall be written");
  AddFlag(verb, "--apply", clean->apply, "make the changes too, one update a party");
}

}  // namespace radyab::cli
