#include "registry/storage/open_store.h"

#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

TEST(OpenStore, OpensEachEngineByItsAddress) {
  TemporaryFolder place;
  EXPECT_TRUE(OpenStore("memory:").ok());
  EXPECT_TRUE(OpenStore("lmdb:" + place.path().string()).ok());
  EXPECT_TRUE(std::filesystem::exists(place.path() / "data.mdb"));
}

TEST(OpenStore, RefusesUnknownAddresses) {
  for (const char* url :
       {"", "memory", "memory:x", "sqlite:data", "/var/lib/radyab", "LMDB:data"}) {
    const auto status = OpenStore(url).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << url;
    EXPECT_EQ(ReasonText(status), "INVALID_FIELD") << url;
  }
  EXPECT_EQ(ReasonText(OpenStore("lmdb:").status()), "STORE_FAILED");
}

}  // namespace
}  // namespace radyab::storage
