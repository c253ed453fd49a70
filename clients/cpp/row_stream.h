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

// Rows that wait to be written; so many are written one behind the other without asking the owner.
inline constexpr std::size_t kUnwrittenRowsMax = 256;

// One opened stream. Reactions note what happened and write the rows that wait; everything else is
// done by the thread that owns it.
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

  // Waits until there is something to tell: replies, the end, or (when `wants_to_write`) a free
  // place up. After `patience` without any of these, nothing_new is set.
  News Wait(bool wants_to_write, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    const bool told = changed_.wait_for(lock, patience, [&] {
      return !replies_.empty() || read_ended_ || (wants_to_write && MayWrite());
    });
    News news{std::exchange(replies_, {}), MayWrite(), read_ended_, !told};
    if (!news.replies.empty()) news.ended = false;
    return news;
  }

  // Sends a row behind those that wait; only when may_write.
  void Write(const Row& row) {
    std::lock_guard lock(mutex_);
    unwritten_.push_back(row);
    if (unwritten_.size() == 1) WriteFirst();
  }

  // Tells the server that no more rows come; only when may_write.
  void EndRows() {
    std::lock_guard lock(mutex_);
    rows_ended_ = true;
    if (unwritten_.empty()) this->StartWritesDone();
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
  bool MayWrite() const {
    return unwritten_.size() < kUnwrittenRowsMax && !rows_ended_ && !write_failed_ && !read_ended_;
  }

  // With the lock held. A row behind which another waits is sent together with that, but for the
  // first: gRPC would hold back the headers of the stream with it.
  void WriteFirst() {
    grpc::WriteOptions options;
    if (begun_ && unwritten_.size() > 1) options.set_buffer_hint();
    begun_ = true;
    this->StartWrite(&unwritten_.front(), options);
  }

  void OnWriteDone(bool ok) override {
    std::lock_guard lock(mutex_);
    unwritten_.pop_front();
    write_failed_ = !ok;
    if (write_failed_) unwritten_.clear();
    if (!unwritten_.empty()) {
      WriteFirst();
    } else if (rows_ended_ && ok) {
      this->StartWritesDone();
    }
    if (unwritten_.size() <= kUnwrittenRowsMax / 2) changed_.notify_all();
  }
  void OnWritesDoneDone(bool) override {}  // nothing is written after it
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
  std::deque<Row> unwritten_;  // the first one is being written
  bool begun_ = false;         // a row was written
  bool rows_ended_ = false;
  bool write_failed_ = false;
  bool read_ended_ = false;
  bool done_ = false;
  grpc::Status status_;
  Reply incoming_;
};

}  // namespace radyab::client
