// Rows up and replies down one stream, opened again when the way breaks. Internal: it sees gRPC.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_callback.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "clients/cpp/client_error.h"

namespace radyab::client {

// One opened stream. Reactions only note what happened; everything else is done by the thread that
// owns it.
template <class Row, class Reply>
class OpenStream : public grpc::ClientBidiReactor<Row, Reply> {
 public:
  using Start = std::function<void(grpc::ClientContext*, grpc::ClientBidiReactor<Row, Reply>*)>;

  explicit OpenStream(const Start& start) {
    start(&context, this);
    this->AddHold();  // until Close: rows are sent from outside the reactions
    this->StartRead(&incoming_);
    this->StartCall();
  }
  // Streams are closed before they go.
  OpenStream(const OpenStream&) = delete;
  OpenStream& operator=(const OpenStream&) = delete;

  // What the owner can do next, and what came in since it last asked.
  struct News {
    std::deque<Reply> replies;
    bool may_write = false;
    bool ended = false;  // no more replies will come
    bool nothing_new = false;
  };

  // Waits until there is something to tell: replies, the end, or (when `wants_to_write`) a free way
  // up. After `patience` without any of these, nothing_new is set.
  News Wait(bool wants_to_write, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const bool told = changed_.wait_for(lock, patience, [&] {
      return !replies_.empty() || read_ended_ || (wants_to_write && MayWrite());
    });
    News news{std::exchange(replies_, {}), MayWrite(), read_ended_, !told};
    if (!news.replies.empty()) news.ended = false;
    return news;
  }

  // Sends a row; only when may_write.
  void Write(const Row& row) {
    outgoing_ = row;
    {
      std::lock_guard lock(mutex_);
      writing_ = true;
    }
    this->StartWrite(&outgoing_);
  }

  // Tells the server that no more rows come; only when may_write.
  void EndRows() {
    {
      std::lock_guard lock(mutex_);
      writing_ = true;
    }
    this->StartWritesDone();
  }

  // Ends the stream at this side and waits for its status. Called once, after the end of replies or
  // TryCancel.
  grpc::Status Close() {
    this->RemoveHold();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_; });
    return status_;
  }

  grpc::ClientContext context;

 private:
  bool MayWrite() const { return !writing_ && !write_failed_ && !read_ended_; }

  void OnWriteDone(bool ok) override { NoteWrite(ok); }
  void OnWritesDoneDone(bool) override {}  // nothing is written after it
  void NoteWrite(bool ok) {
    std::lock_guard lock(mutex_);
    writing_ = false;
    write_failed_ = !ok;
    changed_.notify_all();
  }
  void OnReadDone(bool ok) override {
    {
      std::lock_guard lock(mutex_);
      if (ok) {
        replies_.push_back(std::move(incoming_));
      } else {
        read_ended_ = true;
      }
      changed_.notify_all();
    }
    if (ok) this->StartRead(&incoming_);
  }
  void OnDone(const grpc::Status& status) override {
    std::lock_guard lock(mutex_);
    status_ = status;
    done_ = true;
    changed_
        .notify_all();  // under the lock: the owner may destroy this as soon as it gets the lock
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Reply> replies_;  // bounded by the rows in flight
  bool writing_ = false;
  bool write_failed_ = false;
  bool read_ended_ = false;
  bool done_ = false;
  grpc::Status status_;
  Row outgoing_;
  Reply incoming_;
};

}  // namespace radyab::client
