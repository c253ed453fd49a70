// What every verb has at hand: where the server is, how answers are printed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/exit_code.h"
#include "clients/cli/output/error_printer.h"
#include "clients/cli/output/printer.h"
#include "clients/cpp/connection.h"

namespace radyab::cli {

// The options that every verb understands.
struct GlobalOptions {
  std::string server = "127.0.0.1:7400";  // RADYAB_SERVER or --server
  std::string key = {};                   // RADYAB_KEY; never printed
  std::string key_file = {};              // --key-file: stands over RADYAB_KEY
  double timeout_seconds = 10;
  bool json = false;
  bool tls = false;
  std::string tls_root_file = {};
  std::string tls_certificate_file = {};
  std::string tls_key_file = {};
  std::string tls_server_name = {};
};

// One run of the program. For one thread.
class Session {
 public:
  // The options are filled while the command line is read; they must outlive the session.
  explicit Session(const GlobalOptions& options) : options_(options) {}

  Printer printer() const;
  ErrorPrinter errors() const;

  // The connection, made at the first call; null after its fault was printed, then exit_code says
  // how to end.
  std::shared_ptr<const client::Connection> Connect();

  // The id of the change that this run is about to ask for: `given`, or a new one. From here on a
  // failure that leaves open whether it was done names it, so that it can be repeated safely.
  std::string ChangeId(const std::string& given);

  // Another word without which the same command would be another change: {"--etag", "e7"}.
  void RepeatWith(std::string flag, std::string value);

  // The options of the verb that runs ("--type"): failures name them.
  void RunsWith(std::vector<std::string> options) { options_of_verb_ = std::move(options); }

  ExitCode exit_code = ExitCode::kOk;

 private:
  const GlobalOptions& options_;
  std::vector<RepeatWord> repeat_;
  std::vector<std::string> options_of_verb_;
  std::shared_ptr<const client::Connection> connection_;
};

// The whole of a small file (a key, a certificate, a text), at most `bytes_max`; nothing when it
// cannot be read or is larger. "-" is standard input.
std::optional<std::string> ReadSmallFile(const std::string& path, std::size_t bytes_max);

}  // namespace radyab::cli
