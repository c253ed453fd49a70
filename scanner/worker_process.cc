#include "scanner/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

extern char** environ;

namespace radyab::scanner {
namespace {

constexpr std::uint32_t kAnswerBytesMax = 16 << 20;  // symbols as JSON are far smaller

// Waits until `socket` can do `event`. kLate when the deadline passes first.
Exchange Await(int socket, short event, WorkerDeadline deadline) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return Exchange::kLate;
    pollfd waiting = {socket, event, 0};
    const auto wait = std::min<std::int64_t>(left.count() + 1, 3'600'000);
    const int ready = ::poll(&waiting, 1, static_cast<int>(wait));
    if (ready > 0) return Exchange::kDone;  // an error shows itself in the call that follows
    if (ready < 0 && errno != EINTR) return Exchange::kLost;
  }
}

// Starts `program` with `socket` as its standard input and output. The child gets no other
// descriptor, default signals, and a process group of its own: Ctrl-C ends us, and the closed
// socket ends the child.
int Spawn(const std::string& program, int socket, int standard_error, pid_t* process_id) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, socket, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, socket, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, standard_error, STDERR_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::string name = program;
  char* arguments[] = {name.data(), nullptr};
  const int error =
      ::posix_spawn(process_id, program.c_str(), &files, &attributes, arguments, environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return error;
}

ScanFault Missing(const std::string& program, const std::string& why) {
  return {FaultKind::kWorkerMissing, "cannot start \"" + program + "\": " + why};
}

}  // namespace

std::string DecodeProgram(const std::string& wanted) {
  if (!wanted.empty()) return wanted;
  if (const char* named = std::getenv("RADYAB_DECODE"); named != nullptr && *named != '\0')
    return named;
  char self[4096];
  const ssize_t length = ::readlink("/proc/self/exe", self, sizeof self);
  std::string_view path(self, length > 0 ? static_cast<std::size_t>(length) : 0);
  path = path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  return std::string(path) + "radyab-decode";
}

Outcome<bool> WorkerProcess::Start(const std::string& program, WorkerDeadline deadline) {
  End();
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return Missing(program, std::strerror(errno));
  }
  standard_error_ = ::memfd_create("radyab-decode standard error", MFD_CLOEXEC);
  const int error =
      standard_error_ < 0 ? errno : Spawn(program, ends[1], standard_error_, &process_id_);
  ::close(ends[1]);
  socket_ = ends[0];
  ::fcntl(socket_, F_SETFL, O_NONBLOCK);
  if (error != 0) {
    process_id_ = 0;
    End();
    return Missing(program, std::strerror(error));
  }
  Message hello;
  if (Receive(&hello, deadline) != Exchange::kDone || hello.kind != MessageKind::kHello ||
      hello.body != kDecodeGreeting) {
    return Missing(program, "it does not greet as radyab-decode of this version (" + End() + ")");
  }
  return true;
}

bool WorkerProcess::Alive() const {
  char byte;
  const ssize_t got = ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return running() && got < 0 && (errno == EAGAIN || errno == EINTR);
}

Exchange WorkerProcess::Send(std::string_view bytes, WorkerDeadline deadline) {
  while (!bytes.empty()) {
    const ssize_t put = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(put));
    } else if (put < 0 && (errno == EAGAIN || errno == EINTR)) {
      if (const auto ready = Await(socket_, POLLOUT, deadline); ready != Exchange::kDone)
        return ready;
    } else {
      return Exchange::kLost;
    }
  }
  return Exchange::kDone;
}

Exchange WorkerProcess::ReceiveBytes(char* bytes, std::size_t size, WorkerDeadline deadline) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::recv(socket_, bytes + done, size - done, 0);
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
      if (const auto ready = Await(socket_, POLLIN, deadline); ready != Exchange::kDone)
        return ready;
    } else {
      return Exchange::kLost;
    }
  }
  return Exchange::kDone;
}

Exchange WorkerProcess::Receive(Message* message, WorkerDeadline deadline) {
  char head[5];
  if (const auto got = ReceiveBytes(head, sizeof head, deadline); got != Exchange::kDone)
    return got;
  const std::uint32_t length = LengthOfBytes({head, 4});
  if (length < 1 || length > kAnswerBytesMax) return Exchange::kLost;
  message->kind = static_cast<MessageKind>(head[4]);
  message->body.assign(length - 1, '\0');
  return ReceiveBytes(message->body.data(), message->body.size(), deadline);
}

std::string WorkerProcess::LastErrorLine() const {
  char tail[512];
  const off_t end = ::lseek(standard_error_, 0, SEEK_END);
  const off_t begin = std::max<off_t>(0, end - static_cast<off_t>(sizeof tail));
  const ssize_t got = end > 0 ? ::pread(standard_error_, tail, sizeof tail, begin) : 0;
  std::string_view text(tail, got > 0 ? static_cast<std::size_t>(got) : 0);
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  const std::size_t line = text.rfind('\n');
  return std::string(line == std::string_view::npos ? text : text.substr(line + 1));
}

std::string WorkerProcess::End() {
  std::string how;
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
  if (process_id_ > 0) {
    // What ended by itself is a zombie until we wait for it; a signal does not change how it ended.
    ::kill(process_id_, SIGKILL);
    int status = 0;
    while (::waitpid(process_id_, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
      how =
          "signal " + std::to_string(WTERMSIG(status)) + " (" + ::strsignal(WTERMSIG(status)) + ")";
    } else {
      how = "exit status " + std::to_string(WEXITSTATUS(status));
    }
    const std::string line = standard_error_ >= 0 ? LastErrorLine() : "";
    if (!line.empty()) how += ": " + line;
  }
  process_id_ = 0;
  if (standard_error_ >= 0) ::close(standard_error_);
  standard_error_ = -1;
  return how;
}

}  // namespace radyab::scanner
