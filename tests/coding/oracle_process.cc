#include "tests/coding/oracle_process.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace radyab::coding {
namespace {

namespace fs = std::filesystem;

// A folder of this run's own, gone when the run is over.
class ScratchFolder {
 public:
  ScratchFolder() : path_((fs::temp_directory_path() / "radyab-oracle-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  bool ok() const { return !path_.empty(); }
  std::string File(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::string Contents(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::optional<std::vector<Verdict>> ReadVerdicts(const std::string& path) {
  std::vector<Verdict> verdicts;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line != "0" && line != "1" && line != "?") return std::nullopt;
    verdicts.push_back(line == "1"   ? Verdict::kRight
                       : line == "0" ? Verdict::kWrong
                                     : Verdict::kNone);
  }
  return verdicts;
}

}  // namespace

std::optional<std::vector<Verdict>> AskOracle(std::string_view oracle,
                                              const std::vector<std::string>& values,
                                              std::string& problem) {
  const ScratchFolder scratch;
  if (!scratch.ok()) {
    problem = "no folder for the inputs";
    return std::nullopt;
  }
  std::ofstream input(scratch.File("in"));
  for (const std::string& value : values) input << oracle << ' ' << value << '\n';
  input.close();
  const std::string command = "node '" RADYAB_SOURCE_DIR "/tests/oracles/oracle.js' <'" +
                              scratch.File("in") + "' >'" + scratch.File("out") + "' 2>'" +
                              scratch.File("err") + "'";
  const int status = std::system(command.c_str());
  if (status != 0) {
    problem = "the oracles do not run (" + std::to_string(status) +
              "): " + Contents(scratch.File("err")) +
              "\nnode must be there; then: tests/install_modules.sh";
    return std::nullopt;
  }
  auto verdicts = ReadVerdicts(scratch.File("out"));
  if (!verdicts || verdicts->size() != values.size()) {
    problem = "the oracles answered something else than one verdict for each value";
    return std::nullopt;
  }
  return verdicts;
}

}  // namespace radyab::coding
