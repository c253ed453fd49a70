// Scans that hold neither a code of ours nor a GTIN: what the other schemes make of them.
#include "registry/catalog/alias_readings.h"

#include <gmock/gmock.h>

#include "radyab/v1/resolution.pb.h"
#include "registry/catalog/alias_registry.h"
#include "registry/resolver.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::AliasOf;
using tests::CallerFor;
using tests::RegistryWorld;

std::vector<std::string> Readings(std::string_view scan) {
  std::vector<std::string> found;
  for (const auto& reading : OtherReadings(coding::ParseScanPayload(scan, 2026))) {
    found.push_back(reading.scheme + " " + reading.value);
  }
  return found;
}

TEST(AliasReadings, AreTheKeysOfElementsInTheirOrder) {
  EXPECT_THAT(Readings("(8004)4006381asset"), testing::ElementsAre("giai 4006381asset"));
  EXPECT_THAT(Readings("(8018)400638133393100004(8019)7"),
              testing::ElementsAre("gsrn 400638133393100004"));
  EXPECT_THAT(Readings("(8013)1987654Ad4X4bL5ttr2310c2K"),
              testing::ElementsAre("gmn 1987654Ad4X4bL5ttr2310c2K"));
  EXPECT_THAT(Readings("(402)40063813339310000(401)4006381abc"),
              testing::ElementsAre("gsin 40063813339310000", "ginc 4006381abc"));
}

TEST(AliasReadings, OfATextWithLettersAreTheSchemesThatWriteSo) {
  EXPECT_THAT(Readings("1M8GDM9AXKP042788"),
              testing::ElementsAre("vin 1M8GDM9AXKP042788", "lei 1M8GDM9AXKP042788"));
  EXPECT_THAT(Readings("https://shop.example/1"), testing::Contains("vin https://shop.example/1"))
      << "whether it is one is for the scheme to check";
}

class AliasScans : public testing::Test {
 protected:
  void Add(coding::Code code, const v1::Alias& alias) {
    const auto added = world_.Write([&](storage::WriteTransaction& transaction) {
      return AddAlias(transaction, world_.environment(), CallerFor(member_), code.Digits(), alias);
    });
    ASSERT_TRUE(added.ok()) << added.status();
  }
  v1::Alias OfUnit(v1::AliasScheme scheme, const std::string& value, const std::string& serial) {
    v1::Alias alias = AliasOf(scheme, value);
    alias.set_serial(serial);
    return alias;
  }
  absl::StatusOr<v1::Resolution> Ask(MemberId member, const std::string& text,
                                     const ReadableKinds& readable = {true, true, true}) {
    return world_.Read(
        [&](storage::ReadTransaction& transaction) -> absl::StatusOr<v1::Resolution> {
          const auto bytes = ResolveToBytes(transaction, world_.environment(), CallerFor(member),
                                            readable, text, {{2026, 11, 22}, 1});
          if (!bytes.ok()) return bytes.status();
          v1::Resolution answer;
          return answer.ParseFromString(*bytes) ? absl::StatusOr<v1::Resolution>(answer)
                                                : absl::InternalError("no v1::Resolution");
        });
  }

  RegistryWorld world_;
  MemberId member_ = world_.MakeMember("Maker");
  MemberId other_ = world_.MakeMember("Shop");
  coding::Code item_ = world_.MakeItem(member_, "Telephone");
};

TEST_F(AliasScans, ANumberOfOnePieceAnswersTheUnitItIsOn) {
  Add(item_, OfUnit(v1::ALIAS_SCHEME_IMEI, "490154203237518", "S/42"));
  Add(item_, AliasOf(v1::ALIAS_SCHEME_IMEI, "353880080012345"));
  const auto unit = Ask(other_, "49-015420-323751-8");
  ASSERT_TRUE(unit.ok()) << unit.status();
  EXPECT_EQ(unit->object(), item_.Digits() + "/serial/S%2F42");
  EXPECT_EQ(unit->item().code(), item_.Digits());
  EXPECT_EQ(unit->via_alias().scheme(), v1::ALIAS_SCHEME_IMEI);
  EXPECT_TRUE(unit->usable());
  const auto kind = Ask(other_, "353880080012345");
  ASSERT_TRUE(kind.ok()) << kind.status();
  EXPECT_EQ(kind->object(), item_.Digits()) << "no serial was told";
}

TEST_F(AliasScans, AnElementStringOfAnotherKeyLeadsToWhatBearsIt) {
  Add(item_, OfUnit(v1::ALIAS_SCHEME_GIAI, "4006381asset", "7"));
  const auto asset = Ask(other_, "(8004)4006381asset");
  ASSERT_TRUE(asset.ok()) << asset.status();
  EXPECT_EQ(asset->object(), item_.Digits() + "/serial/7");
  EXPECT_TRUE(absl::IsNotFound(Ask(other_, "(8004)4006381other").status()));
}

TEST_F(AliasScans, AVinAndALeiAreReadAsTheyAreTyped) {
  Add(item_, AliasOf(v1::ALIAS_SCHEME_VIN, "1M8GDM9AXKP042788"));
  const coding::Code firm =
      world_.MakeParty(member_, "Firm", v1::PARTY_ROLE_SUPPLIER, v1::PARTY_KIND_ORGANISATION);
  Add(firm, AliasOf(v1::ALIAS_SCHEME_LEI, "HWUPKR0MPOU8FGXBT394"));
  EXPECT_EQ(Ask(other_, "1M8GDM9AXKP042788").value().code(), item_.Digits());
  EXPECT_EQ(Ask(member_, "HWUPKR0MPOU8FGXBT394").value().code(), firm.Digits());
  EXPECT_TRUE(absl::IsNotFound(Ask(other_, "HWUPKR0MPOU8FGXBT394").status()));
  const auto blind = Ask(member_, "HWUPKR0MPOU8FGXBT394", {false, true, true});
  EXPECT_TRUE(absl::IsNotFound(blind.status())) << "his role reads no parties";
}

TEST_F(AliasScans, TheNumberOfAPersonIsFoundByItsMemberAloneAndNotShown) {
  const coding::Code person = world_.MakeParty(member_, "Someone");
  Add(person, AliasOf(v1::ALIAS_SCHEME_GSRN, "400638133393100004"));
  for (const char* scan : {"(8018)400638133393100004", "400638133393100004"}) {
    const auto found = Ask(member_, scan);
    ASSERT_TRUE(found.ok()) << scan << ": " << found.status();
    EXPECT_EQ(found->code(), person.Digits());
    EXPECT_EQ(found->via_alias().value(), "");
    EXPECT_TRUE(absl::IsNotFound(Ask(other_, scan).status())) << scan;
  }
}

TEST_F(AliasScans, APalletNobodyHasSeenYetAnswersWhatItWasSaidToHold) {
  constexpr char kSscc[] = "376104250021234569";
  v1::Alias pallet = AliasOf(v1::ALIAS_SCHEME_SSCC, kSscc, 480);
  Add(item_, pallet);
  for (const std::string& scan : {std::string(kSscc), "(00)" + std::string(kSscc)}) {
    const auto found = Ask(other_, scan);
    ASSERT_TRUE(found.ok()) << scan << ": " << found.status();
    EXPECT_EQ(found->code(), item_.Digits());
    EXPECT_EQ(found->contained_quantity(), 480);
  }
}

TEST_F(AliasScans, TheLevelOfPackagingIsTold) {
  Add(item_, AliasOf(v1::ALIAS_SCHEME_UID20, "12345278901234567890", 24));
  const auto found = Ask(other_, "12345278901234567890");
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->via_alias().packaging_level(), 2);
  EXPECT_EQ(found->contained_quantity(), 24);
}

}  // namespace
}  // namespace radyab::catalog
