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
    return world_.Write([&](WriteTransaction& transaction) {
      return RevokeKey(transaction, world_.environment(), name);
    });
  }
  absl::StatusOr<Caller> Find(const std::string& secret, std::int64_t now_us = 0) {
    return world_.Read([&](ReadTransaction& transaction) {
      return CallerOf(transaction, world_.environment(), secret, now_us);
    });
  }

  absl::StatusOr<CreatedKey> Rotate(const std::string& name, std::int64_t grace_us) {
    const std::string fresh = FreshBytes(kSecretBytes);
    return world_.Write([&](WriteTransaction& transaction) {
      return RotateKey(transaction, world_.environment(), name, grace_us, fresh);
    });
  }
  static std::int64_t Micros(const google::protobuf::Timestamp& time) {
    return time.seconds() * 1'000'000 + time.nanos() / 1'000;
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

TEST_F(KeyRegistry, ABearerWhoIsKnownIsLookedAtAgainAfterEveryChangeOfKeys) {
  const auto made = Make(v1::ROLE_WAREHOUSE, "members/00001");
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_TRUE(Find(made->secret).ok());
  const auto rotated = Rotate(made->key.name(), kGraceUsDefault);
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  const std::int64_t over = Micros(rotated->key.old_secret_expire_time());
  EXPECT_TRUE(Find(made->secret, over - 1).ok());
  EXPECT_EQ(ReasonIn(Find(made->secret, over).status()), Reason::kWrongKey);
  ASSERT_TRUE(Find(rotated->secret).ok());
  ASSERT_TRUE(Revoke(made->key.name()).ok());
  EXPECT_EQ(ReasonIn(Find(made->secret).status()), Reason::kWrongKey);
  EXPECT_EQ(ReasonIn(Find(rotated->secret).status()), Reason::kWrongKey);
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

TEST_F(KeyRegistry, ARotatedKeyHasBothSecretsUntilTheOldOneIsOver) {
  ASSERT_TRUE(Make(v1::ROLE_ADMIN).ok());
  const auto made = Make(v1::ROLE_DESK, "members/00001");
  const auto rotated = Rotate(made->key.name(), kGraceUsDefault);
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_EQ(rotated->key.name(), made->key.name());
  EXPECT_EQ(rotated->key.role(), v1::ROLE_DESK);
  EXPECT_EQ(rotated->key.member(), "members/00001");
  EXPECT_NE(rotated->secret, made->secret);
  const std::int64_t over = Micros(rotated->key.old_secret_expire_time());
  EXPECT_EQ(over - Micros(rotated->key.rotate_time()), kGraceUsDefault);
  const auto by_old = Find(made->secret, over - 1);
  ASSERT_TRUE(by_old.ok()) << by_old.status();
  EXPECT_EQ(by_old->valid_until_us, over);
  const auto by_new = Find(rotated->secret, over - 1);
  ASSERT_TRUE(by_new.ok());
  EXPECT_EQ(by_new->key_id, by_old->key_id);
  EXPECT_EQ(by_new->valid_until_us, INT64_MAX);
  EXPECT_EQ(ReasonIn(Find(made->secret, over).status()), Reason::kWrongKey);
  EXPECT_TRUE(Find(rotated->secret, over).ok());
}

TEST_F(KeyRegistry, WithoutGraceTheOldSecretIsWorthlessAtOnce) {
  ASSERT_TRUE(Make(v1::ROLE_ADMIN).ok());
  const auto made = Make(v1::ROLE_ADMIN);
  const auto rotated = Rotate(made->key.name(), 0);
  ASSERT_TRUE(rotated.ok()) << rotated.status();
  EXPECT_FALSE(rotated->key.has_old_secret_expire_time());
  EXPECT_EQ(ReasonIn(Find(made->secret).status()), Reason::kWrongKey);
  EXPECT_TRUE(Find(rotated->secret).ok());
}

TEST_F(KeyRegistry, ASecondRotationEndsTheFirstSecret) {
  const auto first = Make(v1::ROLE_ADMIN);
  const auto second = Rotate("keys/1", kGraceUsDefault);
  const auto third = Rotate("keys/1", kGraceUsDefault);
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_FALSE(Find(first->secret).ok());
  EXPECT_TRUE(Find(second->secret).ok());
  EXPECT_TRUE(Find(third->secret).ok());
}

TEST_F(KeyRegistry, ARevokedKeyOpensNothingWithEitherSecretAndIsNotRotated) {
  ASSERT_TRUE(Make(v1::ROLE_ADMIN).ok());
  const auto made = Make(v1::ROLE_ADMIN);
  const auto rotated = Rotate("keys/2", kGraceUsDefault);
  ASSERT_TRUE(Revoke("keys/2").ok());
  EXPECT_FALSE(Find(made->secret).ok());
  EXPECT_FALSE(Find(rotated->secret).ok());
  const auto again = Rotate("keys/2", kGraceUsDefault);
  EXPECT_EQ(again.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonIn(again.status()), Reason::kIllegalTransition);
}

TEST_F(KeyRegistry, RefusesAGraceOutOfBoundsAndAKeyThatIsNotThere) {
  ASSERT_TRUE(Make(v1::ROLE_ADMIN).ok());
  ASSERT_TRUE(Make(v1::ROLE_ADMIN).ok());
  EXPECT_EQ(FieldIn(Rotate("keys/1", -1).status()), "grace");
  EXPECT_EQ(FieldIn(Rotate("keys/1", kGraceUsMax + 1).status()), "grace");
  EXPECT_TRUE(Rotate("keys/1", kGraceUsMax).ok());
  EXPECT_EQ(ReasonIn(Rotate("keys/9", 0).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonIn(Rotate("keys/", 0).status()), Reason::kNotFound);
}

TEST_F(KeyRegistry, TheLastAdminKeyKeepsItsOldSecretForAMinute) {
  const auto made = Make(v1::ROLE_ADMIN);
  ASSERT_TRUE(Make(v1::ROLE_OPERATOR).ok());
  EXPECT_EQ(FieldIn(Rotate("keys/1", 0).status()), "grace");
  EXPECT_EQ(FieldIn(Rotate("keys/1", kLastAdminGraceUsMin - 1).status()), "grace");
  EXPECT_TRUE(Find(made->secret).ok()) << "a refused rotation changes nothing";
  EXPECT_TRUE(Rotate("keys/1", kLastAdminGraceUsMin).ok());
  EXPECT_TRUE(Rotate("keys/2", 0).ok()) << "another role's";
}

}  // namespace
}  // namespace radyab::access
