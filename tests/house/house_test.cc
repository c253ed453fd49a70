// The laws of docs/architecture.md and docs/testing.md, held against this checkout.
#include <gtest/gtest.h>

#include "tests/house/laws.h"

namespace radyab::house {
namespace {

constexpr const char* kGrpcHeaders = "/usr/include/grpc";

const SourceTree& Checkout() {
  static const SourceTree tree = ReadTree(RADYAB_SOURCE_DIR);
  return tree;
}

// True without a fault; else all of them are told, one a line.
testing::AssertionResult Kept(const Faults& faults) {
  testing::AssertionResult result(faults.empty());
  for (const Fault& fault : faults) result << fault;
  return result;
}

TEST(House, IsReadWhole) {
  for (const char* path : {"CMakeLists.txt", "dev", "coding/code.h", "tests/house/house_test.cc"}) {
    EXPECT_NE(Checkout().Find(path), nullptr) << path;
  }
}

TEST(House, CodingKnowsNobody) { EXPECT_TRUE(Kept(CodingKnowsNobody(Checkout()))); }
TEST(House, LinkageIsPlainValues) { EXPECT_TRUE(Kept(LinkageIsPlainValues(Checkout()))); }
TEST(House, RegistryKnowsNoRpc) { EXPECT_TRUE(Kept(RegistryKnowsNoRpc(Checkout()))); }
TEST(House, ScannerKnowsOnlyCoding) { EXPECT_TRUE(Kept(ScannerKnowsOnlyCoding(Checkout()))); }
TEST(House, GrpcKnowsNoClient) { EXPECT_TRUE(Kept(GrpcKnowsNoClient(Checkout()))); }
TEST(House, ClientsKnowNoRegistry) { EXPECT_TRUE(Kept(ClientsKnowNoRegistry(Checkout()))); }
TEST(House, OurIncludesAreQuotedFromTheRoot) {
  EXPECT_TRUE(Kept(OurIncludesAreQuotedFromTheRoot(Checkout())));
}
TEST(House, OnlyMainFilesDefineMain) { EXPECT_TRUE(Kept(OnlyMainFilesDefineMain(Checkout()))); }

TEST(House, OnlyStoresIncludeEngines) { EXPECT_TRUE(Kept(OnlyStoresIncludeEngines(Checkout()))); }
TEST(House, OnlyOpenStoreNamesBothEngines) {
  EXPECT_TRUE(Kept(OnlyOpenStoreNamesBothEngines(Checkout())));
}
TEST(House, LmdbIsUsedSafely) { EXPECT_TRUE(Kept(LmdbIsUsedSafely(Checkout()))); }

TEST(House, GrpcNamesAreFree) { EXPECT_TRUE(Kept(GrpcNamesAreFree(Checkout(), kGrpcHeaders))); }
TEST(House, ServerIsBuiltSafely) { EXPECT_TRUE(Kept(ServerIsBuiltSafely(Checkout()))); }
TEST(House, ProtosKeepResourcesApart) { EXPECT_TRUE(Kept(ProtosKeepResourcesApart(Checkout()))); }

TEST(House, FilesStaySmall) { EXPECT_TRUE(Kept(FilesStaySmall(Checkout()))); }
TEST(House, HeadersHavePragmaOnce) { EXPECT_TRUE(Kept(HeadersHavePragmaOnce(Checkout()))); }
TEST(House, NoForbiddenWords) { EXPECT_TRUE(Kept(NoForbiddenWords(Checkout()))); }
TEST(House, NoTestIsSkipped) { EXPECT_TRUE(Kept(NoTestIsSkipped(Checkout()))); }

TEST(House, FoldersListTheirHeaders) { EXPECT_TRUE(Kept(FoldersListTheirHeaders(Checkout()))); }
TEST(House, LinksResolve) { EXPECT_TRUE(Kept(LinksResolve(Checkout()))); }
TEST(House, NoMachinePaths) { EXPECT_TRUE(Kept(NoMachinePaths(Checkout()))); }
TEST(House, LockFilesNameNoHost) { EXPECT_TRUE(Kept(LockFilesNameNoHost(Checkout()))); }

}  // namespace
}  // namespace radyab::house
