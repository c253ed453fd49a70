#include "grpc/work_stream.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "grpc/call_log.h"
#include "grpc/call_start.h"
#include "grpc/caller_check.h"
#include "grpc/request_bytes.h"
#include "grpc/status_conversion.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

using Reactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;

// As answer_stream.cc: reactions note what happened under the mutex, Finish alone comes after it.
class WorkStream final : public Reactor,
                         public LiveStream,
                         public std::enable_shared_from_this<WorkStream> {
 public:
  WorkStream(const Serving& serving, const Method& method,
             const grpc::CallbackServerContext& context)
      : serving_(serving), method_(method), context_(context) {}

  void Begin(const grpc::ByteBuffer& request) {
    self_ = shared_from_this();
    absl::Status refusal = CheckDeadline(context_);
    if (refusal.ok()) refusal = Prepare(request);
    if (!refusal.ok()) {
      Went([&] {
        worked_ = true;
        end_ = Wire(refusal);
      });
      return;
    }
    serving_.work->Run([stream = self_] { stream->Work(); });
  }

  void OnWriteDone(bool ok) override {
    Went([&] {
      writing_ = false;
      answer_bytes_ -= answers_.front().Length();
      answers_.pop_front();
      if (!ok) gone_ = true;
    });
  }

  void OnCancel() override {
    Went([&] { gone_ = true; });
  }

  void EndSoon(const absl::Status& why) override {
    Went([&] {
      gone_ = true;
      ending_ = why;
    });
  }

  void OnDone() override {
    serving_.streams->Remove(this);
    const std::shared_ptr<WorkStream> last = std::move(self_);
  }

 private:
  grpc::Status Wire(const absl::Status& status) const {
    return status.ok() ? grpc::Status::OK : ToGrpcStatus(status, method_.descriptor->input_type());
  }

  absl::Status Prepare(const grpc::ByteBuffer& request) {
    if (auto ending = serving_.streams->Check(); !ending.ok()) return ending;
    const auto shown = ShownIn(serving_, context_);
    if (!shown.ok()) return shown.status();
    auto caller = AdmitCaller(serving_, method_.rule, *shown);
    if (!caller.ok()) return caller.status();
    caller_ = *caller;
    auto message = ReadMessage(request, *method_.request);
    if (!message.ok()) return message.status();
    request_ = *std::move(message);
    if (auto status = serving_.work->Take(method_.rule.name); !status.ok()) return status;
    auto status = serving_.streams->Add(self_, StreamKind::kAnswers);
    if (!status.ok()) serving_.work->Free(method_.rule.name);
    return status;
  }

  // The work's own thread.
  void Work() {
    const WorkCall call{serving_, caller_};
    auto status = method_.work(call, *request_,
                               [this](std::string bytes) { return HandOver(ToByteBuffer(bytes)); });
    // Before the client hears of the end: he may ask again at once.
    serving_.work->Free(method_.rule.name);
    Went([&] {
      worked_ = true;
      // Work that was done whole is not undone by the server's end: Drain brings it about itself.
      end_ = Wire(status.ok() || ending_.ok() ? status : ending_);
    });
  }

  absl::Status HandOver(grpc::ByteBuffer answer) {
    {
      std::unique_lock lock(mutex_);
      const bool room = taken_.wait_for(lock, kClientSilenceMax, [this] {
        return gone_ || answer_bytes_ < kWaitingWorkBytesMax;
      });
      if (!room) {
        gone_ = true;
        return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                      "the client took no answer for " + std::to_string(kClientSilenceMax.count()) +
                          " s: the work was given up");
      }
      if (gone_) {
        return Refuse(absl::StatusCode::kCancelled, Reason::kCallCancelled,
                      "nobody listens any more");
      }
    }
    Went([&] {
      answer_bytes_ += answer.Length();
      answers_.push_back(std::move(answer));
    });
    return absl::OkStatus();
  }

  template <class Note>
  void Went(Note note) {
    const std::shared_ptr<WorkStream> alive = shared_from_this();
    std::optional<grpc::Status> finish;
    {
      const std::lock_guard lock(mutex_);
      note();
      if (gone_ && !writing_) {
        answers_.clear();
        answer_bytes_ = 0;
      }
      if (!writing_ && !answers_.empty()) {
        writing_ = true;
        StartWrite(&answers_.front());
      }
      if (worked_ && !writing_ && answers_.empty() && !finished_) {
        finished_ = true;
        finish = end_;
      }
      taken_.notify_all();
    }
    if (!finish) return;
    LogCall(method_, context_, *finish);
    Finish(*std::move(finish));
  }

  const Serving& serving_;
  const Method& method_;
  const grpc::CallbackServerContext& context_;
  access::Caller caller_;
  std::unique_ptr<google::protobuf::Message> request_;
  std::shared_ptr<WorkStream> self_;

  std::mutex mutex_;
  std::condition_variable taken_;
  std::deque<grpc::ByteBuffer> answers_;
  std::size_t answer_bytes_ = 0;
  bool writing_ = false;
  bool gone_ = false;    // nobody takes answers any more
  bool worked_ = false;  // no answer comes any more
  bool finished_ = false;
  absl::Status ending_;  // of the server
  grpc::Status end_;
};

}  // namespace

Reactor* StartWork(const Serving& serving, const Method& method,
                   grpc::CallbackServerContext* context, const grpc::ByteBuffer& request) {
  const auto stream = std::make_shared<WorkStream>(serving, method, *context);
  stream->Begin(request);
  return stream.get();
}

}  // namespace radyab::rpc
