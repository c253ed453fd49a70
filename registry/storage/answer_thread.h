// Tells those who wait what became of their changes, while the committer goes on with the next.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "registry/storage/store.h"

namespace radyab::storage {

struct WriteAnswer {
  WriteDone done;
  absl::Status status;
};

// Tells every answer, in order, on the calling thread.
void TellAnswers(std::vector<WriteAnswer> answers);

// Owns its thread. Thread safe, but for Close.
class AnswerThread {
 public:
  AnswerThread();
  ~AnswerThread();  // closes
  AnswerThread(const AnswerThread&) = delete;
  AnswerThread& operator=(const AnswerThread&) = delete;

  // Every answer is told once, in order, soon. Waits until all that was handed over before has been
  // told: whoever makes answers is never further ahead.
  void Tell(std::vector<WriteAnswer> answers);
  // Waits until all that was handed over before has been told. Not from a WriteDone.
  void WaitUntilTold();
  // Tells what is left and ends the thread. Nothing is handed over any more. For the owner.
  void Close();

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<WriteAnswer> untold_;  // guarded by mutex_, as are the next two
  bool telling_ = false;
  bool closing_ = false;

  std::thread thread_;  // last: starts when all else is there
};

}  // namespace radyab::storage
