#include "grpc/answer_stream.h"

#include <grpc/grpc.h>

#include <algorithm>
#include <cassert>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "grpc/call_log.h"
#include "grpc/call_start.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "grpc/stream_admission.h"
#include "registry/page_scan.h"

namespace radyab::rpc {
namespace {

// So many answers are written together, and no more messages than that are waited for.
constexpr std::size_t kAnswersTogether = 16;
// A client was ahead unless so many times in a row nothing else had come when an answer was ready.
// One look alone splits bursts up: now and then a message comes between two of them.
constexpr int kAloneTimes = 8;

using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// A turn in the queue of gRPC's threads: `taken` runs on one of them, behind all that was done
// before the turn was asked for.
class QueueTurn : private grpc_completion_queue_functor {
 public:
  QueueTurn(grpc_call* call, std::function<void()> taken) : call_(call), taken_(std::move(taken)) {
    functor_run = [](grpc_completion_queue_functor* turn, int) {
      static_cast<QueueTurn*>(turn)->taken_();
    };
    inlineable = false;
    internal_success = 0;
    internal_next = nullptr;
  }
  // One at a time, and only while the call lasts. An empty batch is done at once, whatever becomes
  // of the call.
  void Ask() {
    [[maybe_unused]] const grpc_call_error fault = grpc_call_start_batch(
        call_, nullptr, 0, static_cast<grpc_completion_queue_functor*>(this), nullptr);
    assert(fault == GRPC_CALL_OK);
  }

 private:
  grpc_call* const call_;
  const std::function<void()> taken_;
};

// Reactions come on any thread of gRPC, a read and a write at the same time, and the server's end
// on any other. What follows from a reaction is decided and begun under the mutex; Finish alone
// comes after it, since nothing of the stream may be touched behind it.
//
// What is costly is not an answer but waking a thread, here and at the client. So while a client is
// ahead (it sends without waiting for answers) messages that have arrived are read first, each by a
// turn in gRPC's queue, until no further one is there or kAnswersTogether are; then all are
// answered by one thread on one snapshot. An answer behind which another is bound to come is sent
// together with that. A client who waits for each answer is answered at once.
class AnswerStream final : public Reactor,
                           public LiveStream,
                           public std::enable_shared_from_this<AnswerStream> {
 public:
  AnswerStream(const Serving& serving, const Method& method, grpc::CallbackServerContext& context)
      : serving_(serving),
        method_(method),
        context_(context),
        admission_(serving, method, context),
        turn_(context.c_call(), [this] { TakeTurn(); }) {}

  void Begin() {
    self_ = shared_from_this();
    grpc::Status refusal = Wire(CheckDeadline(context_));
    if (refusal.ok()) refusal = Wire(admission_.Check());
    if (refusal.ok()) refusal = Wire(serving_.streams->Add(self_, StreamKind::kAnswers));
    Went([&] {
      if (!refusal.ok()) over_ = true, end_ = std::move(refusal);
    });
  }

  void OnReadDone(bool ok) override {
    bool answers = false, asks = false;
    Went([&] {
      reading_ = false;
      if (!ok) over_ = true;
      if (!ok || finished_) return;
      inbox_bytes_ += message_.Length();
      inbox_.push_back(std::move(message_));
      message_ = grpc::ByteBuffer();
      if (answering_) return;
      answering_ = true;
      asks = alone_times_ < kAloneTimes;
      answers = !asks;
      seen_count_ = inbox_.size();
    });
    if (asks) turn_.Ask();
    if (answers) AnswerInbox();
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

  // The reads that were done before the turn was asked for have been seen. When there were some,
  // there may be more.
  void TakeTurn() {
    bool again = false;
    {
      const std::lock_guard lock(mutex_);
      again = inbox_.size() > seen_count_ && inbox_.size() < kAnswersTogether && !over_;
      seen_count_ = inbox_.size();
    }
    again ? turn_.Ask() : AnswerInbox();
  }

  // Answers what waits in the inbox, which is not empty. With answering_ set.
  void AnswerInbox() {
    const std::shared_ptr<AnswerStream> alive = shared_from_this();
    std::vector<grpc::ByteBuffer> messages;
    {
      const std::lock_guard lock(mutex_);
      messages.swap(inbox_);
      inbox_bytes_ = 0;
    }
    absl::Status status = admission_.Check();
    if (status.ok()) {
      status = serving_.store.Read(
          [&](storage::ReadTransaction& transaction) { return Answer(transaction, messages); });
    }
    bool more = false;
    Went([&] {
      unanswered_ = 0;
      if (!status.ok()) {
        over_ = left_ = true;
        end_ = Wire(status);
        inbox_.clear();
      }
      const bool alone = messages.size() == 1 && inbox_.empty();
      alone_times_ = alone ? std::min(alone_times_ + 1, kAloneTimes) : 0;
      more = answering_ = !inbox_.empty() && !finished_;
      seen_count_ = inbox_.size();
    });
    if (more) turn_.Ask();
  }

  absl::Status Answer(storage::ReadTransaction& transaction,
                      const std::vector<grpc::ByteBuffer>& messages) {
    std::vector<grpc::ByteBuffer> ready;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      auto answer = AnswerRead(serving_, method_, transaction, admission_.caller(), messages[i]);
      if (!answer.ok()) {
        HandOver(ready, 0);  // what came before the refused message is answered
        return answer.status();
      }
      ready.push_back(KeptByteBuffer(*std::move(answer)));
      const std::size_t left = messages.size() - 1 - i;
      if (left > 0 && ready.size() < kAnswersTogether) continue;
      HandOver(ready, left);
      ready.clear();
    }
    return absl::OkStatus();
  }

  // Answers that are ready, with `left` others to come before the inbox is looked into again.
  void HandOver(std::vector<grpc::ByteBuffer>& ready, std::size_t left) {
    Went([&] {
      unanswered_ = left;
      for (grpc::ByteBuffer& answer : ready) {
        answer_bytes_ += answer.Length();
        answers_.push_back(std::move(answer));
      }
    });
  }

  bool HasRoom() const {
    return inbox_.size() + answers_.size() < kWaitingAnswersMax &&
           inbox_bytes_ < kMessageBytesMax && answer_bytes_ < kAnswerBytesMax;
  }

  // Another answer will be written behind the first of `answers_`, or the stream ends.
  bool AnotherFollows() const {
    return answers_.size() > 1 || unanswered_ > 0 || (answering_ && !inbox_.empty());
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
        grpc::WriteOptions options;
        if (begun_ && AnotherFollows()) options.set_buffer_hint();
        begun_ = true;
        StartWrite(&answers_.front(), options);
      }
      if (!reading_ && !over_ && HasRoom()) {
        reading_ = true;
        StartRead(&message_);
      }
      const bool idle = (!reading_ || left_) && !answering_ && !writing_ && answers_.empty();
      if (over_ && idle && !finished_) {
        finished_ = true;
        finish = end_;
      }
    }
    if (!finish) return;
    LogCall(method_, context_, *finish);
    Finish(*std::move(finish));
  }

  const Serving& serving_;
  const Method& method_;
  const grpc::CallbackServerContext& context_;  // lives until OnDone
  StreamAdmission admission_;                   // used by the answering thread only
  QueueTurn turn_;                              // asked for with answering_ set only
  std::shared_ptr<AnswerStream> self_;
  grpc::ByteBuffer message_;

  std::mutex mutex_;
  std::vector<grpc::ByteBuffer> inbox_;  // messages nobody has begun to answer
  std::size_t inbox_bytes_ = 0;
  std::size_t unanswered_ = 0;  // messages being answered behind the one whose answer came last
  std::deque<grpc::ByteBuffer> answers_;
  std::size_t answer_bytes_ = 0;
  bool begun_ = false;  // the first answer goes alone: gRPC holds back headers that wait with it
  bool reading_ = false;
  bool answering_ = false;         // a thread answers the inbox, or a turn for that was asked for
  int alone_times_ = kAloneTimes;  // how often in a row an answer had no other message behind it
  std::size_t seen_count_ = 0;     // of the inbox when the turn was asked for
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
  stream->Begin();
  return stream.get();
}

}  // namespace radyab::rpc
