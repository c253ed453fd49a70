// A pack is taken over whole and signed, or not at all; parties are never in it.
#include "clients/offline/pack_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "clients/offline/digest.h"
#include "clients/offline/pack_rows.h"
#include "coding/check_digits.h"
#include "registry/access/pack_signer.h"
#include "tests/clients/offline/site_world.h"

namespace radyab::offline {
namespace {

using testing::HasSubstr;
using testing::Not;
using Responses = std::vector<v1::FetchCodePackResponse>;

class PackStoreTest : public ::testing::Test {
 protected:
  PackStoreTest() {
    Reopen();
    for (int i = 0; i < 25; ++i) {
      codes_.push_back(world_.NewItem(world_.member(), "Item " + std::to_string(i)).code());
    }
  }

  void Reopen() {
    pack_.reset();
    folder_.reset();
    auto folder = OfflineFolder::Open(site_folder_.path());
    if (!folder) std::abort();
    folder_ = std::move(folder).value();
    pack_ = std::make_unique<PackStore>(folder_->pack());
  }
  // A fetch whose parts `change` may change on their way.
  FetchPack Changed(const std::function<void(Responses&)>& change) const {
    return [this, change](const v1::FetchCodePackRequest& request, const auto& take) {
      Responses parts;
      auto error = world_.Fetcher()(request, [&](const v1::FetchCodePackResponse& part) {
        parts.push_back(part);
        return true;
      });
      if (error) return error;
      change(parts);
      for (const auto& part : parts) {
        if (!take(part)) break;
      }
      return error;
    };
  }
  std::string FetchReason(const FetchPack& fetch, PackWanted wanted = {}) {
    if (wanted.now_us == 0) wanted.now_us = NowUs();
    const auto change = pack_->Fetch(wanted, fetch);
    return change.ok() ? "OK" : change.error().reason;
  }
  std::string FetchReason() { return FetchReason(world_.Fetcher()); }
  std::string Answered(const std::string& text) {
    const auto answer = OfflineResolver(*pack_).Resolve(text, AskedNow());
    if (!answer) return answer.error().reason;
    return answer->has_refusal() ? answer->refusal().reason() : answer->code();
  }
  // Signs the head of the last part anew with another key.
  static void Resign(
      Responses& parts, std::uint8_t key_byte,
      const std::function<void(v1::CodePack&)>& change = [](v1::CodePack&) {}) {
    access::SecretKey seed;
    seed.fill(key_byte);
    const access::PackSigner signer(seed);
    v1::CodePack pack;
    ASSERT_TRUE(pack.ParseFromString(parts.back().pack()));
    change(pack);
    parts.back().set_pack(pack.SerializeAsString());
    parts.back().set_signature(signer.Sign(parts.back().pack()));
    parts.back().set_public_key(signer.public_key());
  }

  SiteWorld world_;
  SiteFolder site_folder_;
  std::unique_ptr<OfflineFolder> folder_;
  std::unique_ptr<PackStore> pack_;
  std::vector<std::string> codes_;
};

TEST_F(PackStoreTest, AnswersNothingBeforeAPackIsThere) {
  EXPECT_EQ(Answered(codes_[0]), "NO_PACK");
  EXPECT_EQ(FetchReason(), "OK");
  EXPECT_EQ(Answered(codes_[0]), codes_[0]);
  Reopen();
  EXPECT_EQ(Answered(codes_[0]), codes_[0]) << "kept";
  const auto verified = pack_->Verify();
  ASSERT_TRUE(verified.ok()) << verified.error().message;
  EXPECT_EQ(verified->pack.member(), world_.member());
  EXPECT_EQ(verified->pack.entry_count(), 25);
}

TEST_F(PackStoreTest, TakesOverNothingThatWasChangedOnItsWay) {
  ASSERT_EQ(FetchReason(), "OK");
  const std::string later = world_.NewItem(world_.member(), "Later").code();
  const auto flipped = [](std::string& bytes) { bytes[bytes.size() / 2] ^= 1; };
  const std::vector<std::pair<std::string, std::function<void(Responses&)>>> changes = {
      {"PACK_UNSIGNED", [&](Responses& parts) { flipped(*parts.back().mutable_signature()); }},
      {"PACK_UNSIGNED", [&](Responses& parts) { parts.back().set_signature(""); }},
      {"PACK_UNSIGNED", [](Responses& parts) { Resign(parts, 77); }},
      {"PACK_UNSIGNED",
       [](Responses& parts) {
         v1::CodePack pack;
         pack.ParseFromString(parts.back().pack());
         pack.mutable_good_until()->set_seconds(pack.good_until().seconds() + 1);
         parts.back().set_pack(pack.SerializeAsString());
       }},
      {"PACK_CUT_OFF", [](Responses& parts) { parts.back().clear_pack(); }},
      {"PACK_CUT_OFF", [](Responses& parts) { parts.pop_back(); }},
      {"PACK_DAMAGED",
       [](Responses& parts) {
         v1::PackEntry entry;
         auto& bytes = *parts[0].mutable_buckets(0)->mutable_entries(0);
         entry.ParseFromString(bytes);
         entry.mutable_item()->mutable_life()->set_state(v1::LIFE_STATE_SUSPENDED);
         bytes = entry.SerializeAsString();
       }},
      {"PACK_DAMAGED", [](Responses& parts) { parts[0].mutable_buckets()->RemoveLast(); }},
      {"PACK_DAMAGED", [](Responses& parts) { parts[0].mutable_buckets(0)->set_number(5); }},
      {"PACK_DAMAGED",
       [](Responses& parts) { *parts[0].mutable_buckets(0)->mutable_entries(0) = "\xFF"; }},
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    EXPECT_EQ(FetchReason(Changed(changes[i].second)), changes[i].first) << i;
    EXPECT_EQ(Answered(codes_[0]), codes_[0]) << i << ": the held pack stands";
    EXPECT_EQ(Answered(later), "NOT_IN_PACK") << i;
    EXPECT_TRUE(pack_->Verify().ok()) << i;
  }
  EXPECT_EQ(FetchReason(), "OK");
  EXPECT_EQ(Answered(later), later);
}

TEST_F(PackStoreTest, TrustsTheFirstKeyUntilAPersonGivesAnother) {
  ASSERT_EQ(FetchReason(), "OK");
  const auto other = Changed([](Responses& parts) { Resign(parts, 7); });
  EXPECT_EQ(FetchReason(other), "PACK_UNSIGNED");
  access::SecretKey seed;
  seed.fill(7);
  const std::string fresh = access::PackSigner(seed).public_key();
  EXPECT_EQ(FetchReason(other, {.public_key = fresh}), "OK");
  EXPECT_EQ(FetchReason(other), "OK") << "from now on it is the trusted one";
  EXPECT_EQ(FetchReason(), "PACK_UNSIGNED");
}

TEST_F(PackStoreTest, RefusesOlderForeignAndExpiredPacks) {
  access::SecretKey seed;
  seed.fill(7);
  const std::string key = access::PackSigner(seed).public_key();
  const auto with = [&](const std::function<void(v1::CodePack&)>& change) {
    return FetchReason(Changed([&](Responses& parts) { Resign(parts, 7, change); }));
  };
  ASSERT_EQ(with([](v1::CodePack&) {}), "OK");
  EXPECT_EQ(with([](v1::CodePack& pack) { pack.set_version(pack.version() - 1); }), "PACK_OLDER");
  EXPECT_EQ(with([](v1::CodePack& pack) { pack.set_member("members/00099"); }), "PACK_OF_ANOTHER");
  EXPECT_EQ(with([](v1::CodePack& pack) { pack.mutable_good_until()->set_seconds(1); }),
            "PACK_EXPIRED");
  EXPECT_EQ(with([](v1::CodePack&) {}), "OK");
  AskedAt late = AskedNow();
  late.now_us += std::int64_t{15} * 24 * 3600 * 1'000'000;
  const auto answer = OfflineResolver(*pack_).Resolve(codes_[0], late);
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().reason, "PACK_EXPIRED");
  EXPECT_THAT(answer.error().message, HasSubstr("was good until"));
}

TEST_F(PackStoreTest, FetchesOnlyWhatChanged) {
  ASSERT_EQ(FetchReason(), "OK");
  auto again = world_.Fetch(*pack_, {.now_us = NowUs()});
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->whole);
  EXPECT_EQ(again->buckets_new + again->buckets_gone, 0);
  world_.ChangeLife(codes_[3], v1::LIFE_STATE_SUSPENDED, "blocked");
  again = world_.Fetch(*pack_, {.now_us = NowUs()});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->buckets_new, 1);
  const auto whole = world_.Fetch(*pack_, {.now_us = NowUs(), .whole = true});
  ASSERT_TRUE(whole.ok());
  EXPECT_TRUE(whole->whole);
  EXPECT_EQ(whole->buckets_new, 3);
  EXPECT_TRUE(pack_->Verify().ok());
}

// Its new bearer's bucket comes before or behind that of the old one.
TEST_F(PackStoreTest, ANumberThatMovedLeadsToItsNewBearer) {
  const auto number = AliasOfScheme(v1::ALIAS_SCHEME_STUFFID, "2710000012345");
  const std::string first = codes_.front(), last = codes_.back();
  world_.AddAlias(last, number);
  ASSERT_EQ(FetchReason(), "OK");
  EXPECT_EQ(Answered(number.value()), last);
  for (const auto& [from, to] : {std::pair(last, first), std::pair(first, last)}) {
    world_.EndAlias(from, number);
    world_.AddAlias(to, number);
    ASSERT_EQ(FetchReason(), "OK");
    EXPECT_EQ(Answered(number.value()), to);
  }
  world_.EndAlias(last, number);
  ASSERT_EQ(FetchReason(), "OK");
  EXPECT_EQ(Answered(number.value()), "INVALID_CODE") << "as a mistyped GTIN";
}

TEST_F(PackStoreTest, ABucketThatIsNoMoreGoes) {
  ASSERT_EQ(FetchReason(), "OK");
  auto fault = folder_->pack().Write([&](KeptRows& rows) {
    v1::PackBucket alien;
    v1::PackEntry entry;
    entry.mutable_item()->set_code("1042000017000113");
    entry.mutable_item()->mutable_life()->set_state(v1::LIFE_STATE_ACTIVE);
    alien.set_number(100017000 + 1);
    alien.add_entries(entry.SerializeAsString());
    ASSERT_FALSE(PutBucket(rows, alien)) << "0001 lies in 000";
    alien.set_number(100017000);
    ASSERT_TRUE(PutBucket(rows, alien));
  });
  ASSERT_FALSE(fault.has_value());
  EXPECT_EQ(pack_->Verify().error().reason, "PACK_DAMAGED");
  const auto change = world_.Fetch(*pack_, {.now_us = NowUs()});
  ASSERT_TRUE(change.ok()) << change.error().message;
  EXPECT_EQ(change->buckets_gone, 1);
  EXPECT_EQ(Answered("1042000017000113"), "NOT_IN_PACK");
}

// In a code the class stands before the counter, so the rows of a bucket lie in another order than
// its entries were sent and signed in.
TEST_F(PackStoreTest, VerifiesCodesOfSeveralClassesSideBySide) {
  world_.NeedClass("0412");
  for (const char* class_name : {"classes/0415", "classes/0412", "classes/0415"}) {
    v1::CreateItemRequest request;
    request.mutable_item()->set_member(world_.member());
    request.mutable_item()->set_class_name(class_name);
    request.mutable_item()->mutable_display_name()->set_en("Of " + std::string(class_name));
    ASSERT_TRUE(world_.admin().catalog.CreateItem(request).ok());
  }
  ASSERT_EQ(FetchReason(), "OK");
  const auto verified = pack_->Verify();
  EXPECT_TRUE(verified.ok()) << verified.error().message;
}

TEST_F(PackStoreTest, RefusesABucketThatNamesACodeTwiceOrOutOfOrder) {
  const auto swapped = Changed([](Responses& parts) {
    for (auto& part : parts) {
      for (auto& bucket : *part.mutable_buckets()) {
        if (bucket.entries_size() > 1) bucket.mutable_entries()->SwapElements(0, 1);
      }
    }
  });
  EXPECT_EQ(FetchReason(swapped), "PACK_DAMAGED");
  const auto doubled = Changed([](Responses& parts) {
    for (auto& part : parts) {
      for (auto& bucket : *part.mutable_buckets()) bucket.add_entries(bucket.entries(0));
    }
  });
  EXPECT_EQ(FetchReason(doubled), "PACK_DAMAGED");
  EXPECT_EQ(FetchReason(), "OK");
}

TEST_F(PackStoreTest, TellsDamageAndFetchesEverythingAnew) {
  ASSERT_EQ(FetchReason(), "OK");
  auto fault = folder_->pack().Write([&](KeptRows& rows) {
    rows.Put(BucketKey(EntryKey(codes_[0]).size()), std::string(36, 'x'));  // a digest of nothing
    v1::PackEntry entry = *EntryOf(rows, *coding::ParseCode(codes_[1]));
    entry.mutable_item()->mutable_life()->set_state(v1::LIFE_STATE_RETIRED);
    rows.Put(EntryKey(codes_[1]), entry.SerializeAsString());
  });
  ASSERT_FALSE(fault.has_value());
  EXPECT_EQ(pack_->Verify().error().reason, "PACK_DAMAGED");
  EXPECT_EQ(FetchReason(world_.Fetcher(), {.whole = true}), "OK");
  EXPECT_TRUE(pack_->Verify().ok());

  // A bit of the file itself, in the name of an item.
  pack_.reset();
  folder_.reset();
  const auto file = site_folder_.path() / "pack.mdb";
  std::string bytes;
  {
    std::ifstream in(file, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  int flips = 0;
  for (std::size_t at = bytes.find("Item 7"); at != std::string::npos;
       at = bytes.find("Item 7", at + 1), ++flips) {
    bytes[at] ^= 1;
  }
  ASSERT_GT(flips, 0);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  Reopen();
  EXPECT_EQ(Answered(codes_[7]), "OFFLINE_DAMAGED");
  EXPECT_EQ(pack_->Verify().error().reason, "OFFLINE_DAMAGED");
  EXPECT_EQ(FetchReason(world_.Fetcher(), {.whole = true}), "OK");
  EXPECT_EQ(Answered(codes_[7]), codes_[7]);
}

TEST_F(PackStoreTest, HasNoPartiesEver) {
  std::vector<std::string> secrets;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "Confidential customer " + std::to_string(i);
    secrets.push_back(name);
    secrets.push_back(world_.NewParty(world_.member(), name).code());
  }
  const std::string gln = std::string("952100900001") + coding::Gs1CheckDigit("952100900001");
  world_.NewParty(world_.member(), "Confidential place",
                  {AliasOfScheme(v1::ALIAS_SCHEME_GLN, gln)});
  secrets.insert(secrets.end(), {"Confidential", gln});
  std::string sent;
  ASSERT_EQ(FetchReason(Changed([&](Responses& parts) {
              for (const auto& part : parts) sent += part.SerializeAsString();
            })),
            "OK");
  EXPECT_THAT(sent, HasSubstr("Item 7"));
  for (const std::string& secret : secrets) EXPECT_THAT(sent, Not(HasSubstr(secret)));
  EXPECT_EQ(Answered(secrets[1]), "NOT_IN_PACK");
}

TEST_F(PackStoreTest, HasTheNumbersOfItsOwnMemberOnly) {
  world_.NewItem(world_.member(), "Own", {AliasOfScheme(v1::ALIAS_SCHEME_SUPPLIER_PART, "OURS")});
  world_.NewItem(world_.other(), "Foreign",
                 {AliasOfScheme(v1::ALIAS_SCHEME_SUPPLIER_PART, "THEIRS")});
  std::string sent;
  const auto keep = Changed([&](Responses& parts) {
    for (const auto& part : parts) sent += part.SerializeAsString();
  });
  ASSERT_EQ(FetchReason(keep), "OK");
  EXPECT_THAT(sent, HasSubstr("OURS"));
  EXPECT_THAT(sent, HasSubstr("Foreign"));
  EXPECT_THAT(sent, Not(HasSubstr("THEIRS")));
  // An admin fetches what the member itself would get.
  v1::FetchCodePackRequest request;
  request.set_member(world_.member());
  std::string as_admin;
  EXPECT_FALSE(world_.admin().packs.FetchCodePack(request, [&](const auto& part) {
    as_admin += part.SerializeAsString();
    return true;
  }));
  EXPECT_THAT(as_admin, HasSubstr("OURS"));
  EXPECT_THAT(as_admin, Not(HasSubstr("THEIRS")));
}

TEST_F(PackStoreTest, RefusesARequestThatDoesNotAgreeWithItself) {
  v1::FetchCodePackRequest request;
  request.add_held_steps(5);
  const auto take = [](const auto&) { return true; };
  EXPECT_EQ(world_.site().packs.FetchCodePack(request, take)->reason, "INVALID_FIELD");
  request.add_held_digests(1);
  request.add_held_steps(0);
  request.add_held_digests(1);
  EXPECT_THAT(world_.site().packs.FetchCodePack(request, take)->message,
              HasSubstr("held_steps[1]"));
}

TEST(OfflineFolder, IsOfOneProcessAndOneFormat) {
  const SiteFolder folder;
  {
    const auto first = OfflineFolder::Open(folder.path());
    ASSERT_TRUE(first.ok()) << first.error().message;
    const auto second = OfflineFolder::Open(folder.path());
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().reason, "OFFLINE_IN_USE");
  }
  std::ofstream(folder.path() / "FORMAT") << "radyab offline 9\n";
  const auto alien = OfflineFolder::Open(folder.path());
  ASSERT_FALSE(alien.ok());
  EXPECT_EQ(alien.error().reason, "OFFLINE_DAMAGED");
}

}  // namespace
}  // namespace radyab::offline
