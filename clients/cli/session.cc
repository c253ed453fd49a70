#include "clients/cli/session.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "clients/cpp/request_id.h"

namespace radyab::cli {
namespace {

constexpr std::size_t kKeyFileBytesMax = 4'096;
constexpr std::size_t kPemFileBytesMax = 1 << 20;

std::string Trimmed(const std::string& text) {
  const char* blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// Reads `path` into `text`; an empty path leaves it. False after the fault was printed.
bool ReadInto(const ErrorPrinter& errors, const std::string& path, std::size_t bytes_max,
              std::string& text) {
  if (path.empty()) return true;
  auto content = ReadSmallFile(path, bytes_max);
  if (!content) {
    errors.PrintFault(ExitCode::kUsage, "file \"" + path + "\" cannot be read, or is larger than " +
                                            std::to_string(bytes_max) + " bytes");
    return false;
  }
  text = *std::move(content);
  return true;
}

}  // namespace

std::optional<std::string> ReadSmallFile(const std::string& path, std::size_t bytes_max) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return std::nullopt;
  std::string text(bytes_max + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  const bool failed = std::ferror(file) != 0 || text.size() > bytes_max;
  if (file != stdin) std::fclose(file);
  return failed ? std::nullopt : std::optional(std::move(text));
}

Printer Session::printer() const {
  return Printer(options_.json ? OutputForm::kJson : OutputForm::kPeople);
}

ErrorPrinter Session::errors() const {
  return ErrorPrinter(options_.json ? OutputForm::kJson : OutputForm::kPeople, options_.server,
                      repeat_, options_of_verb_);
}

std::string Session::ChangeId(const std::string& given) {
  std::string id = given.empty() ? client::NewRequestId() : given;
  RepeatWith("--request-id", id);
  return id;
}

void Session::RepeatWith(std::string flag, std::string value) {
  repeat_.push_back({std::move(flag), std::move(value)});
}

std::shared_ptr<const client::Connection> Session::Connect() {
  if (connection_ != nullptr) return connection_;
  client::ConnectionOptions wanted;
  wanted.address = options_.server;
  wanted.key = options_.key;
  wanted.deadline = std::chrono::milliseconds(static_cast<int>(options_.timeout_seconds * 1000));
  const bool tls_files = !options_.tls_root_file.empty() || !options_.tls_certificate_file.empty();
  wanted.tls.enabled = options_.tls || tls_files || !options_.tls_server_name.empty();
  wanted.tls.server_name = options_.tls_server_name;
  exit_code = ExitCode::kUsage;
  if (!ReadInto(errors(), options_.key_file, kKeyFileBytesMax, wanted.key) ||
      !ReadInto(errors(), options_.tls_root_file, kPemFileBytesMax, wanted.tls.root_certificates) ||
      !ReadInto(errors(), options_.tls_certificate_file, kPemFileBytesMax,
                wanted.tls.certificate) ||
      !ReadInto(errors(), options_.tls_key_file, kPemFileBytesMax, wanted.tls.private_key)) {
    return nullptr;
  }
  wanted.key = Trimmed(wanted.key);
  if (!options_.key_file.empty() && wanted.key.empty()) {
    errors().PrintFault(ExitCode::kUsage, "file \"" + options_.key_file + "\" holds no key");
    return nullptr;
  }
  auto connection = client::Connection::Open(std::move(wanted));
  if (!connection) {
    errors().PrintFault(ExitCode::kUsage, connection.error().message);
    return nullptr;
  }
  exit_code = ExitCode::kOk;
  connection_ = *connection;
  return connection_;
}

}  // namespace radyab::cli
