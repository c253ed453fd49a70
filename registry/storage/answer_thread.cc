#include "registry/storage/answer_thread.h"

#include <utility>

namespace radyab::storage {

void TellAnswers(std::vector<WriteAnswer> answers) {
  for (WriteAnswer& answer : answers) answer.done(std::move(answer.status));
}

AnswerThread::AnswerThread() : thread_([this] { Run(); }) {}

AnswerThread::~AnswerThread() { Close(); }

void AnswerThread::Tell(std::vector<WriteAnswer> answers) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return untold_.empty() && !telling_; });
  untold_ = std::move(answers);
  changed_.notify_all();
}

void AnswerThread::WaitUntilTold() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return untold_.empty() && !telling_; });
}

void AnswerThread::Close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void AnswerThread::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !untold_.empty(); });
    if (untold_.empty()) return;
    std::vector<WriteAnswer> answers;
    answers.swap(untold_);
    telling_ = true;
    lock.unlock();
    TellAnswers(std::move(answers));
    lock.lock();
    telling_ = false;
    changed_.notify_all();
  }
}

}  // namespace radyab::storage
