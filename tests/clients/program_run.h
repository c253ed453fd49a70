// Runs the built program as a shell does.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace radyab::cli {

struct ProgramEnd {
  int exit_code = -1;  // -1: it did not end by itself
  std::string out;
  std::string err;

  // Every line of `out` as JSON; a line that is none is a discarded value.
  std::vector<nlohmann::json> JsonLines() const;
};

// Runs radyab with these arguments and this standard input. Of the environment it gets only
// `environment`.
ProgramEnd RunRadyab(const std::vector<std::string>& arguments, const std::string& input = "",
                     const std::map<std::string, std::string>& environment = {});

// The same with standard output going to the file `output` ("/dev/full").
ProgramEnd RunRadyabInto(const std::string& output, const std::vector<std::string>& arguments,
                         const std::map<std::string, std::string>& environment = {});

// radyab while it runs, between two pipes: what is written to it is seen at once.
class RunningRadyab {
 public:
  RunningRadyab(const std::vector<std::string>& arguments,
                const std::map<std::string, std::string>& environment);
  ~RunningRadyab();
  RunningRadyab(const RunningRadyab&) = delete;
  RunningRadyab& operator=(const RunningRadyab&) = delete;

  void Write(const std::string& text) const;
  // False when nothing of it was taken for a second.
  bool TryWrite(const std::string& text) const;
  // The next line of standard output or error (they share the pipe); waits for it, at most 20 s.
  // Empty at the end.
  std::string ReadLine() const;
  // Ends its input, passes over what it still says, and waits for it.
  int End();

 private:
  pid_t child_ = 0;
  int in_ = -1;
  int out_ = -1;
};

// A new empty folder that goes with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  // The path of a name in it.
  std::string Path(const std::string& name) const { return path_ + "/" + name; }
  // Writes a file and gives its path.
  std::string Write(const std::string& name, const std::string& content) const;

 private:
  std::string path_;
};

}  // namespace radyab::cli
