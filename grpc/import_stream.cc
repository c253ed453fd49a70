#include "grpc/import_stream.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "grpc/call_log.h"
#include "grpc/call_start.h"
#include "grpc/import_group.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "grpc/stream_admission.h"

namespace radyab::rpc {
namespace {

using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// Reactions come on any thread of gRPC, for commits on the store's, and the server's end on any
// other. What follows from a
// reaction is decided and begun under the mutex; Finish and the hand-over of a group come after it.
class ImportStream final : public Reactor,
                           public LiveStream,
                           public std::enable_shared_from_this<ImportStream> {
 public:
  ImportStream(const Serving& serving, const Method& method,
               const grpc::CallbackServerContext& context)
      : serving_(serving),
        method_(method),
        context_(context),
        admission_(serving, method, context),
        begin_before_(BeginBefore(context)) {}

  void Begin(const grpc::CallbackServerContext& context) {
    self_ = shared_from_this();
    grpc::Status refusal = Wire(CheckDeadline(context));
    if (refusal.ok()) refusal = Wire(admission_.Check());
    if (refusal.ok()) refusal = Wire(serving_.streams->Add(self_, StreamKind::kImport));
    // A call that is cancelled already runs OnCancel beside this, so a refusal ends the stream by
    // the same gate as everything else.
    Went([&] {
      if (refusal.ok()) return;
      over_ = true;
      if (end_.ok()) end_ = std::move(refusal);
    });
  }

  void OnReadDone(bool ok) override {
    Went([&] {
      reading_ = false;
      taking_ = ok && !finished_;
      if (!ok) over_ = true;
      ok = taking_;
    });
    if (!ok) return;
    auto admitted = admission_.Check();
    ImportRow row = ReadRow(serving_.environment, method_, ++row_count_, message_);
    Went([&] {
      taking_ = false;
      if (!admitted.ok()) return End(admitted);
      if (dropped_) return;
      caller_ = admission_.caller();
      waiting_bytes_ += row.bytes;
      waiting_.push_back(std::move(row));
    });
  }

  void OnWriteDone(bool ok) override {
    Went([&] {
      writing_ = false;
      verdicts_.pop_front();
      if (!ok) End(absl::OkStatus());
    });
  }

  void OnCancel() override {
    Went([this] { End(absl::OkStatus()); });
  }

  // What was read is committed, what is committed is told.
  void EndSoon(const absl::Status& why) override {
    Went([&] {
      over_ = left_ = true;
      if (end_.ok()) end_ = Wire(why);
    });
  }

  void OnDone() override {
    serving_.streams->Remove(this);
    const std::shared_ptr<ImportStream> last = std::move(self_);
  }

 private:
  grpc::Status Wire(const absl::Status& status) const {
    return ToGrpcStatus(status, method_.descriptor->input_type());
  }

  // No row that is not committed yet counts any more. OK: the client went away, and hears nothing.
  void End(const absl::Status& status) {
    over_ = dropped_ = true;
    waiting_.clear();
    waiting_bytes_ = 0;
    if (status.ok()) {
      gone_ = true;
      verdicts_.resize(writing_ ? 1 : 0);  // the one that is being written stays
    }
    if (end_.ok()) end_ = status.ok() ? grpc::Status::CANCELLED : Wire(status);
  }

  // The next rows, at most a group of them, and no more than there is room for verdicts.
  std::shared_ptr<ImportGroup> TakeGroup() {
    auto group = std::make_shared<ImportGroup>();
    std::size_t bytes = 0;
    const std::size_t row_count_max =
        std::min(kGroupRowsMax, kWaitingVerdictsMax - verdicts_.size());
    while (!waiting_.empty() && group->rows.size() < row_count_max) {
      bytes += waiting_.front().bytes;
      if (bytes > kGroupBytesMax && !group->rows.empty()) break;
      waiting_bytes_ -= waiting_.front().bytes;
      group->rows.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    group->caller = caller_;
    return group;
  }

  // Rows that did not fit into their group are the first of the next one.
  void PutBack(ImportGroup& group) {
    for (std::size_t left = group.rows.size(); left > group.verdicts.size(); --left) {
      waiting_bytes_ += group.rows[left - 1].bytes;
      waiting_.push_front(std::move(group.rows[left - 1]));
    }
  }

  bool HasRoom() const {
    return waiting_.size() < kGroupRowsMax && waiting_bytes_ < kGroupBytesMax &&
           verdicts_.size() < kWaitingVerdictsMax;
  }
  // Every row of a group gets a verdict, so none is begun while its verdicts would have no room.
  bool MayCommit() const {
    return !committing_ && !waiting_.empty() && verdicts_.size() < kWaitingVerdictsMax;
  }
  bool IsIdle() const {
    return (!reading_ || left_) && !taking_ && !writing_ && !committing_ && waiting_.empty() &&
           verdicts_.empty();
  }

  // Notes what happened and begins what follows.
  template <class Note>
  void Went(Note note) {
    const std::shared_ptr<ImportStream> alive = shared_from_this();
    std::shared_ptr<ImportGroup> group;
    std::optional<grpc::Status> finish;
    {
      const std::lock_guard lock(mutex_);
      note();
      if (MayCommit()) {
        committing_ = true;
        group = TakeGroup();
      }
      if (!writing_ && !verdicts_.empty()) Write();
      if (!reading_ && !taking_ && !over_ && HasRoom()) {
        reading_ = true;
        StartRead(&message_);
      }
      if (over_ && IsIdle() && !finished_) {
        finished_ = true;
        finish = end_;
      }
    }
    if (group) Commit(std::move(group));
    if (!finish) return;
    LogCall(method_, context_, *finish);
    Finish(*std::move(finish));
  }

  void Write() {
    writing_ = true;
    message_out_ = ToByteBuffer(verdicts_.front().SerializeAsString());
    grpc::WriteOptions options;
    if (begun_ && verdicts_.size() > 1) options.set_buffer_hint();
    begun_ = true;
    StartWrite(&message_out_, options);
  }

  void Commit(std::shared_ptr<ImportGroup> group) {
    serving_.store.WriteAsync(
        [this, alive = shared_from_this(), group](storage::WriteTransaction& transaction) {
          return RunImportGroup(serving_, method_, *group, transaction);
        },
        [this, alive = shared_from_this(), group](const absl::Status& status) {
          Went([&] {
            committing_ = false;
            if (!status.ok()) return End(status);
            if (!dropped_) PutBack(*group);
            if (gone_) return;
            for (v1::RowVerdict& verdict : group->verdicts) {
              verdicts_.push_back(std::move(verdict));
            }
          });
        },
        {begin_before_, [this, alive = shared_from_this()] {
           const std::lock_guard lock(mutex_);
           return dropped_;
         }});
  }

  const Serving& serving_;
  const Method& method_;
  const grpc::CallbackServerContext& context_;  // lives until OnDone
  StreamAdmission admission_;                   // used by the reading side only
  const std::chrono::steady_clock::time_point begin_before_;
  std::shared_ptr<ImportStream> self_;
  grpc::ByteBuffer message_;
  std::int64_t row_count_ = 0;

  std::mutex mutex_;
  access::Caller caller_;
  std::deque<ImportRow> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::deque<v1::RowVerdict> verdicts_;  // the first one is being written while writing_
  grpc::ByteBuffer message_out_;
  bool begun_ = false;  // the first verdict goes alone: gRPC holds back headers that wait with it
  bool reading_ = false;
  bool writing_ = false;
  bool committing_ = false;
  bool taking_ = false;   // a row was read and does not wait yet
  bool over_ = false;     // no row is read any more
  bool left_ = false;     // a read that was begun is left alone: Finish ends it
  bool dropped_ = false;  // nor is any row committed that was not
  bool gone_ = false;     // the client: it hears nothing more
  bool finished_ = false;
  grpc::Status end_ = grpc::Status::OK;
};

}  // namespace

Reactor* StartImport(const Serving& serving, const Method& method,
                     grpc::CallbackServerContext* context) {
  const auto stream = std::make_shared<ImportStream>(serving, method, *context);
  stream->Begin(*context);
  return stream.get();
}

}  // namespace radyab::rpc
