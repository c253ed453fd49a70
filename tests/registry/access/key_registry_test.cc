#include "registry/access/key_registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/registry_world.h"

namespace radyab::access {
namespace {

using storage::ReadTransaction;
using storage::WriteTransaction;
using tests::FieldIn;
using tests::FreshBytes;
using tests::ReasonIn;
using tests::RegistryWorld;

class KeyRegistry : public ::testing::Test {
 protected:
  absl::StatusOr<CreatedKey> Make(const v1::Key& wanted) {
    const std::string fresh = FreshBytes(kSecretBytes);
    return world_.Write([&](WriteTransaction& transaction) {
      return CreateKey(transaction, world_.environment(), wanted, fresh);
    });
  }
  absl::StatusOr<CreatedKey> Make(v1::Role role, const std::string& member = "") {
    v1::Key wanted;
    wanted.set_role(role);
    wanted.set_member(member);
    wanted.set_display_name("Sara");
    return Make(wanted);
  }
  absl::StatusOr<v1::Key> Revoke(const std::string& name) {
    return world_.Write(
        [&](WriteTransaction& transaction) { return RevokeKey(transaction, name); });
  }
  absl::StatusOr<Caller> Find(const std::string& secret) {
    return world_.Read([&](ReadTransaction& transaction) {
      return CallerOf(transaction, world_.environment(), secret);
    });
  }

  RegistryWorld world_;
  MemberId member_ = world_.MakeMember("Sepid Dairy");
};

TEST_F(KeyRegistry, RecognisesWhoBearsASecret) {
  const auto made = Make(v1::ROLE_DESK, "members/00001");
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->key.name(), "keys/1");
  EXPECT_THAT(made->secret, ::testing::MatchesRegex("rk_[a-z2-7]+"));
  EXPECT_EQ(made->secret.size(), 35u);
  const auto caller = Find(made->secret);
  ASSERT_TRUE(caller.ok()) << caller.status();
  EXPECT_EQ(caller->key_id, 1u);
  EXPECT_EQ(caller->role, v1::ROLE_DESK);
  EXPECT_EQ(caller->member, member_);
}

TEST_F(KeyRegistry, KeepsNoSecretInItsRows) {
  const auto made = Make(v1::ROLE_ADMIN);
  ASSERT_TRUE(made.ok()) << made.status();
  for (const auto& [key, value] : world_.Dump()) {
    EXPECT_EQ(key.find(made->secret), std::string::npos);
    EXPECT_EQ(value.find(made->secret), std::string::npos);
    EXPECT_EQ(value.find(made->secret.substr(3, 16)), std::string::npos);
  }
}

TEST_F(KeyRegistry, RefusesASecretThatIsUnknownOrMalformed) {
  const auto made = Make(v1::ROLE_ADMIN);
  ASSERT_TRUE(made.ok()) << made.status();
  std::string altered = made->secret;
  altered.back() = altered.back() == 'a' ? 'b' : 'a';
  for (const std::string& wrong : {std::string(), std::string("rk_"), altered, made->secret + "a",
                                   made->secret.substr(3), std::string(100'000, 'a')}) {
    const auto caller = Find(wrong);
    EXPECT_EQ(caller.status().code(), absl::StatusCode::kUnauthenticated);
    EXPECT_EQ(ReasonIn(caller.status()), Reason::kWrongKey);
  }
}

TEST_F(KeyRegistry, RevokesAKeyOnceAndForEver) {
  ASSERT_TRUE(Make(v1::ROLE_ADMIN).ok());
  const auto made = Make(v1::ROLE_WAREHOUSE, "members/00001");
  ASSERT_TRUE(made.ok()) << made.status();
  const auto revoked = Revoke(made->key.name());
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_TRUE(revoked->has_revoke_time());
  EXPECT_EQ(ReasonIn(Find(made->secret).status()), Reason::kWrongKey);
  const auto again = Revoke(made->key.name());
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->revoke_time().nanos(), revoked->revoke_time().nanos());
}

TEST_F(KeyRegistry, KeepsTheLastAdminKey) {
  const auto first = Make(v1::ROLE_ADMIN);
  const auto second = Make(v1::ROLE_ADMIN);
  ASSERT_TRUE(first.ok() && second.ok());
  ASSERT_TRUE(Revoke(first->key.name()).ok());
  const auto before = world_.Dump();
  const auto refused = Revoke(second->key.name());
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonIn(refused.status()), Reason::kIllegalTransition);
  EXPECT_EQ(world_.Dump(), before);
  EXPECT_TRUE(Find(second->secret).ok());
}

TEST_F(KeyRegistry, FindsNoKeyByAWrongName) {
  for (const std::string name : {"", "keys/", "keys/0", "keys/01", "keys/9", "keys/x", "members/1",
                                 "keys/99999999999999999999999"}) {
    EXPECT_EQ(ReasonIn(Revoke(name).status()), Reason::kNotFound) << name;
  }
}

TEST_F(KeyRegistry, NamesTheFieldThatIsWrong) {
  struct Row {
    v1::Role role;
    std::string member;
    std::string display_name;
    Reason reason;
    std::string field;
  };
  const Row rows[] = {
      {v1::ROLE_UNSPECIFIED, "", "x", Reason::kInvalidField, "role"},
      {v1::ROLE_PUBLIC, "", "x", Reason::kInvalidField, "role"},
      {static_cast<v1::Role>(77), "", "x", Reason::kInvalidField, "role"},
      {v1::ROLE_DESK, "", "x", Reason::kMissingField, "member"},
      {v1::ROLE_ADMIN, "members/00001", "x", Reason::kInvalidField, "member"},
      {v1::ROLE_OPERATOR, "members/00001", "x", Reason::kInvalidField, "member"},
      {v1::ROLE_DESK, "members/x", "x", Reason::kInvalidField, "member"},
      {v1::ROLE_ADMIN, "", "", Reason::kInvalidField, "display_name"},
      {v1::ROLE_ADMIN, "", std::string(101, 'x'), Reason::kInvalidField, "display_name"},
  };
  const auto before = world_.Dump();
  for (const Row& row : rows) {
    v1::Key wanted;
    wanted.set_role(row.role);
    wanted.set_member(row.member);
    wanted.set_display_name(row.display_name);
    const auto made = Make(wanted);
    EXPECT_EQ(made.status().code(), absl::StatusCode::kInvalidArgument) << row.field;
    EXPECT_EQ(ReasonIn(made.status()), row.reason) << made.status();
    EXPECT_EQ(FieldIn(made.status()), row.field) << made.status();
  }
  EXPECT_EQ(ReasonIn(Make(v1::ROLE_DESK, "members/00099").status()), Reason::kNotFound);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(KeyRegistry, AcceptsAHundredCharactersOfName) {
  v1::Key wanted;
  wanted.set_role(v1::ROLE_ADMIN);
  for (int i = 0; i < 100; ++i) wanted.mutable_display_name()->append("م");
  EXPECT_TRUE(Make(wanted).ok());
}

TEST_F(KeyRegistry, ListsPageByPageWithoutGapOrRepeat) {
  for (int i = 0; i < 7; ++i) ASSERT_TRUE(Make(v1::ROLE_REGISTRAR).ok());
  std::vector<std::string> names;
  PageRequest page{3, ""};
  int pages = 0;
  do {
    auto keys =
        world_.Read([&](ReadTransaction& transaction) { return ListKeys(transaction, page); });
    ASSERT_TRUE(keys.ok()) << keys.status();
    for (const v1::Key& key : keys->rows) names.push_back(key.name());
    page.after = keys->next;
    ++pages;
  } while (!page.after.empty());
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(names, ::testing::ElementsAre("keys/1", "keys/2", "keys/3", "keys/4", "keys/5",
                                            "keys/6", "keys/7"));
}

}  // namespace
}  // namespace radyab::access
