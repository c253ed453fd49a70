// admin audit list, verify.
#include <charconv>

#include "clients/cli/output/progress_bar.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/admin_client.h"
#include "coding/code.h"

namespace radyab::cli {
namespace {

// The name of a resource as the audit trail has it: a code in any form gets its collection, other
// names ("members/00017", "events/7") stay as they are.
coding::Parsed<std::string> ResourceName(const std::string& text) {
  const auto digits = CodeDigits(text);
  if (!digits) {
    if (text.empty() || text.find('/') != std::string::npos) return text;
    return digits.refusal();
  }
  switch (coding::ParseCode(*digits)->kind()) {
    case coding::Kind::kItem:
      return "items/" + *digits;
    case coding::Kind::kService:
      return "services/" + *digits;
    case coding::Kind::kParty:
      return "parties/" + *digits;
    default:
      return "cases/" + *digits;
  }
}

struct AuditArguments {
  std::string resource;
  std::int64_t after_sequence = 0;
  ListLimit limit;
};

ExitCode ListAudit(Session& session, const AuditArguments& arguments) {
  v1::ListAuditRequest request;
  const auto resource = ResourceName(arguments.resource);
  if (!resource) return session.errors().PrintRefusal("--resource", resource.refusal());
  request.set_resource(*resource);
  request.set_after_sequence(arguments.after_sequence);
  request.set_page_size(PageSizeFor(arguments.limit));
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintList(session, client::AdminClient(connection).ListAudit(request),
                   {{"NO", "sequence"},
                    {"TIME", "time"},
                    {"WHO", "key"},
                    {"METHOD", "method"},
                    {"RESOURCE", "resource"}},
                   arguments.limit);
}

// The seal in "412:9f0c…", as `verify` prints it.
coding::Parsed<v1::AuditSeal> SealOf(const std::string& text) {
  v1::AuditSeal seal;
  if (text.empty()) return seal;
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || number < 1 || rest == end || *rest != ':') {
    return coding::Refusal{.reason = coding::RefusalReason::kOutOfRange,
                           .at = 0,
                           .length = 0,
                           .message = "seal \"" + text + "\": want NUMBER:HASH"};
  }
  seal.set_seal(number);
  seal.set_hash(std::string(rest + 1, end));
  return seal;
}

// Takes `piece` into what was found before it.
void Add(const v1::AuditFinding& piece, v1::AuditFinding& whole) {
  const std::int64_t row_count = whole.row_count() + piece.row_count();
  whole = piece;
  whole.set_row_count(row_count);
}

void PrintFinding(const Session& session, const v1::AuditFinding& finding) {
  const Printer printer = session.printer();
  if (printer.json()) {
    printer.PrintMessage(finding);
    return;
  }
  std::string text = "sealed rows    " + std::to_string(finding.row_count()) + "\n";
  if (finding.end().seal() > 0) {
    text += "up to change   " + std::to_string(finding.last_sequence()) + "\nlast seal      " +
            std::to_string(finding.end().seal()) + ":" + finding.end().hash() + "\n";
  }
  if (finding.done()) text += "waiting rows   " + std::to_string(finding.waiting_count()) + "\n";
  printer.PrintText(text);
}

ExitCode VerifyAudit(Session& session, const std::string& expected_text) {
  const auto expected = SealOf(expected_text);
  if (!expected) {
    session.errors().PrintRefusal("--expect", expected.refusal());
    return ExitCode::kUsage;
  }
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const client::AdminClient admin(connection);
  v1::VerifyAuditRequest request;
  *request.mutable_expected() = *expected;
  v1::AuditFinding whole;
  {
    ProgressBar bar("seals", 0);
    while (!whole.done() && !whole.has_fault()) {
      const auto piece = admin.VerifyAudit(request);
      if (!piece) return session.errors().Print(piece.error());
      Add(*piece, whole);
      *request.mutable_after() = whole.end();
      bar.Show(whole.end().seal(), std::to_string(whole.row_count()) + " rows");
    }
  }
  PrintFinding(session, whole);
  if (!whole.has_fault()) return ExitCode::kOk;
  return session.errors().PrintFault(
      ExitCode::kRefused, "the audit trail is not as it was sealed: " + whole.fault().message());
}

}  // namespace

void AddAuditVerbs(CLI::App& admin, Session& session) {
  CLI::App& audit = AddFamily(admin, "audit", "who changed what");
  auto list = std::make_shared<AuditArguments>();
  CLI::App& list_verb = AddVerb(audit, "list", "lists changes, oldest first", session,
                                [&session, list] { return ListAudit(session, *list); });
  AddText(list_verb, "--resource", list->resource,
          "only changes to this: a code, members/00017, classes/0412 …");
  AddNumber(list_verb, "--after", list->after_sequence, "only changes after this sequence");
  AddLimit(list_verb, list->limit);

  auto expected = std::make_shared<std::string>();
  CLI::App& verify_verb =
      AddVerb(audit, "verify", "computes the seals again; tells what is wrong first", session,
              [&session, expected] { return VerifyAudit(session, *expected); });
  AddText(verify_verb, "--expect", *expected,
          "SEAL:HASH that was written down: must be there, unchanged");
}

}  // namespace radyab::cli
