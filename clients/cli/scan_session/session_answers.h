// The thread that answers scans: asks the server, tells verdicts, sends events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "clients/cli/offline_site.h"
#include "clients/cli/output/error_printer.h"
#include "clients/cli/scan_session/scan_queue.h"
#include "clients/cli/scan_session/session_journal.h"
#include "clients/cli/scan_session/verdict_printer.h"
#include "clients/cpp/code_client.h"
#include "clients/cpp/trace_client.h"
#include "clients/warehouse/scan_session.h"
#include "radyab/v1/trace_service.pb.h"

namespace radyab::cli {

// What the server is asked to record for an event.
v1::CaptureEventRequest RequestOf(const warehouse::SessionEvent& event, const EventFacts& facts);

// Answers the scans of a queue in their order over one stream of questions; while the server is
// away they wait, and are asked again when it is back. On a site without a network the code pack
// answers, and events are kept in its queue. For one thread.
class SessionAnswers {
 public:
  struct Parts {
    std::shared_ptr<const client::Connection> connection;  // null when there is a site
    OfflineSite* site;  // null, or answers and keeps instead of the server
    warehouse::ScanSession& session;
    SessionJournal& journal;
    ScanQueue& queue;
    const EventFacts& facts;
    Printer printer;
    ErrorPrinter errors;
  };
  explicit SessionAnswers(Parts parts);

  // Gives the session what its journal holds; scans that were not taken up wait for Run.
  // What does not fit together is a sentence.
  std::optional<std::string> Replay(const JournalContent& content);

  // Until the session is finished, or the queue is closed and empty. kOk says nothing of the
  // goods. The worst of what happened.
  ExitCode Run();

  std::int64_t missing_count() const { return missing_count_; }

 private:
  struct Waiting {
    TakenScan taken;
    warehouse::CommandReading command;
    bool asks = false;  // the server is to be asked
  };

  // Nothing when every scan was answered.
  std::optional<client::ClientError> AskServer();
  std::optional<client::ClientError> AskPack();
  static Waiting WaitingOf(TakenScan taken);
  bool MayWait();
  std::optional<v1::ResolveRequest> Next();
  void Answer(const v1::Resolution& resolution);
  // Takes up what waits at the front and needs no answer any more.
  void TakeUpReady();
  void TakeUp(const Waiting& waiting, std::optional<warehouse::Meaning> meaning);
  bool Over() const { return session_.finished() || failed_; }

  std::optional<coding::Decimal> HeldOf(const warehouse::Meaning& meaning);
  // Sends events until none waits; at the end of the session as long as scans may still come.
  void SendEvents();
  // False when it is to be sent later.
  bool SendFirst();
  bool KeepFirst();
  bool TakeOutcome(const EventOutcome& outcome, const std::string& reason);

  void TellLate();
  void Tell(const warehouse::Verdict& verdict);
  void TellAway(const client::ClientError& error);
  void Fail(ExitCode code);

  warehouse::ScanSession& session_;
  SessionJournal& journal_;
  ScanQueue& queue_;
  const EventFacts& facts_;
  Printer printer_;
  ErrorPrinter errors_;
  TerminalWays ways_;
  OfflineSite* site_;
  std::optional<client::CodeClient> codes_;  // without a site
  std::optional<client::TraceClient> trace_;
  std::deque<Waiting> waiting_;
  std::size_t looked_at_ = 0;  // of waiting_: asked over the present stream, or needs no asking
  std::size_t asked_ = 0;      // of those: without an answer
  bool away_told_ = false;
  bool failed_ = false;
  ExitCode exit_code_ = ExitCode::kOk;
  std::int64_t missing_count_ = 0;
};

}  // namespace radyab::cli
