// Runs the built program as a shell does.
#pragma once

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
