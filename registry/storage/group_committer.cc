#include "registry/storage/group_committer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "registry/reason.h"

namespace radyab::storage {
namespace {

// How long the committer waits for those it answered: at most this part of the last group's time.
constexpr int kGatherShare = 10;
constexpr std::chrono::milliseconds kGatherTimeMax{1};

// So few answers are told by the committer itself, as waking another thread would take longer.
constexpr std::size_t kAnswersToldHere = 4;

bool IsStoreFull(const absl::Status& status) {
  const auto detail = ReasonOf(status);
  return detail.has_value() && detail->reason == Reason::kStoreFull;
}

// A change is let in when twice the wait that is foreseen would still leave it its deadline: the
// waits of a queue that is this sure to move differ by less than that.
constexpr int kWaitsInDeadline = 2;

// When to come again is told within these.
constexpr std::chrono::milliseconds kRetryAfterMin{10};
constexpr std::chrono::milliseconds kRetryAfterMax{10'000};

std::string RetryAfterMs(QueuePace::Duration wait) {
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(wait);
  return std::to_string(std::clamp(whole, kRetryAfterMin, kRetryAfterMax).count());
}

// `half_wait` until half the queue has gone.
absl::Status QueueFull(std::size_t length_max, QueuePace::Duration half_wait) {
  const std::string limit = std::to_string(length_max);
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kWriteQueueFull,
                limit + " changes wait already: try again later",
                {{"limit", limit}, {kRetryAfterMsName, RetryAfterMs(half_wait)}});
}

absl::Status QueueTooLong(QueuePace::Duration wait) {
  const std::string after = RetryAfterMs(wait);
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kWriteQueueFull,
                "the changes that wait already leave no time for this one before its deadline: "
                "try again in " +
                    after + " ms, or with a later deadline",
                {{kRetryAfterMsName, after}});
}

absl::Status DeadlinePassed() {
  return Refuse(absl::StatusCode::kDeadlineExceeded, Reason::kDeadlinePassed,
                "the deadline passed before the change began: nothing was done");
}

absl::Status CallCancelled() {
  return Refuse(absl::StatusCode::kCancelled, Reason::kCallCancelled,
                "the call was cancelled before the change began: nothing was done");
}

// OK while the change may still begin.
absl::Status CheckTerms(const WriteTerms& terms) {
  if (std::chrono::steady_clock::now() >= terms.begin_before) return DeadlinePassed();
  if (terms.is_abandoned && terms.is_abandoned()) return CallCancelled();
  return absl::OkStatus();
}

absl::Status Closed() {
  return Refuse(absl::StatusCode::kUnavailable, Reason::kStoreClosed, "the store is closing");
}

}  // namespace

GroupCommitter::GroupCommitter(CommitEngine& engine, const CommitStamp& last,
                               const StoreOptions& options)
    : engine_(engine),
      options_(options),
      last_(last),
      tend_due_(std::chrono::steady_clock::now() + options.reader_check_interval),
      pace_(options.group_body_count_max),
      thread_([this] { Run(); }) {}

GroupCommitter::~GroupCommitter() { Close(); }

void GroupCommitter::Close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  arrived_.notify_all();
  if (thread_.joinable()) thread_.join();
  answerer_.Close();
}

void GroupCommitter::Submit(WriteBody body, WriteDone done, WriteTerms terms) {
  absl::Status refusal;
  bool wanted = false;
  {
    const std::lock_guard lock(mutex_);
    refusal = RefusalNow(terms.begin_before);
    if (refusal.ok()) {
      queue_.push_back({std::move(body), std::move(done), std::move(terms)});
      wanted = queue_.size() >= wanted_count_;
    }
  }
  if (!refusal.ok()) return done(std::move(refusal));
  // Not under the mutex: who wakes would wait for it at once.
  if (wanted) arrived_.notify_one();
}

absl::Status GroupCommitter::Check(std::chrono::steady_clock::time_point begin_before) const {
  const std::lock_guard lock(mutex_);
  return RefusalNow(begin_before);
}

absl::Status GroupCommitter::RefusalNow(std::chrono::steady_clock::time_point begin_before) const {
  if (!failure_.ok()) return failure_;
  if (closing_) return Closed();
  // The first to wait is always let in: what is foreseen must be able to change.
  if (queue_.empty()) return absl::OkStatus();
  const auto now = std::chrono::steady_clock::now();
  if (queue_.size() >= options_.queue_length_max) {
    return QueueFull(options_.queue_length_max, pace_.WaitBehind(queue_.size() / 2, now));
  }
  if (begin_before == std::chrono::steady_clock::time_point::max()) return absl::OkStatus();
  const auto wait = pace_.WaitBehind(queue_.size(), now);
  return kWaitsInDeadline * wait <= begin_before - now ? absl::OkStatus() : QueueTooLong(wait);
}

absl::Status GroupCommitter::health() const {
  if (!failed_.load(std::memory_order_acquire)) return absl::OkStatus();
  const std::lock_guard lock(mutex_);
  return failure_;
}

CommitterFigures GroupCommitter::figures() const {
  return {group_count_.load(std::memory_order_relaxed), CountWaiting(), late_count_.load(),
          abandoned_count_.load()};
}

void GroupCommitter::Run() {
  while (WaitForBodies()) {
    std::vector<WriteAnswer> answers;
    QueuePace::Duration bodies_took{0};
    const auto begun = std::chrono::steady_clock::now();
    NotePace([&] { pace_.GroupBegins(begun); });
    if (auto fault = RunGroup(answers, bodies_took); !fault.ok()) {
      Fail(fault, answers);
      return;
    }
    const std::size_t body_count = answers.size();
    const bool tell_here = body_count <= kAnswersToldHere;
    if (!tell_here) answerer_.Tell(std::move(answers));
    const auto ended = std::chrono::steady_clock::now();
    NotePace([&] { pace_.GroupEnds(ended, body_count, bodies_took); });
    if (!tell_here) continue;
    const auto took = ended - begun;
    const std::size_t likely_count = CountWaiting() + body_count;
    TellAnswers(std::move(answers));
    Gather(likely_count,
           std::min<std::chrono::steady_clock::duration>(took / kGatherShare, kGatherTimeMax));
  }
}

// Those just answered are likely to come back at once with their next change. A group that begins
// with the first of them would leave the others to wait for a whole commit, so they get a moment,
// short beside what the last commit took. `count` is
// those and all who waited already.
void GroupCommitter::Gather(std::size_t count, std::chrono::steady_clock::duration time_max) {
  std::unique_lock lock(mutex_);
  wanted_count_ = std::min({count, options_.group_body_count_max, options_.queue_length_max});
  arrived_.wait_for(lock, time_max, [this] { return closing_ || queue_.size() >= wanted_count_; });
  wanted_count_ = 1;
}

// True when there is a body to run, false when the store closes and none is left.
bool GroupCommitter::WaitForBodies() {
  std::unique_lock lock(mutex_);
  while (true) {
    arrived_.wait_until(lock, tend_due_,
                        [this] { return closing_ || !failure_.ok() || !queue_.empty(); });
    if (const auto now = std::chrono::steady_clock::now(); now >= tend_due_) {
      tend_due_ = now + options_.reader_check_interval;
      lock.unlock();
      engine_.Tend();
      lock.lock();
    }
    if (!queue_.empty()) return true;
    if (closing_ || !failure_.ok()) return false;
  }
}

std::size_t GroupCommitter::CountWaiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::optional<GroupCommitter::Waiting> GroupCommitter::TakeBody() {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return std::nullopt;
  std::optional<Waiting> waiting(std::move(queue_.front()));
  queue_.pop_front();
  return waiting;
}

// Fills `answers` with one for each body it took. Not OK when the store must stop.
absl::Status GroupCommitter::RunGroup(std::vector<WriteAnswer>& answers,
                                      QueuePace::Duration& bodies_took) {
  auto transaction = engine_.BeginGroup();
  if (!transaction.ok()) return transaction.status();
  const auto begun = std::chrono::steady_clock::now();
  RowOverlay group(**transaction, kNoOverlayLimits);
  CommitStamp stamp = last_;
  while (answers.size() < options_.group_body_count_max &&
         group.row_count() < options_.group_row_count_max &&
         group.byte_count() < options_.group_byte_count_max) {
    auto waiting = TakeBody();
    if (!waiting.has_value()) break;
    auto status = RunBody(*waiting, **transaction, group, stamp);
    answers.push_back({std::move(waiting->done), std::move(status)});
  }
  bodies_took = std::chrono::steady_clock::now() - begun;
  if (group.empty()) return absl::OkStatus();
  auto committed = CommitGroup(**transaction, group, stamp);
  if (committed.ok()) {
    last_ = stamp;
    group_count_.fetch_add(1, std::memory_order_relaxed);
    return committed;
  }
  if (!IsStoreFull(committed)) return committed;
  // Also bodies that failed by themselves: what they saw of the others does not exist.
  for (WriteAnswer& answer : answers) answer.status = committed;
  return absl::OkStatus();
}

// A body that succeeded and wrote something takes the next stamp and adds its rows to the group.
// Its terms are looked at once its record time is taken: no change bears a time behind its
// deadline.
absl::Status GroupCommitter::RunBody(const Waiting& waiting, GroupTransaction& transaction,
                                     RowOverlay& group, CommitStamp& stamp) {
  const CommitStamp next = NextStamp(stamp, options_.clock_us());
  if (auto refusal = CheckTerms(waiting.terms); !refusal.ok()) {
    ++(absl::IsCancelled(refusal) ? abandoned_count_ : late_count_);
    return refusal;
  }
  const WriteBody& body = waiting.body;
  transaction.set_stamp(next);
  WriteTransaction& group_rows = group;
  if (options_.run_bodies_twice) {
    RowOverlay thrown_away(group_rows);
    body(thrown_away).IgnoreError();
  }
  RowOverlay rows(group_rows);
  if (auto refusal = body(rows); !refusal.ok() || rows.empty()) return refusal;
  if (auto refusal = transaction.CheckRoom(group.row_count() + rows.row_count(),
                                           group.byte_count() + rows.byte_count());
      !refusal.ok()) {
    return refusal;
  }
  if (auto refusal = rows.MoveTo(group); !refusal.ok()) return refusal;
  stamp = next;
  return absl::OkStatus();
}

absl::Status GroupCommitter::CommitGroup(GroupTransaction& transaction, RowOverlay& group,
                                         const CommitStamp& stamp) {
  const OwnRow own = CommitStampRow(stamp);
  if (auto refusal = group.Put(own.key, own.value); !refusal.ok()) return refusal;
  transaction.Expect(group.row_count(), group.byte_count());
  if (auto refusal = group.ApplyTo(transaction); !refusal.ok()) return refusal;
  return transaction.Commit(last_.sequence + 1, stamp);
}

// A commit that failed is never tried again: after a failed fsync the kernel may have dropped the
// pages and would answer OK the second time.
void GroupCommitter::Stop(const absl::Status& cause) { Fail(cause, {}); }

void GroupCommitter::Fail(const absl::Status& cause, const std::vector<WriteAnswer>& answers) {
  const absl::Status failure =
      Refuse(absl::StatusCode::kInternal, Reason::kStoreFailed,
             "the store stopped, it is not known whether the last changes are kept: " +
                 std::string(cause.message().data(), cause.message().size()));
  std::deque<Waiting> waiting;
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = failure_.ok();
    if (first) failure_ = failure;
    failed_.store(true, std::memory_order_release);
    waiting.swap(queue_);
  }
  arrived_.notify_all();
  for (const WriteAnswer& answer : answers) answer.done(failure);
  for (const Waiting& one : waiting) one.done(failure);
  answerer_.WaitUntilTold();
  if (first && options_.on_fatal) options_.on_fatal(failure);
}

}  // namespace radyab::storage
