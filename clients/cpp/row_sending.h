// Sends all rows of a source and hands over the reply of each. Internal: it sees gRPC.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "clients/cpp/attempt.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/row_stream.h"
#include "clients/cpp/unary_call.h"

namespace radyab::client {

// Rows stay in `unanswered_` until their reply came; when the way breaks they are sent again over a
// new stream, which is safe since a row that the server knows already is answered as such. The
// patience of the connection's retry policy starts anew with each reply.
template <class Row, class Reply>
class RowSending {
 public:
  using Stream = OpenStream<Row, Reply>;
  using Next = std::function<std::optional<Row>()>;
  using OnReply = std::function<void(std::int64_t row_number, Reply&)>;

  RowSending(const Connection& connection, typename Stream::Start start, Next next,
             OnReply on_reply, std::function<bool()> may_wait = nullptr)
      : connection_(connection),
        start_(std::move(start)),
        next_(std::move(next)),
        on_reply_(std::move(on_reply)),
        may_wait_(std::move(may_wait)) {}

  // Runs to the end of the source. Nothing when every row was answered.
  std::optional<ClientError> Run() {
    for (failures_ = 0;;) {
      std::optional<ClientError> error = RunStream();
      if (!error) return std::nullopt;
      if (failures_++ == 0) patience_end_ = Clock::now() + connection_.options().deadline;
      error->attempts = failures_;
      if (stopped_) return error;
      const auto wait = WaitBeforeRepeat(connection_.options().retry, *error, failures_);
      if (!wait || Clock::now() + *wait >= patience_end_) return error;
      std::this_thread::sleep_for(*wait);
    }
  }

 private:
  using Clock = std::chrono::steady_clock;

  std::optional<ClientError> RunStream() {
    Stream stream([&](grpc::ClientContext* context, auto* reactor) {
      PrepareContext(connection_, std::nullopt, *context);
      start_(context, reactor);
    });
    sent_ = 0;
    rows_ended_ = false;
    bool silent = false;
    for (;;) {
      const bool wants_to_write = WantsToWrite();
      auto news = stream.Wait(wants_to_write, connection_.options().deadline);
      for (Reply& reply : news.replies) Deliver(reply);
      if (news.ended || stopped_) break;
      if (news.nothing_new) {
        silent = true;
        break;
      }
      if (news.may_write && news.replies.empty() && wants_to_write) SendNext(stream);
    }
    if (silent || stopped_) stream.context.TryCancel();
    const grpc::Status status = stream.Close();
    return ErrorOfStream(status, silent);
  }

  bool WantsToWrite() const {
    if (rows_ended_) return false;
    if (sent_ < unanswered_.size() || source_ended_ || unanswered_.empty()) return true;
    return unanswered_.size() < connection_.options().rows_in_flight_max &&
           !(may_wait_ && may_wait_());
  }

  void SendNext(Stream& stream) {
    if (sent_ == unanswered_.size() && !source_ended_) {
      if (auto row = next_()) {
        if (const auto path = PathOfInvalidText(*row)) return Stop(RefuseText(*path));
        unanswered_.push_back(*std::move(row));
      } else {
        source_ended_ = true;
      }
    }
    if (sent_ < unanswered_.size()) {
      stream.Write(unanswered_[sent_++]);
    } else {
      stream.EndRows();
      rows_ended_ = true;
    }
  }

  void Deliver(Reply& reply) {
    if (stopped_) return;
    if (sent_ == 0) {
      return Stop({.code = ErrorCode::kInternal, .message = "a reply came without a row"});
    }
    unanswered_.pop_front();
    --sent_;
    failures_ = 0;
    on_reply_(++answered_, reply);
  }

  void Stop(ClientError why) { stopped_ = std::move(why); }

  std::optional<ClientError> ErrorOfStream(const grpc::Status& status, bool silent) const {
    if (stopped_) return stopped_;
    if (silent) {
      return ClientError{.code = ErrorCode::kDeadlineExceeded,
                         .message = "no sign of life on the stream for " +
                                    std::to_string(connection_.options().deadline.count()) + " ms"};
    }
    if (!status.ok()) return ErrorOf(status);
    if (!unanswered_.empty() || !source_ended_) {
      return ClientError{.code = ErrorCode::kInternal,
                         .message = "the server ended the stream before every row was answered"};
    }
    return std::nullopt;
  }

  const Connection& connection_;
  typename Stream::Start start_;
  Next next_;
  OnReply on_reply_;
  std::function<bool()> may_wait_;
  std::deque<Row>
      unanswered_;  // the first `sent_` of them are on their way over the present stream
  std::size_t sent_ = 0;
  std::int64_t answered_ = 0;
  int failures_ = 0;  // since the last reply
  Clock::time_point patience_end_;
  bool source_ended_ = false;
  bool rows_ended_ = false;
  std::optional<ClientError> stopped_;  // a failure that no new stream mends
};

}  // namespace radyab::client
