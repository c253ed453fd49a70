// Each law can be broken: a small checkout that keeps them all, and one planted fault at a time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/house/laws.h"

namespace radyab::house {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

using Texts = std::map<std::string, std::string>;
using Law = Faults (*)(const SourceTree&);

constexpr const char* kGrpcHeaders = "/usr/include/grpc";

Texts CleanTexts() {
  return {
      {"README.md",
       "# Radyab\n[storage](docs/storage.md#the-one-file), [up](#radyab), `[no](link)`\n"},
      {"docs/storage.md", "# Storage\n## The `one` file\n[home](../README.md)\n"},
      {"package-lock.json", "{\"packages\": {\"a\": {\"version\": \"1.0.0\"}}}\n"},
      {"coding/README.md", "- `code.h`: the code\n"},
      {"coding/code.h",
       "#pragma once\n#include <string>\n#include \"absl/strings/string_view.h\"\n"},
      {"coding/code.cc",
       "#include \"coding/code.h\"  // docs/storage.md\n#include <cstdio>\nint n = snprintf(0, 0, "
       "\"\");\n"},
      {"coding/permutation.cc", "#include <openssl/hmac.h>\n"},
      {"coding/text_fold.cc", "#include <unicode/uchar.h>\n"},
      {"registry/catalog/item.cc",
       "#include \"coding/code.h\"\n#include \"radyab/v1/item.pb.h\"\n"},
      {"registry/linkage/pair.cc", "#include <vector>\n#include \"coding/code.h\"\n"},
      {"registry/storage/lmdb_store.cc",
       "#include <lmdb.h>\n#include <sys/file.h>\n// never MDB_NOSYNC\nvoid Open() {\n  flock(1, "
       "LOCK_EX);\n"
       "  mdb_env_open(e, p, MDB_NOTLS, 0600);\n  mdb_reader_check(e, &dead);\n"
       "  mdb_txn_begin(e.get(), nullptr, MDB_RDONLY, &t);\n}\n"},
      {"registry/storage/open_store.cc",
       "#include \"registry/storage/lmdb_store.h\"\nint OpenPostgresStore();\n"},
      {"scanner/reader.cc", "#include <ZXing/ReadBarcode.h>\n#include \"coding/code.h\"\n"},
      {"scanner/decode_main.cc", "int main() { return 0; }\n"},
      {"grpc/server.cc",
       "#include <grpcpp/grpcpp.h>\n#include \"registry/catalog/item.h\"\nbool Start() {\n"
       "  b.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);\n  b.SetMaxReceiveMessageSize(1);\n"
       "  b.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 100);\n"
       "  b.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 1);\n"
       "  b.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 1);\n"
       "  b.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 1);\n"
       "  b.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 1);\n"
       "  b.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 1);\n"
       "  b.SetResourceQuota(grpc::ResourceQuota(\"radyab\"));\n"
       "  server_ = b.BuildAndStart();\n  return server_ != nullptr;\n}\n"},
      {"grpc/proto/radyab/v1/item.proto",
       "message Item {}\nmessage BadRequest {}\nmessage Response { string text = 1; }\n"},
      {"grpc/proto/radyab/v1/item_service.proto",
       "import \"radyab/v1/item.proto\";\nmessage GetItemRequest {}\nmessage ListItemsRequest {}\n"
       "message ListItemsResponse {}\nservice ItemService {}\n"},
      {"clients/cli/radyab_main.cc",
       "#include <grpc/grpc.h>\n#include \"radyab/v1/item_service.grpc.pb.h\"\nint main() {}\n"},
      {"tests/coding/code_test.cc", "#include \"coding/code.h\"\nint main() {}\n"},
  };
}

// A folder of its own for each test, gone afterwards.
class Checkout {
 public:
  explicit Checkout(const Texts& texts) {
    std::string name = (std::filesystem::temp_directory_path() / "radyab_house_XXXXXX").string();
    root_ = mkdtemp(name.data());
    for (const auto& [path, text] : texts) {
      std::filesystem::create_directories((root_ / path).parent_path());
      std::ofstream(root_ / path, std::ios::binary) << text;
    }
  }
  ~Checkout() { std::filesystem::remove_all(root_); }
  Checkout(const Checkout&) = delete;
  Checkout& operator=(const Checkout&) = delete;
  SourceTree Read() const { return ReadTree(root_); }

 private:
  std::filesystem::path root_;
};

Faults GrpcNames(const SourceTree& tree) { return GrpcNamesAreFree(tree, kGrpcHeaders); }

const std::map<std::string, Law>& Laws() {
  static const std::map<std::string, Law> laws = {
      {"CodingKnowsNobody", CodingKnowsNobody},
      {"RegistryKnowsNoRpc", RegistryKnowsNoRpc},
      {"LinkageIsPlainValues", LinkageIsPlainValues},
      {"ScannerKnowsOnlyCoding", ScannerKnowsOnlyCoding},
      {"GrpcKnowsNoClient", GrpcKnowsNoClient},
      {"ClientsKnowNoRegistry", ClientsKnowNoRegistry},
      {"OurIncludesAreQuotedFromTheRoot", OurIncludesAreQuotedFromTheRoot},
      {"OnlyMainFilesDefineMain", OnlyMainFilesDefineMain},
      {"OnlyStoresIncludeEngines", OnlyStoresIncludeEngines},
      {"OnlyOpenStoreNamesBothEngines", OnlyOpenStoreNamesBothEngines},
      {"LmdbIsUsedSafely", LmdbIsUsedSafely},
      {"GrpcNamesAreFree", GrpcNames},
      {"ServerIsBuiltSafely", ServerIsBuiltSafely},
      {"ProtosKeepResourcesApart", ProtosKeepResourcesApart},
      {"FilesStaySmall", FilesStaySmall},
      {"HeadersHavePragmaOnce", HeadersHavePragmaOnce},
      {"NoForbiddenWords", NoForbiddenWords},
      {"NoTestIsSkipped", NoTestIsSkipped},
      {"FoldersListTheirHeaders", FoldersListTheirHeaders},
      {"LinksResolve", LinksResolve},
      {"NoMachinePaths", NoMachinePaths},
      {"LockFilesNameNoHost", LockFilesNameNoHost},
  };
  return laws;
}

TEST(Laws, AreKeptByACleanCheckout) {
  const Checkout checkout(CleanTexts());
  const SourceTree tree = checkout.Read();
  EXPECT_EQ(tree.files.size(), CleanTexts().size());
  for (const auto& [name, law] : Laws()) EXPECT_THAT(law(tree), IsEmpty()) << name;
}

TEST(Laws, NeedTheHeadersOfGrpc) {
  EXPECT_THAT(GrpcNamesAreFree(Checkout(CleanTexts()).Read(), "/nonexistent"), testing::SizeIs(1));
}

struct Plant {
  std::string law;
  std::string path;
  std::string text;  // put at the end of the file
  std::string told;  // part of what the fault says
};

void PrintTo(const Plant& plant, std::ostream* out) { *out << plant.path << ": " << plant.told; }

std::string Halves(const std::string& first, const std::string& second) { return first + second; }

const std::vector<Plant> kPlants = {
    {"CodingKnowsNobody", "coding/code.h", "#include \"registry/reason.h\"\n", "registry/reason.h"},
    {"CodingKnowsNobody", "coding/code.h", "#include <google/protobuf/message.h>\n", "protobuf"},
    {"CodingKnowsNobody", "coding/code.h", "#include <fstream>\n", "fstream"},
    {"CodingKnowsNobody", "coding/code.h", "#include <iostream>\n", "iostream"},
    {"CodingKnowsNobody", "coding/code.h", "#include <thread>\n", "thread"},
    {"CodingKnowsNobody", "coding/code.h", "#include <sys/socket.h>\n", "socket"},
    {"CodingKnowsNobody", "coding/code.cc", "#include <openssl/hmac.h>\n", "libcrypto"},
    {"CodingKnowsNobody", "coding/code.cc", "#include <unicode/uchar.h>\n", "ICU"},
    {"CodingKnowsNobody", "coding/code.cc", "auto t = std::chrono::system_clock::now();\n",
     "system_clock"},
    {"CodingKnowsNobody", "coding/code.cc", "void F() { printf(\"x\"); }\n", "printf"},
    {"LinkageIsPlainValues", "registry/trace/lot.cc", "#include \"registry/linkage/household.h\"\n",
     "parties and registry/catalog only"},
    {"LinkageIsPlainValues", "registry/linkage/pair.cc", "#include \"registry/reason.h\"\n",
     "coding and itself"},
    {"LinkageIsPlainValues", "registry/linkage/pair.cc", "#include <fstream>\n",
     "coding and itself"},
    {"RegistryKnowsNoRpc", "registry/catalog/item.cc", "#include <grpcpp/grpcpp.h>\n", "gRPC"},
    {"RegistryKnowsNoRpc", "registry/catalog/item.cc", "#include <grpc/grpc.h>\n", "gRPC"},
    {"RegistryKnowsNoRpc", "registry/catalog/item.cc", "#include \"grpc/server.h\"\n", "gRPC"},
    {"RegistryKnowsNoRpc", "registry/catalog/item.cc", "#include <httplib.h>\n", "HTTP"},
    {"RegistryKnowsNoRpc", "registry/catalog/item.cc", "#include \"radyab/v1/item_service.pb.h\"\n",
     "service"},
    {"RegistryKnowsNoRpc", "registry/catalog/item.cc", "#include \"radyab/v1/item.grpc.pb.h\"\n",
     "service"},
    {"RegistryKnowsNoRpc", "registry/catalog/item.cc", "#include \"clients/cpp/client.h\"\n",
     "upward"},
    {"ScannerKnowsOnlyCoding", "scanner/reader.cc", "#include \"registry/reason.h\"\n",
     "coding only"},
    {"ScannerKnowsOnlyCoding", "scanner/reader.cc", "#include \"radyab/v1/item.pb.h\"\n",
     "coding only"},
    {"GrpcKnowsNoClient", "grpc/server.cc", "#include \"clients/cpp/client.h\"\n", "clients"},
    {"ClientsKnowNoRegistry", "clients/cli/a.cc", "#include \"registry/reason.h\"\n", "protos"},
    {"ClientsKnowNoRegistry", "clients/cli/a.cc", "#include \"grpc/server.h\"\n", "protos"},
    {"OurIncludesAreQuotedFromTheRoot", "scanner/reader.cc", "#include <coding/code.h>\n",
     "quoted"},
    {"OurIncludesAreQuotedFromTheRoot", "scanner/reader.cc", "#include <radyab/v1/item.pb.h>\n",
     "quoted"},
    {"OurIncludesAreQuotedFromTheRoot", "coding/code.cc", "#include \"code.h\"\n", "from the root"},
    {"OurIncludesAreQuotedFromTheRoot", "scanner/reader.cc", "#include \"../coding/code.h\"\n",
     "from the root"},
    {"OnlyMainFilesDefineMain", "registry/catalog/item.cc", "int main() {}\n", "*_main.cc"},
    {"OnlyMainFilesDefineMain", "coding/code_main.cc", "int main() {}\n", "*_main.cc"},
    {"OnlyMainFilesDefineMain", "scanner/decode_main.cc", "int main(int, char**) {}\n", "once"},
    {"OnlyStoresIncludeEngines", "registry/catalog/item.cc", "#include <lmdb.h>\n", "lmdb.h"},
    {"OnlyStoresIncludeEngines", "grpc/server.cc", "#include <postgresql/libpq-fe.h>\n", "libpq"},
    {"OnlyOpenStoreNamesBothEngines", "grpc/server.cc", "int LmdbStore, PostgresStore;\n", "both"},
    {"LmdbIsUsedSafely", "registry/storage/lmdb_store.cc", "int f = MDB_NOSYNC;\n", "MDB_NOSYNC"},
    {"LmdbIsUsedSafely", "registry/storage/lmdb_store.cc", "int f = MDB_WRITEMAP;\n",
     "MDB_WRITEMAP"},
    {"LmdbIsUsedSafely", "registry/storage/lmdb_store.cc", "int f = MDB_DUPSORT;\n", "MDB_DUPSORT"},
    {"LmdbIsUsedSafely", "registry/storage/lmdb_store.cc", "int f = MDB_NOMETASYNC;\n",
     "MDB_NOMETASYNC"},
    {"LmdbIsUsedSafely", "registry/storage/lmdb_store.cc", "int f = MDB_MAPASYNC;\n",
     "MDB_MAPASYNC"},
    {"LmdbIsUsedSafely", "tests/coding/code_test.cc", "int f = MDB_CURRENT;\n", "MDB_CURRENT"},
    {"LmdbIsUsedSafely", "registry/storage/lmdb_store.cc",
     "auto r = mdb_txn_begin(Env(a, b), parent, 0, &t);\n", "parent"},
    {"LmdbIsUsedSafely", "registry/other/b_store.cc", "auto r = mdb_env_open(e, p, 0, 0);\n",
     "MDB_NOTLS"},
    {"LmdbIsUsedSafely", "registry/other/b_store.cc", "auto r = mdb_env_open(e, p, 0, 0);\n",
     "mdb_reader_check"},
    {"LmdbIsUsedSafely", "registry/other/b_store.cc", "auto r = mdb_env_open(e, p, 0, 0);\n",
     "flock"},
    {"GrpcNamesAreFree", "grpc/status.h", "#pragma once\n", "another"},
    {"GrpcNamesAreFree", "grpc/gateway/slice.h", "#pragma once\n", "another"},
    {"GrpcNamesAreFree", "grpc/support/time.h", "#pragma once\n", "another"},
    {"GrpcNamesAreFree", "grpc/__init__.py", "import sys\n", "Python"},
    {"ServerIsBuiltSafely", "grpc/a.cc", "void F() { s = b.BuildAndStart(); s->Wait(); }\n",
     "null"},
    {"ServerIsBuiltSafely", "grpc/a.cc", "auto F() { return b.BuildAndStart(); }\n", "null"},
    {"ProtosKeepResourcesApart", "grpc/proto/radyab/v1/item.proto", "service S {}\n",
     "services stand"},
    {"ProtosKeepResourcesApart", "grpc/proto/radyab/v1/item.proto",
     "message CreateItemRequest {}\n", "requests"},
    {"ProtosKeepResourcesApart", "grpc/proto/radyab/v1/a.proto", "message ListItemsResponse {}\n",
     "requests"},
    {"ProtosKeepResourcesApart", "grpc/proto/radyab/v1/a.proto",
     "import \"radyab/v1/item_service.proto\";\n", "imports"},
    {"FilesStaySmall", "coding/a.h", std::string(151, '\n'), "151 lines"},
    {"FilesStaySmall", "coding/a.cc", std::string(401, '\n'), "401 lines"},
    {"FilesStaySmall", "coding/a.cc", std::string(101, 'x') + "\n", "101 columns"},
    {"HeadersHavePragmaOnce", "grpc/a.h", "#ifndef A\n#endif\n", "#pragma once"},
    {"HeadersHavePragmaOnce", "grpc/a.h", "// #pragma once\n#ifndef A\n#endif\n", "#pragma once"},
    {"NoForbiddenWords", "grpc/a.cc", "using namespace std;\n", "never opened"},
    {"NoForbiddenWords", "grpc/a.cc", Halves("// TO", "DO: later\n"), "finish"},
    {"NoForbiddenWords", "tests/a.py", Halves("# FIX", "ME\n"), "finish"},
    {"NoTestIsSkipped", "tests/coding/code_test.cc", Halves("void F() { GTEST", "_SKIP(); }\n"),
     "runs or it goes"},
    {"NoTestIsSkipped", "tests/coding/code_test.cc", Halves("TEST(A, DISABLED", "_B) {}\n"),
     "runs or it goes"},
    {"FoldersListTheirHeaders", "coding/gtin.h", "#pragma once\n", "does not list gtin.h"},
    {"FoldersListTheirHeaders", "grpc/gateway/page.h", "#pragma once\n", "is missing"},
    {"LinksResolve", "README.md", "[gone](docs/gone.md)\n", "docs/gone.md"},
    {"LinksResolve", "docs/storage.md", "[gone](../README.md#nowhere)\n", "no such heading"},
    {"LinksResolve", "coding/code.cc", "// see docs/gone.md\n", "no such page"},
    {"NoMachinePaths", "docs/storage.md", Halves("cd /wo", "rk/main\n"), "one machine"},
    {"LockFilesNameNoHost", "package-lock.json", "{\"resolved\": \"https://a.example/b.tgz\"}\n",
     "no host"},
};

class PlantedFault : public testing::TestWithParam<Plant> {};

TEST_P(PlantedFault, IsFound) {
  const Plant& plant = GetParam();
  Texts texts = CleanTexts();
  texts[plant.path] += plant.text;
  const Faults faults = Laws().at(plant.law)(Checkout(texts).Read());
  EXPECT_THAT(faults, Contains(testing::Field(&Fault::what, HasSubstr(plant.told))));
}

INSTANTIATE_TEST_SUITE_P(House, PlantedFault, testing::ValuesIn(kPlants), [](const auto& plant) {
  return plant.param.law + std::to_string(plant.index);
});

TEST(PlantedFaults, CoverEveryLaw) {
  for (const auto& [name, law] : Laws()) {
    EXPECT_THAT(kPlants, Contains(testing::Field(&Plant::law, name)));
  }
}

TEST(PlantedFaults, AServerOptionLeftOutIsFound) {
  for (const char* option : {"GRPC_ARG_ALLOW_REUSEPORT, 0", "SetMaxReceiveMessageSize",
                             "GRPC_ARG_MAX_CONCURRENT_STREAMS", "GRPC_ARG_KEEPALIVE_TIME_MS",
                             "SetResourceQuota(", "BuildAndStart"}) {
    Texts texts = CleanTexts();
    std::string& server = texts["grpc/server.cc"];
    server.replace(server.find(option), std::string(option).size(), "Other");
    EXPECT_THAT(ServerIsBuiltSafely(Checkout(texts).Read()), testing::SizeIs(1)) << option;
  }
}

TEST(PlantedFaults, FilesThatAreNeverCommittedAreNotRead) {
  Texts texts = CleanTexts();
  for (const char* folder : {"build/", "node_modules/", "tests/oracles/node_modules/", ".git/"}) {
    texts[std::string(folder) + "a.cc"] = "using namespace std;\n";
  }
  EXPECT_THAT(NoForbiddenWords(Checkout(texts).Read()), IsEmpty());
}

}  // namespace
}  // namespace radyab::house
