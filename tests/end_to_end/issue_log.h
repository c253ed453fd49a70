// The log of one round of issuing: which codes were asked for, and which were given, a line each,
// flushed at once.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace radyab::issue {

// One call: `count` codes of a member are reserved, or one item is registered when it is 0.
struct Asked {
  std::string id;  // its request_id
  std::string member;
  int count = 0;
  std::vector<std::uint64_t> codes;  // what was answered; empty: nothing yet
};

// Calls by id.
using Calls = std::map<std::string, Asked>;

// Reads a log; nothing when a line is none of ours.
std::optional<Calls> ReadLog(const std::string& path);

// Appends to a log. Any thread.
class LogWriter {
 public:
  explicit LogWriter(const std::string& path) : file_(std::fopen(path.c_str(), "ae")) {}
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  bool ok() const { return file_ != nullptr; }
  // Before the request leaves.
  void Sent(const Asked& asked);
  // After its answer came.
  void Answered(const Asked& asked);

 private:
  void Append(const std::string& line);

  std::mutex mutex_;
  std::FILE* file_;
};

}  // namespace radyab::issue
