#include "grpc/answer_stream.h"

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "grpc/call_start.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "grpc/stream_admission.h"

namespace radyab::rpc {
namespace {

using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// Reactions come on any thread of gRPC, a read and a write at the same time. What follows from a
// reaction is decided and begun under the mutex; Finish alone comes after it, since nothing of the
// stream may be touched behind it.
class AnswerStream final : public Reactor {
 public:
  AnswerStream(const Serving& serving, const Method& method,
               const grpc::CallbackServerContext& context)
      : serving_(serving), method_(method), admission_(serving, method, context) {
    const grpc::Status late = CheckDeadline(context);
    if (!late.ok()) {
      Finish(late);
    } else if (auto status = admission_.Check(); !status.ok()) {
      Finish(ToGrpcStatus(status, method_.descriptor->input_type()));
    } else {
      StartRead(&message_);
    }
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Went([this] { reading_ = false, over_ = true; });
    auto answer = Answer();
    Went([&] {
      reading_ = false;
      if (answer.ok()) {
        answers_.push_back(ToByteBuffer(*answer));
      } else {
        over_ = true;
        end_ = ToGrpcStatus(answer.status(), method_.descriptor->input_type());
      }
    });
  }

  void OnWriteDone(bool ok) override {
    Went([&] {
      writing_ = false;
      answers_.pop_front();
      if (!ok) over_ = true, answers_.clear();
    });
  }

  void OnDone() override { delete this; }

 private:
  absl::StatusOr<std::string> Answer() {
    if (auto status = admission_.Check(); !status.ok()) return status;
    absl::StatusOr<std::string> answer = std::string();
    auto status = serving_.store.Read([&](storage::ReadTransaction& transaction) {
      answer = AnswerRead(serving_, method_, transaction, admission_.caller(), message_);
      return answer.status();
    });
    if (!status.ok()) return status;
    return answer;
  }

  // Notes what happened and begins what follows.
  template <class Note>
  void Went(Note note) {
    std::optional<grpc::Status> finish;
    {
      const std::lock_guard lock(mutex_);
      note();
      if (!writing_ && !answers_.empty()) {
        writing_ = true;
        StartWrite(&answers_.front());
      }
      if (!reading_ && !over_ && answers_.size() < kWaitingAnswersMax) {
        reading_ = true;
        StartRead(&message_);
      }
      if (over_ && !reading_ && !writing_ && answers_.empty() && !finished_) {
        finished_ = true;
        finish = end_;
      }
    }
    if (finish) Finish(*std::move(finish));
  }

  const Serving& serving_;
  const Method& method_;
  StreamAdmission admission_;  // used by the reading side only
  grpc::ByteBuffer message_;

  std::mutex mutex_;
  std::deque<grpc::ByteBuffer> answers_;
  bool reading_ = true;
  bool writing_ = false;
  bool over_ = false;  // no message is read any more
  bool finished_ = false;
  grpc::Status end_ = grpc::Status::OK;
};

}  // namespace

Reactor* StartAnswerStream(const Serving& serving, const Method& method,
                           grpc::CallbackServerContext* context) {
  return new AnswerStream(serving, method, *context);
}

}  // namespace radyab::rpc
