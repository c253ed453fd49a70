#include "grpc/import_stream.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "grpc/call_start.h"
#include "grpc/import_group.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "grpc/stream_admission.h"

namespace radyab::rpc {
namespace {

using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// Reactions come on any thread of gRPC and, for commits, on the store's. What follows from a
// reaction is decided and begun under the mutex; Finish and the hand-over of a group come after it.
class ImportStream final : public Reactor, public std::enable_shared_from_this<ImportStream> {
 public:
  ImportStream(const Serving& serving, const Method& method,
               const grpc::CallbackServerContext& context)
      : serving_(serving), method_(method), admission_(serving, method, context) {}

  void Begin(const grpc::CallbackServerContext& context) {
    self_ = shared_from_this();
    const grpc::Status late = CheckDeadline(context);
    if (!late.ok()) return Finish(late);
    if (auto status = admission_.Check(); !status.ok()) {
      return Finish(ToGrpcStatus(status, method_.descriptor->input_type()));
    }
    Went([] {});
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Went([this] { reading_ = false, over_ = true; });
    auto admitted = admission_.Check();
    ImportRow row = ReadRow(method_, ++row_count_, message_);
    Went([&] {
      reading_ = false;
      if (!admitted.ok()) return End(admitted);
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

  void OnDone() override { const std::shared_ptr<ImportStream> last = std::move(self_); }

 private:
  // No row that is not committed yet counts any more. OK: the client went away, and hears nothing.
  void End(const absl::Status& status) {
    over_ = true;
    waiting_.clear();
    waiting_bytes_ = 0;
    if (status.ok() && !writing_) verdicts_.clear();
    if (status.ok() && verdicts_.size() > 1) verdicts_.resize(1);  // one is being written
    if (end_.ok()) {
      end_ = status.ok() ? grpc::Status::CANCELLED
                         : ToGrpcStatus(status, method_.descriptor->input_type());
    }
  }

  // The next rows, at most a group of them.
  std::shared_ptr<ImportGroup> TakeGroup() {
    auto group = std::make_shared<ImportGroup>();
    std::size_t bytes = 0;
    while (!waiting_.empty() && group->rows.size() < kGroupRowsMax) {
      bytes += waiting_.front().bytes;
      if (bytes > kGroupBytesMax && !group->rows.empty()) break;
      waiting_bytes_ -= waiting_.front().bytes;
      group->rows.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    group->caller = caller_;
    return group;
  }

  bool HasRoom() const {
    return waiting_.size() < kGroupRowsMax && waiting_bytes_ < kGroupBytesMax &&
           verdicts_.size() < kWaitingVerdictsMax;
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
      if (!committing_ && !waiting_.empty()) {
        committing_ = true;
        group = TakeGroup();
      }
      if (!writing_ && !verdicts_.empty()) Write();
      if (!reading_ && !over_ && HasRoom()) {
        reading_ = true;
        StartRead(&message_);
      }
      if (over_ && !reading_ && !writing_ && !committing_ && verdicts_.empty() && !finished_) {
        finished_ = true;
        finish = end_;
      }
    }
    if (group) Commit(std::move(group));
    if (finish) Finish(*std::move(finish));
  }

  void Write() {
    writing_ = true;
    message_out_ = ToByteBuffer(verdicts_.front().SerializeAsString());
    grpc::WriteOptions options;
    if (verdicts_.size() > 1) options.set_buffer_hint();
    StartWrite(&message_out_, options);
  }

  void Commit(std::shared_ptr<ImportGroup> group) {
    group->fresh = serving_.random_bytes(method_.fresh_bytes * group->rows.size());
    serving_.store.WriteAsync(
        [this, alive = shared_from_this(), group](storage::WriteTransaction& transaction) {
          return RunImportGroup(serving_, method_, *group, transaction);
        },
        [this, alive = shared_from_this(), group](const absl::Status& status) {
          Went([&] {
            committing_ = false;
            if (!status.ok()) return End(status);
            if (end_.error_code() == grpc::StatusCode::CANCELLED) return;
            for (v1::RowVerdict& verdict : group->verdicts) {
              verdicts_.push_back(std::move(verdict));
            }
          });
        });
  }

  const Serving& serving_;
  const Method& method_;
  StreamAdmission admission_;  // used by the reading side only
  std::shared_ptr<ImportStream> self_;
  grpc::ByteBuffer message_;
  std::int64_t row_count_ = 0;

  std::mutex mutex_;
  access::Caller caller_;
  std::deque<ImportRow> waiting_;
  std::size_t waiting_bytes_ = 0;
  std::deque<v1::RowVerdict> verdicts_;  // the first one is being written while writing_
  grpc::ByteBuffer message_out_;
  bool reading_ = false;
  bool writing_ = false;
  bool committing_ = false;
  bool over_ = false;  // no row is read any more
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
