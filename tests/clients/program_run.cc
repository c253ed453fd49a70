#include "tests/clients/program_run.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

namespace radyab::cli {
namespace {

constexpr int kAnswerPatienceMs = 20'000;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The exit code of the child; -1 when it did not end by itself.
int EndOf(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Starts radyab with these files; 0 when that fails.
pid_t Spawn(const posix_spawn_file_actions_t& files, const std::vector<std::string>& arguments,
            const std::map<std::string, std::string>& environment) {
  const std::string program = std::string(RADYAB_BINARY_DIR) + "/bin/radyab";
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = {"LC_ALL=C.UTF-8"};
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  pid_t child = 0;
  const int failed = posix_spawn(&child, program.c_str(), &files, nullptr, Pointers(words).data(),
                                 Pointers(variables).data());
  return failed == 0 ? child : 0;
}

ProgramEnd Run(const ScratchFolder& folder, const std::string& out,
               const std::vector<std::string>& arguments, const std::string& input,
               const std::map<std::string, std::string>& environment) {
  const std::string in = folder.Write("in", input);
  const std::string err = folder.Path("err");
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT, 0600);
  posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_WRONLY | O_CREAT, 0600);
  const pid_t child = Spawn(files, arguments, environment);
  posix_spawn_file_actions_destroy(&files);
  if (child == 0) return {.exit_code = -1, .out = "", .err = "radyab cannot be started"};
  ProgramEnd end;
  end.exit_code = EndOf(child);
  if (out == folder.Path("out")) end.out = ReadFile(out);
  end.err = ReadFile(err);
  return end;
}

}  // namespace

std::vector<nlohmann::json> ProgramEnd::JsonLines() const {
  std::vector<nlohmann::json> lines;
  std::istringstream text(out);
  for (std::string line; std::getline(text, line);) {
    lines.push_back(nlohmann::json::parse(line, nullptr, false));
  }
  return lines;
}

ProgramEnd RunRadyab(const std::vector<std::string>& arguments, const std::string& input,
                     const std::map<std::string, std::string>& environment) {
  const ScratchFolder folder;
  return Run(folder, folder.Path("out"), arguments, input, environment);
}

ProgramEnd RunRadyabInto(const std::string& output, const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& environment) {
  return Run(ScratchFolder(), output, arguments, "", environment);
}

RunningRadyab::RunningRadyab(const std::vector<std::string>& arguments,
                             const std::map<std::string, std::string>& environment) {
  int to_child[2];
  int from_child[2];
  if (pipe2(to_child, O_CLOEXEC) != 0 || pipe2(from_child, O_CLOEXEC) != 0) return;
  in_ = to_child[1];
  out_ = from_child[0];
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, to_child[0], 0);
  posix_spawn_file_actions_adddup2(&files, from_child[1], 1);
  posix_spawn_file_actions_adddup2(&files, from_child[1], 2);
  child_ = Spawn(files, arguments, environment);
  posix_spawn_file_actions_destroy(&files);
  close(to_child[0]);
  close(from_child[1]);
}

RunningRadyab::~RunningRadyab() {
  End();
  if (out_ >= 0) close(out_);
}

void RunningRadyab::Write(const std::string& text) const {
  const ssize_t written = write(in_, text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size())) std::abort();
}

bool RunningRadyab::TryWrite(const std::string& text) const {
  constexpr int kPatienceMs = 1'000;
  std::size_t at = 0;
  while (at < text.size()) {
    pollfd way{in_, POLLOUT, 0};
    if (poll(&way, 1, kPatienceMs) != 1) return false;
    // One page at most, so that a pipe with room for it takes it without waiting.
    const ssize_t count =
        write(in_, text.data() + at, std::min<std::size_t>(text.size() - at, 512));
    if (count <= 0) return false;
    at += static_cast<std::size_t>(count);
  }
  return true;
}

std::string RunningRadyab::ReadLine() const {
  std::string line;
  pollfd way{out_, POLLIN, 0};
  for (char c = 0; poll(&way, 1, kAnswerPatienceMs) == 1 && read(out_, &c, 1) == 1 && c != '\n';) {
    line += c;
  }
  return line;
}

int RunningRadyab::End() {
  if (in_ >= 0) close(std::exchange(in_, -1));
  std::array<char, 4096> rest{};
  while (out_ >= 0 && read(out_, rest.data(), rest.size()) > 0) {
  }
  return child_ > 0 ? EndOf(std::exchange(child_, 0)) : -1;
}

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "radyab-clients-XXXXXX").string();
  path_ = mkdtemp(name.data()) == nullptr ? "" : name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::string ScratchFolder::Write(const std::string& name, const std::string& content) const {
  std::ofstream file(Path(name), std::ios::binary);
  file << content;
  return Path(name);
}

}  // namespace radyab::cli
