#include "tests/grpc/server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>

namespace radyab::rpc {
namespace {

constexpr std::chrono::milliseconds kLookAgain{5};

std::filesystem::path LogFile(const std::filesystem::path& logs, const char* ending) {
  static int number = 0;
  return logs / ("radyabd-" + std::to_string(++number) + ending);
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "radyab-grpc-XXXXXX").string();
  const char* made = mkdtemp(pattern.data());
  if (made == nullptr) std::abort();
  path_ = made;
}

ScratchFolder::~ScratchFolder() { std::filesystem::remove_all(path_); }

ServerProcess::ServerProcess(const std::vector<std::string>& arguments,
                             const std::filesystem::path& logs)
    : output_file_(LogFile(logs, ".out")), errors_file_(LogFile(logs, ".err")) {
  std::vector<char*> words = {const_cast<char*>(RADYABD)};
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  process_ = fork();
  if (process_ != 0) return;
  const int output = open(output_file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int errors = open(errors_file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  signal(SIGXFSZ, SIG_IGN);  // see LimitFiles
  execv(RADYABD, words.data());
  _exit(127);
}

ServerProcess::~ServerProcess() {
  if (Ended()) return;
  Signal(SIGKILL);
  WaitForEnd();
}

bool ServerProcess::Ended() {
  if (!ended_ && waitpid(process_, &status_, WNOHANG) == process_) ended_ = true;
  return ended_;
}

int ServerProcess::WaitForPort() {
  for (;;) {
    const bool ended = Ended();
    const std::string text = output();
    const std::size_t end = text.find('\n');
    if (text.starts_with("radyabd: listening on ") && end != std::string::npos) {
      return std::stoi(text.substr(text.rfind(':', end) + 1));
    }
    if (ended) return 0;
    std::this_thread::sleep_for(kLookAgain);
  }
}

void ServerProcess::LimitFiles(std::size_t byte_count_max) {
  const rlimit limit = {byte_count_max, byte_count_max};
  if (prlimit(process_, RLIMIT_FSIZE, &limit, nullptr) != 0) std::abort();
}

void ServerProcess::Signal(int signal) { kill(process_, signal); }

int ServerProcess::WaitForEnd() {
  if (!ended_) {
    waitpid(process_, &status_, 0);
    ended_ = true;
  }
  return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
}

std::string ServerProcess::output() const { return WholeFile(output_file_); }
std::string ServerProcess::errors() const { return WholeFile(errors_file_); }

std::string WholeFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace radyab::rpc
