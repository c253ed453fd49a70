#include "clients/cli/scan_session/session_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "clients/cli/scan_session/journal_lines.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kBlockBytes = 1 << 16;

std::string Cannot(const std::string& path, const char* what) {
  return "journal \"" + path + "\" cannot be " + what + ": " + std::strerror(errno);
}

// All bytes of an open file; nothing when it cannot be read.
std::optional<std::string> WholeOf(int file) {
  std::string text;
  std::string block(kBlockBytes, '\0');
  for (;;) {
    const ssize_t count = ::read(file, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) return text;
    text.append(block, 0, static_cast<std::size_t>(count));
  }
}

}  // namespace

std::variant<std::unique_ptr<SessionJournal>, std::string> SessionJournal::Begin(
    const std::string& path, const warehouse::SessionTerms& terms, const EventFacts& facts) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST) {
    return "journal \"" + path + "\" is there already: go on with --resume, or name another";
  }
  if (file < 0) return Cannot(path, "made");
  std::unique_ptr<SessionJournal> journal(new SessionJournal(path, file));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) return Cannot(path, "locked");
  if (!journal->AddLine(LineOf(terms, facts)) || !journal->Sync()) return Cannot(path, "written");
  return journal;
}

std::variant<std::unique_ptr<SessionJournal>, std::string> SessionJournal::Resume(
    const std::string& path, JournalContent& content) {
  const int file = ::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (file < 0) return Cannot(path, "opened");
  std::unique_ptr<SessionJournal> journal(new SessionJournal(path, file));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return "journal \"" + path + "\": another program has this session";
  }
  const auto text = WholeOf(file);
  if (!text) return Cannot(path, "read");
  const std::size_t whole = text->find_last_of('\n') + 1;  // 0 when there is none
  if (auto fault = ReadJournal(std::string_view(*text).substr(0, whole), content)) {
    return "journal \"" + path + "\", " + *std::move(fault);
  }
  if (whole < text->size() && ::ftruncate(file, static_cast<off_t>(whole)) != 0) {
    return Cannot(path, "written");
  }
  return journal;
}

SessionJournal::~SessionJournal() { ::close(file_); }

bool SessionJournal::AddLine(const std::string& line) {
  const std::lock_guard lock(mutex_);
  std::size_t at = 0;
  while (!broken_ && at < line.size()) {
    const ssize_t count = ::write(file_, line.data() + at, line.size() - at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      broken_ = true;
    } else {
      at += static_cast<std::size_t>(count);
    }
  }
  return !broken_;
}

bool SessionJournal::Add(const warehouse::Scan& scan) { return AddLine(LineOf(scan)); }
bool SessionJournal::Add(const TakenUp& step) { return AddLine(LineOf(step)); }
bool SessionJournal::Add(const EventOutcome& step) { return AddLine(LineOf(step)); }
bool SessionJournal::AddEnd() { return AddLine(EndLine()) && Sync(); }

bool SessionJournal::Sync() { return ::fdatasync(file_) == 0 || errno == EINVAL; }

std::string JournalFolder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder;
  if (state != nullptr && state[0] == '/') {
    folder = state;
  } else if (home != nullptr && home[0] == '/') {
    folder = std::filesystem::path(home) / ".local" / "state";
  } else {
    return "";
  }
  folder /= "radyab/sessions";
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  return folder.string();
}

std::vector<std::string> JournalsIn(const std::string& folder) {
  std::vector<std::string> journals;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    if (entry.path().extension() == kJournalEnding) journals.push_back(entry.path().string());
  }
  std::ranges::sort(journals);
  return journals;
}

}  // namespace radyab::cli
