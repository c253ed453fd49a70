#include "grpc/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>

#include "grpc/service_manager.h"
#include "nlohmann/json.hpp"
#include "tests/grpc/api_world.h"
#include "tests/grpc/server_process.h"

namespace radyab::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kTimeUs = 1'772'334'305'000'007;  // 2026-03-01T03:05:05.000007Z

TEST(EventLog, WritesALineAsTextAndAsJson) {
  const auto line = [](LogForm form) {
    return LogLine(
        form, kTimeUs, spdlog::level::info, "start",
        {{"listen", "127.0.0.1:7400"}, {"port", std::int64_t{7400}}, {"message", "two words"}});
  };
  EXPECT_EQ(line(LogForm::kText),
            "2026-03-01T03:05:05.000007Z info start listen=127.0.0.1:7400 port=7400 "
            "message=\"two words\"");
  EXPECT_EQ(line(LogForm::kJson),
            R"({"time":"2026-03-01T03:05:05.000007Z","level":"info","event":"start",)"
            R"("listen":"127.0.0.1:7400","port":7400,"message":"two words"})");
}

TEST(EventLog, KeepsALineOneLineWhateverAValueHolds) {
  const std::string hostile("a\nb\"\\\x1b[31m\xff\0z=", 13);
  for (const LogForm form : {LogForm::kText, LogForm::kJson}) {
    const std::string line =
        LogLine(form, kTimeUs, spdlog::level::err, "fault", {{"message", hostile}});
    for (const char c : line) EXPECT_GE(static_cast<unsigned char>(c), ' ') << line;
  }
  const auto json = nlohmann::json::parse(
      LogLine(LogForm::kJson, kTimeUs, spdlog::level::err, "fault", {{"message", hostile}}));
  EXPECT_THAT(json["message"].get<std::string>(), HasSubstr("a\nb\""));
}

// What a server wrote that was started with these words and asked for a foreign item once, with a
// key and a name that must not show.
class LogOfAServer : public ::testing::Test {
 protected:
  static constexpr char kSecret[] = "rk_THEWRONGSECRETTHEWRONGSECRET";

  std::string After(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"--data", (folder_.path() / "data").string(), "--listen",
                                          "127.0.0.1:0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ServerProcess process(arguments, folder_.path());
    const int port = process.WaitForPort();
    EXPECT_NE(port, 0) << process.errors();
    const RawClient client("127.0.0.1:" + std::to_string(port));
    EXPECT_EQ(
        client
            .CallBytes("PartyService.ListParties",
                       RequestBytes("PartyService.ListParties", "name_prefix: 'Zahra'"), kSecret)
            .reason,
        "WRONG_KEY");
    EXPECT_TRUE(client.CallBytes("CodeService.Check", "", "").ok());
    process.Signal(SIGTERM);
    EXPECT_EQ(process.WaitForEnd(), 0);
    EXPECT_THAT(process.errors(), Not(HasSubstr(kSecret)));
    EXPECT_THAT(process.errors(), Not(HasSubstr("Zahra")));
    return process.errors();
  }

  ScratchFolder folder_;
};

TEST_F(LogOfAServer, TellsStartRefusalAndEndAsJson) {
  const std::string log = After({"--log-form", "json"});
  std::vector<std::string> events;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    ASSERT_FALSE(json.is_discarded()) << line;
    events.push_back(json["event"]);
    if (json["event"] != "refused_call") continue;
    EXPECT_EQ(json["method"], "PartyService.ListParties");
    EXPECT_EQ(json["reason"], "WRONG_KEY");
    EXPECT_EQ(json["code"], 16);
    EXPECT_THAT(json["peer"].get<std::string>(), HasSubstr("127.0.0.1"));
  }
  EXPECT_THAT(events, ::testing::ElementsAre("healthy", "new_registry", "start", "refused_call",
                                             "draining", "stop"));
}

TEST_F(LogOfAServer, TellsRefusalsAndGoodCallsAtTheChosenLevels) {
  EXPECT_THAT(After({"--log-refused", "off"}), Not(HasSubstr("refused_call")));
  EXPECT_THAT(After({"--log-level", "warning"}), ::testing::IsEmpty());
  const std::string all = After({"--log-level", "debug"});
  EXPECT_THAT(all, HasSubstr(" debug call method=CodeService.Check peer="));
  EXPECT_THAT(all, HasSubstr(" info refused_call method=PartyService.ListParties"));
}

TEST(ServiceManager, IsToldOnItsSocket) {
  const ScratchFolder folder;
  const std::string path = (folder.path() / "notify").string();
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int ear = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  ASSERT_EQ(bind(ear, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  setenv("NOTIFY_SOCKET", path.c_str(), 1);
  TellServiceManager("READY=1");
  unsetenv("NOTIFY_SOCKET");
  TellServiceManager("STOPPING=1");  // nobody listens: nothing is sent
  char words[64] = {};
  EXPECT_EQ(recv(ear, words, sizeof words, 0), 7);
  EXPECT_STREQ(words, "READY=1");
  EXPECT_EQ(recv(ear, words, sizeof words, 0), -1);
  close(ear);
}

}  // namespace
}  // namespace radyab::rpc
