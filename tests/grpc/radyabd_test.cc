// The server as a process: its first start, restarts, signals, a second server, its configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/maintenance_service.pb.h"
#include "radyab/v1/member_service.pb.h"
#include "tests/grpc/api_world.h"
#include "tests/grpc/server_process.h"

namespace radyab::rpc {
namespace {

using ::testing::HasSubstr;

class Radyabd : public ::testing::Test {
 protected:
  std::vector<std::string> Arguments(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"--data", (folder_.path() / "data").string(), "--listen",
                                          "127.0.0.1:0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  std::string AdminKey() const {
    std::string key = WholeFile(folder_.path() / "data" / "admin.key");
    if (key.ends_with('\n')) key.pop_back();
    return key;
  }
  static RawClient ClientOf(int port) { return RawClient("127.0.0.1:" + std::to_string(port)); }
  Answer CreateMember(int port, const std::string& request_id) const {
    return ClientOf(port).CallBytes(
        "MemberService.CreateMember",
        RequestBytes("MemberService.CreateMember",
                     "member { display_name { en: 'Sepid' } } request_id: '" + request_id + "'"),
        AdminKey());
  }
  // Its manifest; empty when there was no backup.
  v1::BackupManifest TakeBackup(int port) const {
    grpc::ClientContext context;
    const RawClient client = ClientOf(port);
    const auto stream = client.Stream("MaintenanceService.Backup", context, AdminKey());
    stream->Write(Buffer(""));
    stream->WritesDone();
    v1::BackupResponse last;
    for (grpc::ByteBuffer bytes; stream->Read(&bytes);) {
      EXPECT_TRUE(last.ParseFromString(TextOf(bytes)));
    }
    EXPECT_TRUE(stream->Finish().ok());
    return last.manifest();
  }
  v1::ServerStats StatsOf(int port) const {
    const Answer answer = ClientOf(port).CallBytes("MaintenanceService.GetStats", "", AdminKey());
    EXPECT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
    return answer.ok() ? answer.As<v1::ServerStats>() : v1::ServerStats();
  }

  ScratchFolder folder_;
};

TEST_F(Radyabd, KeepsEverythingThroughAKillAndGivesARetryTheFirstAnswer) {
  std::string first;
  {
    ServerProcess process(Arguments(), folder_.path());
    const int port = process.WaitForPort();
    ASSERT_NE(port, 0) << process.errors();
    const Answer answer = CreateMember(port, "r1");
    ASSERT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
    first = answer.bytes;
    process.Signal(SIGKILL);
    EXPECT_EQ(process.WaitForEnd(), 128 + SIGKILL);
  }
  ServerProcess process(Arguments(), folder_.path());
  const int port = process.WaitForPort();
  ASSERT_NE(port, 0) << process.errors();
  EXPECT_EQ(CreateMember(port, "r1").bytes, first);
  EXPECT_NE(CreateMember(port, "r2").bytes, first);
}

TEST_F(Radyabd, RemembersItsLastBackupThroughARestart) {
  v1::BackupManifest taken;
  for (const bool before : {true, false}) {
    ServerProcess process(Arguments(), folder_.path());
    const int port = process.WaitForPort();
    ASSERT_NE(port, 0) << process.errors();
    EXPECT_EQ(StatsOf(port).has_backup_time(), !before);
    if (before) {
      taken = TakeBackup(port);
      ASSERT_GT(taken.commit_sequence(), 0);
      process.Signal(SIGKILL);
      process.WaitForEnd();
      continue;
    }
    const v1::ServerStats stats = StatsOf(port);
    EXPECT_EQ(stats.backup_sequence(), taken.commit_sequence());
    EXPECT_EQ(stats.backup_time().seconds(), taken.snapshot_time().seconds());
    EXPECT_EQ(stats.backup_time().nanos(), taken.snapshot_time().nanos());
  }
}

TEST_F(Radyabd, IsOfTheVersionThatTheProjectHas) {
  ServerProcess process({"--version"}, folder_.path());
  EXPECT_EQ(process.WaitForEnd(), 0);
  EXPECT_EQ(process.output(), "radyabd " RADYAB_VERSION "\n");
}

TEST_F(Radyabd, EndsAsAskedBySigtermAndSigint) {
  for (const int signal : {SIGTERM, SIGINT}) {
    ServerProcess process(Arguments(), folder_.path());
    ASSERT_NE(process.WaitForPort(), 0) << process.errors();
    process.Signal(signal);
    EXPECT_EQ(process.WaitForEnd(), 0);
    EXPECT_THAT(process.errors(), HasSubstr("draining"));
  }
}

TEST_F(Radyabd, EndsInOrderWhenItIsDrained) {
  for (const char* request : {"", "refuse_seconds: 600"}) {
    ServerProcess process(Arguments(), folder_.path());
    const int port = process.WaitForPort();
    ASSERT_NE(port, 0) << process.errors();
    const RawClient client = ClientOf(port);
    ASSERT_TRUE(CreateMember(port, "").ok());
    const Answer drained = client.CallBytes(
        "MaintenanceService.Drain", RequestBytes("MaintenanceService.Drain", request), AdminKey());
    ASSERT_TRUE(drained.ok()) << ::testing::PrintToString(drained);
    if (*request != 0) {
      // Refused with words until the time is over, or another signal comes.
      Answer refused = CreateMember(port, "");
      while (refused.ok()) refused = CreateMember(port, "");
      EXPECT_EQ(refused.Outcome(), "UNAVAILABLE/STORE_CLOSED");
      process.Signal(SIGTERM);
    }
    EXPECT_EQ(process.WaitForEnd(), 0) << process.errors();
  }
}

TEST_F(Radyabd, ScrubsAStoppedFolder) {
  {
    ServerProcess process(Arguments(), folder_.path());
    ASSERT_NE(process.WaitForPort(), 0) << process.errors();
    process.Signal(SIGTERM);
    ASSERT_EQ(process.WaitForEnd(), 0);
  }
  ServerProcess sound(Arguments({"--scrub"}), folder_.path());
  EXPECT_EQ(sound.WaitForEnd(), 0) << sound.output() << sound.errors();
  EXPECT_THAT(sound.output(), HasSubstr(" 0 findings"));
  const auto file = folder_.path() / "data" / "data.mdb";
  std::string bytes = WholeFile(file);
  bytes[4096 + 16 + 128] = static_cast<char>(bytes[4096 + 16 + 128] ^ 0x40);  // of a meta page
  std::ofstream(file, std::ios::binary) << bytes;
  ServerProcess damaged(Arguments({"--scrub"}), folder_.path());
  EXPECT_EQ(damaged.WaitForEnd(), 1) << damaged.output() << damaged.errors();
  EXPECT_THAT(damaged.output(), HasSubstr("file : page "));
}

TEST_F(Radyabd, RefusesASecondServerOnTheFolderOrThePort) {
  ServerProcess process(Arguments(), folder_.path());
  const int port = process.WaitForPort();
  ASSERT_NE(port, 0) << process.errors();
  const std::string key = AdminKey();

  ServerProcess same_folder(Arguments(), folder_.path());
  ASSERT_EQ(same_folder.WaitForPort(), 0);
  EXPECT_EQ(same_folder.WaitForEnd(), 2);
  EXPECT_THAT(same_folder.errors(), HasSubstr((folder_.path() / "data").string()));

  ServerProcess same_port({"--data", (folder_.path() / "other").string(), "--listen",
                           "127.0.0.1:" + std::to_string(port)},
                          folder_.path());
  ASSERT_EQ(same_port.WaitForPort(), 0);
  EXPECT_EQ(same_port.WaitForEnd(), 2);
  EXPECT_THAT(same_port.errors(), HasSubstr("127.0.0.1:" + std::to_string(port)));

  EXPECT_EQ(AdminKey(), key);
  EXPECT_TRUE(CreateMember(port, "").ok()) << "the first server serves on";
}

TEST_F(Radyabd, ReadsItsConfigurationFromAFile) {
  const auto config = folder_.path() / "radyabd.ini";
  const auto port_file = folder_.path() / "port";
  std::ofstream(config) << "data = \"" << (folder_.path() / "data").string() << "\"\n"
                        << "listen = \"127.0.0.1:0\"\n"
                        << "port-file = \"" << port_file.string() << "\"\n";
  ServerProcess process({"--config", config.string()}, folder_.path());
  const int port = process.WaitForPort();
  ASSERT_NE(port, 0) << process.errors();
  EXPECT_EQ(WholeFile(port_file), std::to_string(port) + "\n");
  EXPECT_TRUE(CreateMember(port, "").ok());
}

TEST_F(Radyabd, SaysWhatIsWrongWithItsOptions) {
  const std::pair<std::vector<std::string>, std::string> rows[] = {
      {{"--no-such-option"}, "--no-such-option"},
      {{"--log-level", "loud"}, "log-level"},
      {{"--config", "/nowhere/radyabd.ini"}, "/nowhere/radyabd.ini"},
      {{"--store", "carrier-pigeon:"}, "carrier-pigeon"},
      {{"--tls-cert", "/nowhere/cert.pem"}, "tls-key"},
      {{"--port-file", "/nowhere/port"}, "/nowhere/port"}};
  for (const auto& [options, words] : rows) {
    ServerProcess process(Arguments(options), folder_.path());
    EXPECT_EQ(process.WaitForEnd(), 2) << options.front();
    EXPECT_THAT(process.errors(), HasSubstr(words)) << options.front();
  }
}

TEST_F(Radyabd, EndsWithACodeOfItsOwnWhenTheDiskRefusesAndLosesNothingThatWasAcknowledged) {
  constexpr std::size_t kFileBytesMax = std::size_t{128} << 10;
  std::vector<std::string> acknowledged;
  {
    ServerProcess process(Arguments(), folder_.path());
    const int port = process.WaitForPort();
    ASSERT_NE(port, 0) << process.errors();
    process.LimitFiles(kFileBytesMax);
    const RawClient client = ClientOf(port);
    const std::string request =
        RequestBytes("MemberService.CreateMember", "member { display_name { en: 'One of many' } }");
    Answer answer;
    for (int i = 0; i < 2'000; ++i) {
      answer = client.CallBytes("MemberService.CreateMember", request, AdminKey());
      if (!answer.ok()) break;
      acknowledged.push_back(answer.As<v1::Member>().name());
    }
    EXPECT_EQ(answer.Outcome(), "INTERNAL/STORE_FAILED");
    EXPECT_EQ(process.WaitForEnd(), 3);
    EXPECT_THAT(process.errors(), HasSubstr("the store failed"));
  }
  ASSERT_FALSE(acknowledged.empty());
  ServerProcess process(Arguments(), folder_.path());
  const int port = process.WaitForPort();
  ASSERT_NE(port, 0) << process.errors();
  EXPECT_TRUE(
      ClientOf(port)
          .CallBytes("MemberService.GetMember",
                     RequestBytes("MemberService.GetMember", "name: '" + acknowledged.back() + "'"),
                     AdminKey())
          .ok());
  EXPECT_TRUE(CreateMember(port, "").ok());
}

TEST_F(Radyabd, RefusesToStartWithoutTheSecretsOfItsStore) {
  {
    ServerProcess process(Arguments(), folder_.path());
    ASSERT_NE(process.WaitForPort(), 0) << process.errors();
  }
  std::filesystem::remove_all(folder_.path() / "data" / "secrets");
  ServerProcess process(Arguments(), folder_.path());
  EXPECT_EQ(process.WaitForEnd(), 2);
  EXPECT_THAT(process.errors(), HasSubstr("put back hash.key and seal.key"));
}

TEST_F(Radyabd, SurvivesBytesThatAreNoHttp2) {
  ServerProcess process(Arguments(), folder_.path());
  const int port = process.WaitForPort();
  ASSERT_NE(port, 0) << process.errors();
  const std::string ask = "exec 3<>/dev/tcp/127.0.0.1/" + std::to_string(port) +
                          "; head -c 100000 /dev/urandom >&3; exec 3>&-";
  for (int i = 0; i < 10; ++i) {
    EXPECT_NE(std::system(("bash -c '" + ask + "' 2>/dev/null").c_str()), -1);
  }
  EXPECT_TRUE(CreateMember(port, "").ok());
}

}  // namespace
}  // namespace radyab::rpc
