#include "tests/end_to_end/issue_log.h"

#include <fstream>
#include <sstream>

namespace radyab::issue {
namespace {

constexpr std::string_view kSent = "sent";
constexpr std::string_view kGiven = "given";

// Takes one line into the calls; false when it is none of ours.
bool Take(const std::string& line, Calls& calls) {
  std::istringstream words(line);
  std::string what, id;
  words >> what >> id;
  if (what == kSent) {
    Asked asked{id, "", 0, {}};
    words >> asked.member >> asked.count;
    return !words.fail() && calls.emplace(id, asked).second;
  }
  const auto call = calls.find(id);
  if (what != kGiven || call == calls.end()) return false;
  for (std::uint64_t code = 0; words >> code;) call->second.codes.push_back(code);
  return words.eof() && !call->second.codes.empty();
}

}  // namespace

std::optional<Calls> ReadLog(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  Calls calls;
  for (std::string line; std::getline(file, line);) {
    if (!Take(line, calls)) return std::nullopt;
  }
  return calls;
}

LogWriter::~LogWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

void LogWriter::Sent(const Asked& asked) {
  Append(std::string(kSent) + " " + asked.id + " " + asked.member + " " +
         std::to_string(asked.count) + "\n");
}

void LogWriter::Answered(const Asked& asked) {
  std::string line = std::string(kGiven) + " " + asked.id;
  for (const std::uint64_t code : asked.codes) line += " " + std::to_string(code);
  Append(line + "\n");
}

void LogWriter::Append(const std::string& line) {
  const std::lock_guard lock(mutex_);
  std::fwrite(line.data(), 1, line.size(), file_);
  std::fflush(file_);
}

}  // namespace radyab::issue
