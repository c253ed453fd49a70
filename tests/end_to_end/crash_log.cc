#include "tests/end_to_end/crash_log.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

namespace radyab::crash {
namespace {

constexpr std::string_view kSent = "sent";
constexpr std::string_view kAnswered = "answered";
constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string Hex(const std::string& bytes) {
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += kHexDigits[byte >> 4];
    hex += kHexDigits[byte & 0x0F];
  }
  return hex;
}

std::string Unhex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(kHexDigits.find(hex[i]) << 4 | kHexDigits.find(hex[i + 1]));
  }
  return bytes;
}

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

// Takes one line into the entries; false when it is none of ours.
bool Take(const std::vector<std::string>& parts, Entries& entries) {
  if (parts.size() >= 3 && parts[0] == kSent) {
    const auto word = std::ranges::find(kChangeWords, parts[1]);
    if (word == kChangeWords.end()) return false;
    Entry& entry = entries[parts[2]];
    entry.change = {static_cast<ChangeKind>(word - kChangeWords.begin()), parts[2],
                    parts.size() > 3 ? parts[3] : ""};
    return true;
  }
  if (parts.size() != 4 || parts[0] != kAnswered || !entries.contains(parts[1])) return false;
  entries[parts[1]].given = Given{Split(parts[2], ','), Unhex(parts[3])};
  return true;
}

}  // namespace

std::optional<Entries> ReadLog(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  Entries entries;
  for (std::string line; std::getline(file, line);) {
    if (!Take(Split(line, '\t'), entries)) return std::nullopt;
  }
  return entries;
}

LogWriter::~LogWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

void LogWriter::Sent(const Change& change) {
  const auto kind = static_cast<std::size_t>(change.kind);
  Append(std::string(kSent) + "\t" + std::string(kChangeWords[kind]) + "\t" + change.id + "\t" +
         change.subject + "\n");
}

void LogWriter::Answered(const Change& change, const Given& given) {
  std::string numbers;
  for (const std::string& number : given.numbers) numbers += (numbers.empty() ? "" : ",") + number;
  Append(std::string(kAnswered) + "\t" + change.id + "\t" + numbers + "\t" + Hex(given.bytes) +
         "\n");
}

void LogWriter::Append(const std::string& line) {
  const std::lock_guard lock(mutex_);
  std::fwrite(line.data(), 1, line.size(), file_);
  std::fflush(file_);
}

}  // namespace radyab::crash
