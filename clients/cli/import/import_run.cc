#include "clients/cli/import/import_run.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "clients/cli/exit_code.h"
#include "clients/cli/import/fault_columns.h"
#include "clients/cli/import/tried_rows.h"
#include "clients/cpp/catalog_client.h"
#include "clients/cpp/class_client.h"
#include "clients/cpp/member_client.h"
#include "clients/cpp/party_client.h"
#include "clients/cpp/trace_client.h"

namespace radyab::cli {
namespace {

using client::Answer;
using client::ClientError;
using google::protobuf::Message;
using ConnectionPointer = std::shared_ptr<const client::Connection>;

v1::RowVerdict RefusedHere(std::vector<v1::RowFault> faults) {
  v1::RowVerdict verdict;
  verdict.set_outcome(v1::ROW_OUTCOME_REFUSED);
  for (v1::RowFault& fault : faults) *verdict.add_faults() = std::move(fault);
  return verdict;
}

const google::protobuf::FieldDescriptor* ValidateOnlyOf(const Message& row) {
  return row.GetDescriptor()->FindFieldByName("validate_only");
}

// The id was made before: it is that of the row that is meant.
void SetValidateOnly(Message& row) {
  row.GetReflection()->SetBool(&row, ValidateOnlyOf(row), true);
}

// Most rows that wait for their verdicts to be told, those that are on their way among them.
constexpr std::size_t kRowsWaitingMax = 10'000;

// Rows on their way, in order; those that are refused here stand among them until their turn comes.
class RowQueue {
 public:
  RowQueue(const ImportPlan& plan, RowSource& source, const Sending& sending, VerdictReport& report)
      : plan_(plan), source_(source), sending_(sending), report_(report) {}

  // The next row to send; null at the end.
  std::unique_ptr<Message> NextToSend() {
    while (ready_ == nullptr && !ended_) TakeRow();
    return std::move(ready_);
  }

  // Reads on to the next row to send. True when rows on their way had better be answered first: the
  // source may be long in coming, or too many verdicts wait for theirs.
  bool MustWait() {
    while (ready_ == nullptr && !ended_) {
      if (waiting_.size() >= kRowsWaitingMax || source_.MayWait()) return true;
      TakeRow();
    }
    return false;
  }

  // The verdict of the first row that was sent and not told of yet.
  void Tell(v1::RowVerdict verdict) {
    if (waiting_.empty()) return;
    const Waiting& first = waiting_.front();
    if (sending_.dry_run) tried_.Judge(first.claims, first.place.row, verdict);
    if (IsTable()) TellByColumns(first.columns, source_.columns(), verdict);
    report_.Tell(first.place, std::move(verdict), source_.bytes_read());
    waiting_.pop_front();
    TellRefusedHere();
  }

 private:
  struct Waiting {
    RowPlace place;
    std::optional<v1::RowVerdict> refused_here = std::nullopt;
    FaultColumns columns = {};          // of a table
    std::vector<RowClaim> claims = {};  // in a dry run
  };

  bool IsTable() const { return !source_.columns().empty(); }

  void TakeRow() {
    if (source_.MayWait()) report_.Flush();
    auto row = source_.Next();
    ended_ = !row;
    if (ended_) return;
    RowPlace place{row->row, row->line, {std::move(row->cells), std::move(row->text)}};
    if (row->faults.empty()) {
      Waiting& waiting = waiting_.emplace_back(Waiting{std::move(place)});
      if (IsTable()) waiting.columns = FaultColumns(plan_, *row->message);
      if (sending_.dry_run) waiting.claims = ClaimsOf(plan_, *row->message);
      if (sending_.ids != nullptr) FillRequestId(*row->message, *sending_.ids);
      if (sending_.dry_run) SetValidateOnly(*row->message);
      ready_ = std::move(row->message);
      return;
    }
    waiting_.push_back(Waiting{std::move(place), RefusedHere(std::move(row->faults))});
    TellRefusedHere();
  }

  void TellRefusedHere() {
    while (!waiting_.empty() && waiting_.front().refused_here) {
      report_.Tell(waiting_.front().place, *waiting_.front().refused_here, source_.bytes_read());
      waiting_.pop_front();
    }
  }

  const ImportPlan& plan_;
  RowSource& source_;
  const Sending& sending_;
  VerdictReport& report_;
  TriedRows tried_;
  std::deque<Waiting> waiting_;
  std::unique_ptr<Message> ready_;  // the last of `waiting_`, not sent yet
  bool ended_ = false;
};

template <class Row>
client::NextRow<Row> NextOf(RowQueue& queue) {
  return [&queue]() -> std::optional<Row> {
    const auto message = queue.NextToSend();
    if (message == nullptr) return std::nullopt;
    return std::move(static_cast<Row&>(*message));
  };
}

// Registers one row and answers the name of what was made.
using Register = std::function<Answer<std::string>(const Message&)>;

template <class Resource>
Answer<std::string> NameOf(const Answer<Resource>& answer) {
  if (!answer) return answer.error();
  return answer->name();
}

Register RegisterOf(ImportKind kind, const ConnectionPointer& connection) {
  switch (kind) {
    case ImportKind::kMembers:
      return [members = client::MemberClient(connection)](const Message& row) {
        return NameOf(members.CreateMember(static_cast<const v1::CreateMemberRequest&>(row)));
      };
    case ImportKind::kClasses:
      return [classes = client::ClassClient(connection)](const Message& row) {
        return NameOf(classes.CreateClass(static_cast<const v1::CreateClassRequest&>(row)));
      };
    case ImportKind::kServices:
      return [catalog = client::CatalogClient(connection)](const Message& row) {
        return NameOf(catalog.CreateService(static_cast<const v1::CreateServiceRequest&>(row)));
      };
    case ImportKind::kAliases:
      return [catalog = client::CatalogClient(connection)](const Message& row) {
        const auto added = catalog.AddAlias(static_cast<const v1::AddAliasRequest&>(row));
        return added ? Answer<std::string>(added->code()) : Answer<std::string>(added.error());
      };
    default:
      return [parties = client::PartyClient(connection)](const Message& row) {
        return NameOf(parties.CreateParty(static_cast<const v1::CreatePartyRequest&>(row)));
      };
  }
}

// Whether the server refused this row, and not the caller or everything.
bool IsOfTheRow(const ClientError& error) {
  if (error.code == client::ErrorCode::kUnauthenticated ||
      error.code == client::ErrorCode::kPermissionDenied ||
      error.code == client::ErrorCode::kResourceExhausted) {
    return false;
  }
  return ExitCodeOf(error) == ExitCode::kRefused || ExitCodeOf(error) == ExitCode::kNotFound;
}

v1::RowVerdict VerdictOf(const ClientError& error) {
  v1::RowVerdict verdict;
  verdict.set_outcome(v1::ROW_OUTCOME_REFUSED);
  const auto add = [&](const std::string& field, const std::string& description) {
    v1::RowFault& fault = *verdict.add_faults();
    fault.set_reason(error.reason);
    fault.set_field(field);
    fault.set_description(description);
  };
  for (const auto& field : error.fields) add(field.field, field.description);
  if (error.fields.empty()) add("", error.message);
  return verdict;
}

// Whether the row asked for an alias that its code bears already.
bool IsThere(const Message& row, const ClientError& error) {
  const auto* alias = dynamic_cast<const v1::AddAliasRequest*>(&row);
  if (alias == nullptr || error.reason != "ALREADY_EXISTS") return false;
  const auto holder = error.metadata.find("code");
  return holder != error.metadata.end() && holder->second == alias->code();
}

// The classes that a dry run found acceptable: they stand nowhere else.
class TriedClasses {
 public:
  // Notes a class that would be there; makes one acceptable of which only the parent is missing.
  void Judge(const Message& row, v1::RowVerdict& verdict) {
    const auto* request = dynamic_cast<const v1::CreateClassRequest*>(&row);
    if (request == nullptr) return;
    const std::string& key_code = request->class_node().key_code();
    const bool only_parent =
        verdict.outcome() == v1::ROW_OUTCOME_REFUSED && key_code.size() > 2 &&
        std::ranges::all_of(verdict.faults(),
                            [](const auto& fault) { return fault.reason() == "UNKNOWN_CLASS"; }) &&
        accepted_.contains(key_code.substr(0, key_code.size() - 2));
    if (only_parent) {
      verdict.Clear();
      verdict.set_outcome(v1::ROW_OUTCOME_ACCEPTED);
      verdict.set_name("classes/" + key_code);
    }
    if (verdict.outcome() == v1::ROW_OUTCOME_ACCEPTED) accepted_.insert(key_code);
  }

 private:
  std::set<std::string> accepted_;
};

std::optional<ClientError> SendOneByOne(const Register& register_row, bool dry_run,
                                        RowQueue& queue) {
  TriedClasses tried;
  while (const auto row = queue.NextToSend()) {
    const Answer<std::string> name = register_row(*row);
    v1::RowVerdict verdict;
    if (name) {
      verdict.set_outcome(v1::ROW_OUTCOME_ACCEPTED);
      verdict.set_name(*name);
    } else if (IsThere(*row, name.error())) {
      verdict.set_outcome(v1::ROW_OUTCOME_DUPLICATE);
      verdict.set_name(name.error().metadata.at("code"));
    } else if (IsOfTheRow(name.error())) {
      verdict = VerdictOf(name.error());
    } else {
      return name.error();
    }
    if (dry_run) tried.Judge(*row, verdict);
    queue.Tell(verdict);
  }
  return std::nullopt;
}

std::optional<ClientError> ErrorOf(const Answer<client::ImportCounts>& answer) {
  return answer ? std::nullopt : std::optional(answer.error());
}

}  // namespace

bool CanBeTried(const ImportPlan& plan) { return ValidateOnlyOf(plan.prototype()) != nullptr; }

std::optional<ClientError> SendRows(const ImportPlan& plan, const ConnectionPointer& connection,
                                    RowSource& source, const Sending& sending,
                                    VerdictReport& report) {
  RowQueue queue(plan, source, sending, report);
  const auto tell = [&](const v1::RowVerdict& verdict) { queue.Tell(verdict); };
  const auto may_wait = [&] { return queue.MustWait(); };
  switch (plan.kind) {
    case ImportKind::kItems:
      return ErrorOf(client::CatalogClient(connection)
                         .ImportItems(NextOf<v1::ImportItemRow>(queue), tell, may_wait));
    case ImportKind::kEvents:
      return ErrorOf(client::TraceClient(connection)
                         .ImportEvents(NextOf<v1::ImportEventRow>(queue), tell, may_wait));
    default:
      return SendOneByOne(RegisterOf(plan.kind, connection), sending.dry_run, queue);
  }
}

}  // namespace radyab::cli
