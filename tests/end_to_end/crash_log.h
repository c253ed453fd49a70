// The log of one crash round: what was sent, and what was answered, a line each, flushed at once.
#pragma once

#include <cstdio>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "tests/end_to_end/crash_change.h"

namespace radyab::crash {

// A change and its answer, if one came.
struct Entry {
  Change change;
  std::optional<Given> given;
};

// Entries by id.
using Entries = std::map<std::string, Entry>;

// Reads a log; nothing when a line is none of ours.
std::optional<Entries> ReadLog(const std::string& path);

// Appends to a log. Any thread.
class LogWriter {
 public:
  explicit LogWriter(const std::string& path) : file_(std::fopen(path.c_str(), "ae")) {}
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  bool ok() const { return file_ != nullptr; }
  // Before the request leaves.
  void Sent(const Change& change);
  // After its answer came.
  void Answered(const Change& change, const Given& given);

 private:
  void Append(const std::string& line);

  std::mutex mutex_;
  std::FILE* file_;
};

}  // namespace radyab::crash
