#include "clients/cli/scan_session/session_run.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "clients/cli/event_words.h"
#include "clients/cli/output/language.h"
#include "clients/cli/scan_session/announced_goods.h"
#include "clients/cli/scan_session/expected_table.h"
#include "clients/cli/scan_session/scan_input.h"
#include "clients/cli/scan_session/session_answers.h"
#include "clients/cli/scan_session/session_journal.h"
#include "clients/cli/value_forms.h"
#include "clients/cpp/notice_client.h"
#include "clients/cpp/request_id.h"
#include "coding/code.h"
#include "coding/utf8_reader.h"

namespace radyab::cli {
namespace {

using warehouse::ScanSession;
using warehouse::SessionKind;
using warehouse::SessionTerms;

constexpr std::size_t kOffsetCharacters = 6;  // "+03:30"
constexpr int kMinutesAnHour = 60;
constexpr std::string_view kNoticePrefix = "notices/";  // of the registry; else a file
constexpr std::size_t kFactCharactersMax = 100;  // of place and reference (radyab/v1/trace.proto)

std::int64_t Now() {
  using std::chrono::microseconds;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<microseconds>(now).count();
}

// The offset of local time: "+03:30".
std::string ZoneOffset() {
  const std::string now = LocalNow();
  return now.substr(now.size() - kOffsetCharacters);
}

int MinutesOf(const std::string& offset) {
  const int minutes = std::stoi(offset.substr(1, 2)) * kMinutesAnHour + std::stoi(offset.substr(4));
  return offset.front() == '-' ? -minutes : minutes;
}

// All that a run needs, made from the words of the command line or from a journal.
class SessionRun {
 public:
  SessionRun(Session& session, const SessionArguments& arguments, const ScanSources& sources,
             const TypedSource& gun)
      : session_(session),
        arguments_(arguments),
        sources_(sources),
        gun_(gun),
        errors_(session.errors()) {}

  ExitCode Run() {
    const auto opened = arguments_.resume ? OpenAgain() : Begin();
    if (opened) return *opened;
    std::unique_ptr<OfflineSite> site;
    std::shared_ptr<const client::Connection> connection;
    if (arguments_.offline.empty()) {
      connection = session_.Connect();
    } else {
      site = OpenSite(session_, arguments_.offline);
    }
    if (connection == nullptr && site == nullptr) return Abandon();
    ScanSession scans(content_.terms);
    ScanQueue queue;
    SessionAnswers answers({connection, site.get(), scans, *journal_, queue, content_.facts,
                            session_.printer(), errors_});
    if (const auto fault = answers.Replay(content_)) {
      return errors_.PrintFault(ExitCode::kRefused,
                                "journal \"" + journal_->path() + "\": " + *fault);
    }
    InputResult input;
    ExitCode code = ExitCode::kOk;
    {
      const bool lines = sources_.empty() && gun_.empty();
      const auto interrupts = lines ? std::make_unique<InterruptSignals>() : nullptr;
      std::thread taker([&] { input = TakeAll(queue, interrupts.get()); });
      code = answers.Run();
      if (interrupts != nullptr) interrupts->Wake();  // nobody waits for a further line
      taker.join();
    }
    return End(scans, answers, input, code);
  }

 private:
  std::optional<ExitCode> Begin();
  std::optional<ExitCode> OpenAgain();
  std::optional<ExitCode> ReadNotice();
  std::optional<ExitCode> ReadNoticeFile();
  std::optional<ExitCode> FetchNotice();
  std::optional<ExitCode> TakeFacts();
  ExitCode Abandon();
  InputResult TakeSource(ScanTaking& taking, const InterruptSignals* interrupts) const;
  InputResult TakeAll(ScanQueue& queue, const InterruptSignals* interrupts);
  ExitCode End(const ScanSession& scans, const SessionAnswers& answers, const InputResult& input,
               ExitCode code);

  Session& session_;
  const SessionArguments& arguments_;
  const ScanSources& sources_;
  const TypedSource& gun_;
  ErrorPrinter errors_;
  JournalContent content_;
  std::unique_ptr<SessionJournal> journal_;
  bool in_own_folder_ = false;  // nobody named the journal
  bool took_scans_ = false;
};

std::optional<ExitCode> SessionRun::Begin() {
  if (const auto failed = TakeFacts()) return failed;
  if (const auto failed = ReadNotice()) return failed;
  std::string path = arguments_.journal;
  if (path.empty()) {
    const std::string folder = JournalFolder();
    if (folder.empty()) {
      return errors_.PrintFault(ExitCode::kUsage,
                                "want --journal FILE: neither XDG_STATE_HOME nor HOME is known");
    }
    in_own_folder_ = true;
    path = folder + "/" + content_.terms.id + kJournalEnding;
  }
  auto journal = SessionJournal::Begin(path, content_.terms, content_.facts);
  if (const auto* fault = std::get_if<std::string>(&journal)) {
    return errors_.PrintFault(ExitCode::kUsage, *fault);
  }
  journal_ = std::get<std::unique_ptr<SessionJournal>>(std::move(journal));
  return std::nullopt;
}

// What the command line says of the session, with all that the server would refuse at its end.
std::optional<ExitCode> SessionRun::TakeFacts() {
  SessionTerms& terms = content_.terms;
  terms.id = client::NewRequestId();
  terms.kind = warehouse::SessionKindOfWord(arguments_.kind).value_or(SessionKind::kAny);
  terms.each = arguments_.each;
  EventFacts& facts = content_.facts;
  facts.zone_offset = ZoneOffset();
  terms.zone_offset_minutes = MinutesOf(facts.zone_offset);
  facts.place = arguments_.place;
  facts.reference = arguments_.reference;
  const struct {
    const char* flag;
    const std::string& value;
    SessionKind kind;
  } flags[] = {{"--to", arguments_.to, SessionKind::kShip},
               {"--from", arguments_.from, SessionKind::kReceive},
               {"--into", arguments_.into, SessionKind::kPack},
               {"--holder", arguments_.holder, SessionKind::kCount}};
  for (const auto& flag : flags) {
    if (flag.value.empty() || terms.kind == flag.kind) continue;
    return errors_.PrintFault(ExitCode::kUsage,
                              std::string(flag.flag) + " goes with --session " +
                                  std::string(warehouse::SessionKindWord(flag.kind)));
  }
  if (!arguments_.offline.empty() && !arguments_.holder.empty()) {
    return errors_.PrintFault(ExitCode::kUsage,
                              "--holder asks the server's books: not beside --offline");
  }
  if (terms.each && terms.kind == SessionKind::kCount) {
    return errors_.PrintFault(ExitCode::kUsage, "counting makes no events: --each says nothing");
  }
  for (const auto& flag : {flags[0], flags[1], flags[3]}) {
    if (flag.value.empty()) continue;
    const auto code = coding::ParseCode(flag.value);
    if (!code) return errors_.PrintRefusal(flag.flag, code.refusal());
    if (code->kind() != coding::Kind::kParty) {
      return errors_.PrintFault(ExitCode::kRefused,
                                std::string(flag.flag) + " " + code->Grouped() + ": no party");
    }
    if (flag.kind == SessionKind::kCount) facts.holder = code->Digits();
  }
  if (!arguments_.into.empty()) {
    const auto container = ContainerName(arguments_.into);
    if (!container) return errors_.PrintRefusal("--into", container.refusal());
  }
  for (const auto& [flag, value] :
       {std::pair("--place", &facts.place), std::pair("--reference", &facts.reference)}) {
    if (coding::CountCharacters(*value, value->size()) <= kFactCharactersMax) continue;
    return errors_.PrintFault(
        ExitCode::kRefused,
        std::string(flag) + ": want at most " + std::to_string(kFactCharactersMax) + " characters");
  }
  if (arguments_.member.empty()) return std::nullopt;
  const auto member = MemberName(arguments_.member);
  if (!member) return errors_.PrintRefusal("--member", member.refusal());
  facts.member = *member;
  return std::nullopt;
}

std::optional<ExitCode> SessionRun::ReadNotice() {
  if (arguments_.notice.empty()) return std::nullopt;
  return arguments_.notice.starts_with(kNoticePrefix) ? FetchNotice() : ReadNoticeFile();
}

// What arrives bears the notice's number as its reference, unless another one is named: so the
// registry knows which of several notices it belongs to.
std::optional<ExitCode> SessionRun::FetchNotice() {
  if (!arguments_.offline.empty()) {
    return errors_.PrintFault(
        ExitCode::kUsage,
        "--notice " + arguments_.notice + " is asked of the server: beside --offline want a table");
  }
  const auto connection = session_.Connect();
  if (connection == nullptr) return session_.exit_code;
  v1::GetShippingNoticeRequest request;
  request.set_name(arguments_.notice);
  const auto notice = client::NoticeClient(connection).GetShippingNotice(request);
  if (!notice) return errors_.Print(notice.error());
  if (notice->state() != v1::SHIPPING_NOTICE_STATE_OPEN) {
    return errors_.PrintFault(ExitCode::kRefused,
                              "notice \"" + arguments_.notice + "\" is not open any more");
  }
  if (content_.facts.reference.empty()) content_.facts.reference = notice->number();
  content_.terms.expects = true;
  content_.terms.notice = OutstandingGoods(*notice);
  return std::nullopt;
}

std::optional<ExitCode> SessionRun::ReadNoticeFile() {
  std::ifstream file(arguments_.notice, std::ios::binary);
  if (!file) {
    return errors_.PrintFault(ExitCode::kUsage,
                              "notice \"" + arguments_.notice + "\" cannot be read");
  }
  ExpectedTable notice = ReadExpectedTable(file);
  for (const std::string& fault : notice.faults) {
    errors_.PrintFault(ExitCode::kRefused, "notice \"" + arguments_.notice + "\", " + fault);
  }
  if (!notice.faults.empty()) return ExitCode::kRefused;
  content_.terms.expects = true;
  content_.terms.notice = std::move(notice.lines);
  return std::nullopt;
}

std::optional<ExitCode> SessionRun::OpenAgain() {
  std::string path = arguments_.journal;
  if (path.empty()) {
    const auto journals = JournalsIn(JournalFolder());
    if (journals.size() != 1) {
      std::string list;
      for (const std::string& journal : journals) list += "\n  " + journal;
      return errors_.PrintFault(ExitCode::kUsage,
                                journals.empty()
                                    ? "no session waits in \"" + JournalFolder() + "\""
                                    : "several sessions wait, name one with --journal:" + list);
    }
    in_own_folder_ = true;
    path = journals.front();
  }
  auto journal = SessionJournal::Resume(path, content_);
  if (const auto* fault = std::get_if<std::string>(&journal)) {
    return errors_.PrintFault(ExitCode::kUsage, *fault);
  }
  journal_ = std::get<std::unique_ptr<SessionJournal>>(std::move(journal));
  if (content_.finished) {
    return errors_.PrintFault(ExitCode::kUsage, "journal \"" + path + "\": the session is over");
  }
  const std::string kind(warehouse::SessionKindWord(content_.terms.kind));
  if (kind != arguments_.kind) {
    return errors_.PrintFault(ExitCode::kUsage, "journal \"" + path + "\" is of --session " + kind);
  }
  took_scans_ = true;
  return std::nullopt;
}

// Nothing was scanned yet: the journal that was begun goes.
ExitCode SessionRun::Abandon() {
  if (!arguments_.resume) ::unlink(journal_->path().c_str());
  return session_.exit_code;
}

InputResult SessionRun::TakeSource(ScanTaking& taking, const InterruptSignals* interrupts) const {
  if (interrupts != nullptr) return TakeLines(STDIN_FILENO, interrupts->descriptor(), taking);
  if (gun_.empty()) return TakePictures(sources_, taking);
  return TakeGun(gun_, taking, [this](const std::string& news) {
    errors_.PrintFault(ExitCode::kUnreachable, news);
  });
}

InputResult SessionRun::TakeAll(ScanQueue& queue, const InterruptSignals* interrupts) {
  warehouse::Scan last;
  for (const JournalStep& step : content_.steps) {
    if (const auto* scan = std::get_if<warehouse::Scan>(&step)) last = *scan;
  }
  ScanTaking taking(*journal_, queue, last, Now);
  bool going_on = true;
  if (!arguments_.resume) {
    for (const std::string* first : {&arguments_.to, &arguments_.from, &arguments_.into}) {
      if (!first->empty()) going_on = going_on && taking.Take(*first);
    }
  }
  InputResult result;
  if (going_on) result = TakeSource(taking, interrupts);
  if (arguments_.finish_at_end && result.end == InputEnd::kEnded) {
    taking.Take(warehouse::WriteCommand({warehouse::CommandKind::kFinish, 1}));
  }
  took_scans_ = took_scans_ || taking.last_number() > 0;
  if (taking.journal_failed()) result = {InputEnd::kFailed, "the journal cannot be written"};
  queue.Close();
  return result;
}

ExitCode SessionRun::End(const ScanSession& scans, const SessionAnswers& answers,
                         const InputResult& input, ExitCode code) {
  if (!input.fault.empty()) {
    code = Worse(code, errors_.PrintFault(ExitCode::kRefused, input.fault));
  }
  if (!arguments_.report.empty()) {
    std::ofstream file(arguments_.report, std::ios::binary | std::ios::trunc);
    file << ReportText(scans.Report(), arguments_.report.ends_with(".json"));
    file.close();
    if (!file) {
      code = Worse(code, errors_.PrintFault(ExitCode::kInternal, "report \"" + arguments_.report +
                                                                     "\" cannot be written"));
    }
  }
  if (scans.finished()) {
    const bool ended = journal_->AddEnd();
    if (ended && in_own_folder_) ::unlink(journal_->path().c_str());
    const bool as_expected = scans.fault_count() == 0 && answers.missing_count() == 0;
    return Worse(code, as_expected ? ExitCode::kOk : ExitCode::kRefused);
  }
  if (!took_scans_) {
    ::unlink(journal_->path().c_str());
    return Worse(code, errors_.PrintFault(ExitCode::kRefused, Local("nothing was scanned")));
  }
  return Worse(code, errors_.PrintFault(
                         ExitCode::kRefused,
                         LocalSentence("the session is not finished; go on with --session {1} "
                                       "--resume --journal \"{2}\"",
                                       {arguments_.kind, journal_->path()})));
}

}  // namespace

ExitCode RunScanSession(Session& session, const SessionArguments& arguments,
                        const ScanSources& sources, const TypedSource& gun) {
  return SessionRun(session, arguments, sources, gun).Run();
}

}  // namespace radyab::cli
