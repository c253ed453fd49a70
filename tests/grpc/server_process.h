// radyabd as a process of its own.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace radyab::rpc {

// A folder that is removed at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class ServerProcess {
 public:
  // Starts radyabd with these arguments; its standard output and error go to files in `logs`.
  ServerProcess(const std::vector<std::string>& arguments, const std::filesystem::path& logs);
  // Kills it if it still runs.
  ~ServerProcess();

  // The port of its line "radyabd: listening on HOST:PORT", once that is there; 0 when the process
  // ended before.
  int WaitForPort();
  void Signal(int signal);
  // From now on no byte of a file is written behind the first so many: such writes fail as on a
  // full or broken disk.
  void LimitFiles(std::size_t byte_count_max);
  // Waits for its end. The exit code; 128 and the signal's number when a signal ended it.
  int WaitForEnd();
  std::string output() const;  // standard output so far
  std::string errors() const;  // standard error so far

 private:
  bool Ended();
  const std::filesystem::path output_file_;
  const std::filesystem::path errors_file_;
  pid_t process_ = 0;
  int status_ = 0;
  bool ended_ = false;
};

std::string WholeFile(const std::filesystem::path& path);

}  // namespace radyab::rpc
