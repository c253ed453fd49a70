// notice compare: what was scanned against what is announced.
#include "clients/cli/event_words.h"
#include "clients/cli/output/language.h"
#include "clients/cli/text_source.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/notice_name.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/notice_client.h"
#include "coding/object_words.h"

namespace radyab::cli {
namespace {

struct CompareArguments {
  std::string name;
  std::vector<std::string> objects;
  bool all = false;
};

// One scan: "OBJECT", or "OBJECT<tab>AMOUNT". Why it is none, or nothing.
std::optional<coding::Refusal> AddScan(std::string_view line,
                                       v1::CompareShippingNoticeRequest& request) {
  const std::size_t tab = line.find('\t');
  const auto object = coding::ParseObjectWord(line.substr(0, tab));
  if (!object) return object.refusal();
  v1::ScannedObject& scan = *request.add_scanned();
  scan.set_object(coding::WriteObjectWord(*object));
  if (tab == std::string_view::npos) return std::nullopt;
  const auto amount = QuantityOf(line.substr(tab + 1));
  if (!amount) return amount.refusal();
  scan.mutable_quantity()->set_amount(amount->amount);
  scan.mutable_quantity()->set_unit(amount->unit.empty() ? kDefaultUnit : amount->unit);
  return std::nullopt;
}

std::optional<ExitCode> TakeScans(const Session& session, const std::vector<std::string>& texts,
                                  v1::CompareShippingNoticeRequest& request) {
  const auto errors = session.errors();
  std::optional<ExitCode> failed;
  std::size_t at = 0;
  const auto take = [&](const std::string& text) {
    std::string_view line = text;
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++at;
    if (line.empty()) return true;
    if (const auto refusal = AddScan(line, request)) {
      failed = errors.PrintRefusal("scan " + std::to_string(at), *refusal);
    }
    return true;  // all that is wrong is told
  };
  if (!ForEachText(texts, take, [] { return true; })) {
    return errors.PrintFault(ExitCode::kInternal, "standard input cannot be read");
  }
  return failed;
}

template <class Row>
bool AsExpected(const Row& row) {
  return row.verdicts_size() == 1 && row.verdicts(0) == v1::NOTICE_VERDICT_AS_EXPECTED;
}

ExitCode Compare(Session& session, const CompareArguments& arguments) {
  v1::CompareShippingNoticeRequest request;
  request.set_name(NoticeName(arguments.name));
  if (const auto failed = TakeScans(session, arguments.objects, request)) return *failed;
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const auto answer = client::NoticeClient(connection).CompareShippingNotice(request);
  if (!answer) return session.errors().Print(answer.error());
  const ExitCode code = answer->agrees() ? ExitCode::kOk : ExitCode::kRefused;
  const Printer printer = session.printer();
  if (printer.json()) {
    printer.PrintMessage(*answer);
    return code;
  }
  std::size_t shown = 0;
  ListPrinter scans(printer, {{"SCANNED", "object"},
                              {"VERDICT", "verdicts"},
                              {"QUANTITY", "scanned"},
                              {"TOO MUCH", "beyond"},
                              {"WANTED", "wanted"}});
  for (const v1::ScannedObjectVerdict& scan : answer->scanned()) {
    if (arguments.all || !AsExpected(scan)) scans.Add(scan);
  }
  scans.End();
  ListPrinter lines(printer, {{"NO", "line"},
                              {"OBJECT", "object"},
                              {"VERDICT", "verdicts"},
                              {"ANNOUNCED", "announced"},
                              {"SCANNED", "scanned"},
                              {"MISSING", "missing"},
                              {"WANTED", "wanted"}});
  for (const v1::ShippingNoticeLineVerdict& line : answer->lines()) {
    if (arguments.all || !AsExpected(line)) lines.Add(line);
  }
  lines.End();
  shown = scans.count() + lines.count();
  if (shown == 0) printer.PrintText(Local("all as announced") + "\n");
  return code;
}

}  // namespace

void AddCompareVerb(CLI::App& notice, Session& session) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App& verb = AddVerb(notice, "compare", "holds what was scanned against a notice", session,
                           [&session, arguments] { return Compare(session, *arguments); });
  AddText(verb, "notice", arguments->name, "its number in the registry, or notices/NUMBER")
      .Required();
  AddTexts(verb, "objects", arguments->objects,
           "CODE/lot/L, CODE/serial/S, sscc/N or CODE, one a scan; without them lines of standard "
           "input, each with tab and amount if need be");
  AddFlag(verb, "--all", arguments->all, "what is as announced too");
}

}  // namespace radyab::cli
