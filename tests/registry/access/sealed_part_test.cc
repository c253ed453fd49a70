#include "registry/access/sealed_part.h"

#include <gtest/gtest.h>

#include <set>

#include "registry/access/sealer.h"
#include "registry/storage/keyspace.h"
#include "tests/support/registry_world.h"

namespace radyab::access {
namespace {

using storage::ReadTransaction;
using storage::WriteTransaction;
using tests::RegistryWorld;

class SealedPart : public ::testing::Test {
 protected:
  coding::Code CodeOf(std::uint32_t serial) {
    return coding::Code::ForSerial(coding::Kind::kParty, 17, serial).value();
  }
  absl::Status Create(coding::Code code, const std::string& fresh_key) {
    return world_.Write([&](WriteTransaction& transaction) {
      return CreateSealKey(transaction, world_.environment(), code, fresh_key);
    });
  }
  absl::StatusOr<records::Sealed> Seal(coding::Code code, std::string_view plain,
                                       std::string_view context) {
    return world_.Write([&](WriteTransaction& transaction) {
      return SealFor(transaction, world_.environment(), code, plain, context);
    });
  }
  absl::StatusOr<std::string> Open(coding::Code code, const records::Sealed& sealed,
                                   std::string_view context) {
    return world_.Read([&](ReadTransaction& transaction) {
      return OpenFor(transaction, world_.environment(), code, sealed, context);
    });
  }

  RegistryWorld world_;
  const coding::Code code_ = CodeOf(4711);
  const std::string key_ = tests::FreshBytes(kFreshKeyBytes);
};

TEST_F(SealedPart, OpensWhatWasSealedForTheCode) {
  ASSERT_TRUE(Create(code_, key_).ok());
  const auto sealed = Seal(code_, "زهرا", "party");
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(*Open(code_, *sealed, "party"), "زهرا");
}

TEST_F(SealedPart, KeepsItsKeySealed) {
  ASSERT_TRUE(Create(code_, key_).ok());
  for (const auto& [row_key, value] : world_.Dump()) EXPECT_EQ(value.find(key_), std::string::npos);
}

TEST_F(SealedPart, OpensAsAnEmptyTextAfterTheKeyIsDeleted) {
  ASSERT_TRUE(Create(code_, key_).ok());
  const auto sealed = Seal(code_, "زهرا", "party");
  ASSERT_TRUE(world_
                  .Write([&](WriteTransaction& transaction) {
                    return transaction.Delete(keyspace::SealKey(code_));
                  })
                  .ok());
  const auto opened = Open(code_, *sealed, "party");
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(*opened, "");
  EXPECT_EQ(tests::ReasonIn(Seal(code_, "again", "party").status()), Reason::kNotFound);
}

TEST_F(SealedPart, BelongsToItsCodeAndContext) {
  const coding::Code other = CodeOf(4712);
  ASSERT_TRUE(Create(code_, key_).ok());
  ASSERT_TRUE(Create(other, key_).ok());  // even with the same key
  const auto sealed = Seal(code_, "زهرا", "timeline/3");
  EXPECT_EQ(tests::ReasonIn(Open(code_, *sealed, "timeline/4").status()), Reason::kCorruptRecord);
  EXPECT_EQ(tests::ReasonIn(Open(other, *sealed, "timeline/3").status()), Reason::kCorruptRecord);
}

TEST_F(SealedPart, NeverReplacesAKeyThatStands) {
  ASSERT_TRUE(Create(code_, key_).ok());
  const auto before = world_.Dump();
  const auto refused = Create(code_, tests::FreshBytes(kFreshKeyBytes));
  EXPECT_EQ(refused.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(tests::ReasonIn(refused), Reason::kAlreadyExists);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(SealedPart, RefusesAKeyOfAnotherLength) {
  EXPECT_EQ(Create(code_, key_.substr(1)).code(), absl::StatusCode::kInternal);
  EXPECT_EQ(Create(code_, "").code(), absl::StatusCode::kInternal);
}

TEST_F(SealedPart, SharesNoNonceAmongVersionsTextsAndContexts) {
  ASSERT_TRUE(Create(code_, key_).ok());
  std::set<std::string> nonces;
  std::size_t count = 0;
  for (int version = 0; version < 3; ++version) {
    const auto status = world_.Write([&](WriteTransaction& transaction) {
      std::set<std::string> drawn;  // in one commit: told apart by context and text
      for (const char* context : {"party", "timeline/1", "timeline/11"}) {
        for (const char* plain : {"", "1", "1/1"}) {
          auto sealed = SealFor(transaction, world_.environment(), code_, plain, context);
          if (!sealed.ok()) return sealed.status();
          drawn.insert(sealed->nonce());
        }
      }
      EXPECT_EQ(drawn.size(), 9u);
      count += 9;
      nonces.insert(drawn.begin(), drawn.end());
      return transaction.Put(keyspace::Counter("test"), "a commit of its own");
    });
    ASSERT_TRUE(status.ok()) << status;
  }
  EXPECT_EQ(nonces.size(), 27u);
  EXPECT_EQ(count, 54u) << "each body runs twice and gives the same nonces";
}

}  // namespace
}  // namespace radyab::access
