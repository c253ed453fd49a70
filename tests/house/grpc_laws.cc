#include <algorithm>
#include <iterator>
#include <regex>
#include <set>
#include <string_view>

#include "tests/house/laws.h"

namespace radyab::house {
namespace {

// Headers of gRPC 1.51.1 in <grpc/…>: a file of ours of that name could answer their includes.
constexpr std::string_view kGrpcHeaders[] = {"byte_buffer.h",
                                             "byte_buffer_reader.h",
                                             "census.h",
                                             "compression.h",
                                             "fork.h",
                                             "grpc.h",
                                             "grpc_posix.h",
                                             "grpc_security.h",
                                             "grpc_security_constants.h",
                                             "load_reporting.h",
                                             "slice.h",
                                             "slice_buffer.h",
                                             "status.h"};

// Bounds that a server open to a network sets before it starts.
constexpr std::string_view kServerOptions[] = {"SetMaxReceiveMessageSize",
                                               "GRPC_ARG_MAX_CONCURRENT_STREAMS",
                                               "GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS",
                                               "GRPC_ARG_KEEPALIVE_TIME_MS",
                                               "GRPC_ARG_MAX_CONNECTION_IDLE_MS",
                                               "GRPC_ARG_MAX_CONNECTION_AGE_MS",
                                               "GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS",
                                               "SetResourceQuota"};

constexpr std::string_view kErrorDetail = "BadRequest";  // of google.rpc, no request of ours

constexpr std::size_t kCheckWithinBytes = 600;  // a result is looked at within about ten lines

bool IsOurGrpcCode(const SourceFile& file) {
  return file.Below("grpc") && !file.Below("grpc/proto") && file.IsCpp();
}

// Is the variable assigned from `X = …BuildAndStart()` at `place` compared with null soon after?
bool ResultIsChecked(const std::string& code, std::size_t place) {
  static const std::regex assigned(R"((\w+)\s*=[^=;]*$)");
  const std::size_t statement = code.find_last_of(";{}", place) + 1;
  const std::string before = code.substr(statement, place - statement);
  std::smatch match;
  if (!std::regex_search(before, match, assigned)) return false;
  const std::string name = match[1];
  const std::regex check("(!\\s*" + name + "\\b|\\b" + name + "\\s*[!=]=\\s*nullptr|if\\s*\\(\\s*" +
                         name + "\\s*\\))");
  const std::string after = code.substr(place, kCheckWithinBytes);
  return std::regex_search(after, check);
}

// Names of the messages, at any depth, and whether a service is declared.
std::set<std::string> Declared(const std::string& proto, const std::string& keyword) {
  const std::regex pattern("\\b" + keyword + "\\s+(\\w+)\\s*\\{");
  std::set<std::string> names;
  for (std::sregex_iterator match(proto.begin(), proto.end(), pattern), end; match != end;
       ++match) {
    names.insert((*match)[1]);
  }
  return names;
}

}  // namespace

Faults GrpcNamesAreFree(const SourceTree& tree, const std::filesystem::path& installed) {
  std::set<std::string, std::less<>> taken(std::begin(kGrpcHeaders), std::end(kGrpcHeaders));
  Faults faults;
  if (!std::filesystem::is_directory(installed)) {
    return {{installed.string(), 0, "gRPC's headers are not there: their names cannot be read"}};
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(installed)) {
    if (entry.is_regular_file())
      taken.insert(entry.path().lexically_relative(installed).generic_string());
  }
  for (const SourceFile& file : tree.files) {
    if (!file.Below("grpc") || file.Below("grpc/proto")) continue;
    if (taken.contains(file.Name()) || taken.contains(file.path.substr(5))) {
      faults.push_back({file.path, 0, "bears the name of a header of gRPC: choose another"});
    }
    if (file.Name() == "__init__.py") {
      faults.push_back({file.path, 0, "would replace Python's module grpc"});
    }
  }
  return faults;
}

Faults ServerIsBuiltSafely(const SourceTree& tree) {
  static const std::regex port_alone(
      R"re((GRPC_ARG_ALLOW_REUSEPORT|"grpc\.so_reuseport")\s*,\s*(/\*.*\*/)?\s*0\s*\))re");
  Faults faults;
  bool built = false, alone = false;
  std::string all;
  for (const SourceFile& file : tree.files) {
    if (!IsOurGrpcCode(file)) continue;
    all += file.code;
    const std::string with_literals = Blanked(file.text, false);
    alone = alone || std::regex_search(with_literals, port_alone);
    for (const std::size_t place : FindWord(file.code, "BuildAndStart")) {
      built = true;
      if (!ResultIsChecked(file.code, place)) {
        faults.push_back(
            {file.path, LineAt(file.code, place), "BuildAndStart can answer null: check it"});
      }
    }
  }
  if (!built) faults.push_back({"grpc", 0, "no server is built: BuildAndStart is not called"});
  if (!alone)
    faults.push_back({"grpc", 0, "so_reuseport is not set to 0: two servers could share a port"});
  for (const std::string_view option : kServerOptions) {
    if (FindWord(all, option).empty()) {
      faults.push_back({"grpc", 0, "the server starts without " + std::string(option)});
    }
  }
  return faults;
}

Faults ProtosKeepResourcesApart(const SourceTree& tree) {
  std::set<std::string> requests;
  for (const SourceFile& file : tree.files) {
    if (file.EndsWith(".proto")) requests.merge(Declared(Blanked(file.text, true), "message"));
  }
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!file.EndsWith(".proto") || file.EndsWith("_service.proto")) continue;
    const std::string code = Blanked(file.text, true);
    for (const std::string& service : Declared(code, "service")) {
      faults.push_back({file.path, 0, service + ": services stand in *_service.proto"});
    }
    for (const std::string& message : Declared(code, "message")) {
      const bool answers = message.ends_with("Response") &&
                           requests.contains(message.substr(0, message.size() - 8) + "Request");
      const bool asks = message.ends_with("Request") && message != kErrorDetail;
      if (asks || answers) {
        faults.push_back(
            {file.path, 0, message + ": requests and their answers stand in *_service.proto"});
      }
    }
    if (Blanked(file.text, false).find("_service.proto\"") != std::string::npos) {
      faults.push_back({file.path, 0, "a resource imports no service"});
    }
  }
  return faults;
}

}  // namespace radyab::house
