#include "grpc/answer_stream.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "grpc/call_start.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "grpc/stream_admission.h"
#include "registry/page_scan.h"

namespace radyab::rpc {
namespace {

using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// Reactions come on any thread of gRPC, a read and a write at the same time, and the server's end
// on any other. What follows from a reaction is decided and begun under the mutex; Finish alone
// comes after it, since nothing of the stream may be touched behind it.
class AnswerStream final : public Reactor,
                           public LiveStream,
                           public std::enable_shared_from_this<AnswerStream> {
 public:
  AnswerStream(const Serving& serving, const Method& method,
               const grpc::CallbackServerContext& context)
      : serving_(serving), method_(method), admission_(serving, method, context) {}

  void Begin(const grpc::CallbackServerContext& context) {
    self_ = shared_from_this();
    grpc::Status refusal = Wire(CheckDeadline(context));
    if (refusal.ok()) refusal = Wire(admission_.Check());
    if (refusal.ok()) refusal = Wire(serving_.streams->Add(self_, StreamKind::kAnswers));
    Went([&] {
      if (!refusal.ok()) over_ = true, end_ = std::move(refusal);
    });
  }

  void OnReadDone(bool ok) override {
    Went([&] {
      reading_ = false;
      answering_ = ok && !finished_;
      if (!ok) over_ = true;
      ok = answering_;
    });
    if (!ok) return;
    auto answer = Answer();
    Went([&] {
      answering_ = false;
      if (answer.ok()) {
        answer_bytes_ += answer->size();
        answers_.push_back(ToByteBuffer(*answer));
      } else {
        over_ = true;
        end_ = Wire(answer.status());
      }
    });
  }

  void OnWriteDone(bool ok) override {
    Went([&] {
      writing_ = false;
      answer_bytes_ -= answers_.front().Length();
      answers_.pop_front();
      if (!ok) over_ = true, answers_.clear();
    });
  }

  void EndSoon(const absl::Status& why) override {
    Went([&] {
      over_ = left_ = true;
      if (end_.ok()) end_ = Wire(why);
    });
  }

  void OnDone() override {
    serving_.streams->Remove(this);
    const std::shared_ptr<AnswerStream> last = std::move(self_);
  }

 private:
  grpc::Status Wire(const absl::Status& status) const {
    return ToGrpcStatus(status, method_.descriptor->input_type());
  }

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

  bool HasRoom() const {
    return answers_.size() < kWaitingAnswersMax && answer_bytes_ < kAnswerBytesMax;
  }

  // Notes what happened and begins what follows.
  template <class Note>
  void Went(Note note) {
    const std::shared_ptr<AnswerStream> alive = shared_from_this();
    std::optional<grpc::Status> finish;
    {
      const std::lock_guard lock(mutex_);
      note();
      if (!writing_ && !answers_.empty()) {
        writing_ = true;
        StartWrite(&answers_.front());
      }
      if (!reading_ && !answering_ && !over_ && HasRoom()) {
        reading_ = true;
        StartRead(&message_);
      }
      const bool idle = (!reading_ || left_) && !answering_ && !writing_ && answers_.empty();
      if (over_ && idle && !finished_) {
        finished_ = true;
        finish = end_;
      }
    }
    if (finish) Finish(*std::move(finish));
  }

  const Serving& serving_;
  const Method& method_;
  StreamAdmission admission_;  // used by the reading side only
  std::shared_ptr<AnswerStream> self_;
  grpc::ByteBuffer message_;

  std::mutex mutex_;
  std::deque<grpc::ByteBuffer> answers_;
  std::size_t answer_bytes_ = 0;
  bool reading_ = false;
  bool answering_ = false;  // a message was read and has no answer yet
  bool writing_ = false;
  bool over_ = false;  // no message is read any more
  bool left_ = false;  // a read that was begun is left alone: Finish ends it
  bool finished_ = false;
  grpc::Status end_ = grpc::Status::OK;
};

}  // namespace

Reactor* StartAnswerStream(const Serving& serving, const Method& method,
                           grpc::CallbackServerContext* context) {
  const auto stream = std::make_shared<AnswerStream>(serving, method, *context);
  stream->Begin(*context);
  return stream.get();
}

}  // namespace radyab::rpc
