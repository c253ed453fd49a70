// Every scheme by its published form: who bears it, what is checked, how far it is unique, how it
// is kept. The table below is written from docs/codes.md, not from the code.
#include "registry/catalog/alias_schemes.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <set>

#include "absl/strings/ascii.h"
#include "registry/catalog/alias_registry.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::AliasOf;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

struct Published {
  const char* name;
  const char* bearers;  // i item, s service, p person, o organisation
  bool everywhere;      // else per member
  bool hashed;
  const char* value;
  const char* wrong;  // that fails the check; "" where there is none but a length
};

// Values: examples of the standards and of their owners, as tests/coding has them too.
constexpr Published kPublished[] = {
    {"gtin", "i", true, false, "9521234567899", "9521234567898"},
    {"gln", "po", false, false, "4006381333931", "4006381333932"},
    {"irancode", "i", true, false, "2910700012340001", ""},
    {"irancode_service", "s", true, false, "29107000123400017", ""},
    {"stuffid", "is", true, false, "2720000114542", ""},
    {"national_id", "p", false, true, "0084575948", "0084575949"},
    {"legal_id", "o", false, false, "10380284790", "10380284791"},
    {"supplier_part", "is", false, false, "P-100", ""},
    {"gmn", "i", true, false, "1987654Ad4X4bL5ttr2310c2K", "1987654Ad4X4bL5ttr2310c2L"},
    {"cpid", "i", true, false, "4006381PART-9", "4006381part-9"},
    {"nsn", "i", true, false, "5905001234567", ""},
    {"irc", "i", true, false, "1228069817361234", ""},
    {"gsrn", "po", false, true, "400638133393100004", "400638133393100005"},
    {"lei", "o", false, false, "HWUPKR0MPOU8FGXBT394", "HWUPKR0MPOU8FGXBT395"},
    {"economic_code", "po", false, true, "41114567891234", ""},
    {"sscc", "i", true, false, "376104250021234569", "376104250021234568"},
    {"grai", "i", true, false, "04006381333931A7", "04006381333932A7"},
    {"giai", "i", true, false, "4006381asset", "400X381"},
    {"gdti", "is", true, false, "4006381333931Doc-1", "4006381333932Doc-1"},
    {"gcn", "is", true, false, "4006381333931000042", "4006381333932000042"},
    {"gsin", "s", true, false, "40063813339310000", "40063813339310001"},
    {"ginc", "s", true, false, "4006381abc", "abc"},
    {"imei", "i", true, false, "490154203237518", "490154203237519"},
    {"vin", "i", true, false, "1M8GDM9AXKP042788", "1M8GDM9AXKPO42788"},
    {"uid20", "i", true, false, "12345178901234567890", ""},
};

class AliasSchemes : public testing::TestWithParam<Published> {
 protected:
  absl::StatusOr<v1::Alias> Add(MemberId member, coding::Code code, const std::string& value) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return AddAlias(transaction, world_.environment(), CallerFor(member), code.Digits(),
                      AliasOf(Scheme(), value));
    });
  }
  absl::StatusOr<v1::Alias> End(MemberId member, coding::Code code, const std::string& value) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return EndAlias(transaction, world_.environment(), CallerFor(member), code.Digits(),
                      AliasOf(Scheme(), value));
    });
  }
  std::vector<v1::Alias> List(MemberId member, coding::Code code) {
    return world_
        .Read([&](storage::ReadTransaction& transaction) {
          return ListAliases(transaction, CallerFor(member), code.Digits(), {});
        })
        .value()
        .rows;
  }
  coding::Code Make(MemberId owner, char bearer) {
    switch (bearer) {
      case 'i':
        return world_.MakeItem(owner, "Thing");
      case 's':
        return world_.MakeService(owner, "Work");
      case 'p':
        return world_.MakeParty(owner, "Someone");
      default:
        return world_.MakeParty(owner, "Some firm", v1::PARTY_ROLE_CUSTOMER,
                                v1::PARTY_KIND_ORGANISATION);
    }
  }
  static v1::AliasScheme Scheme() {
    v1::AliasScheme scheme = v1::ALIAS_SCHEME_UNSPECIFIED;
    const std::string name = "ALIAS_SCHEME_" + absl::AsciiStrToUpper(GetParam().name);
    EXPECT_TRUE(v1::AliasScheme_Parse(name, &scheme)) << name;
    return scheme;
  }
  static char Bearer() { return GetParam().bearers[0]; }

  RegistryWorld world_;
  MemberId first_ = world_.MakeMember("A");
  MemberId second_ = world_.MakeMember("B");
};

TEST_P(AliasSchemes, IsBorneByItsKindsAndNoOther) {
  const std::string bearers = GetParam().bearers;
  for (const char bearer : {'i', 's', 'p', 'o'}) {
    const auto added = Add(first_, Make(first_, bearer), GetParam().value);
    if (bearers.find(bearer) == bearers.npos) {
      EXPECT_EQ(FieldIn(added.status()), "alias.scheme") << bearer;
      continue;
    }
    ASSERT_TRUE(added.ok()) << bearer << ": " << added.status();
    ASSERT_TRUE(End(first_, coding::ParseCode(added->code()).value(), GetParam().value).ok());
  }
}

TEST_P(AliasSchemes, IsCheckedOnInput) {
  const coding::Code code = Make(first_, Bearer());
  const auto before = world_.Dump();
  const std::string too_long = std::string(GetParam().value) + std::string(60, '1');
  for (const std::string& wrong : {std::string(GetParam().wrong), too_long, std::string()}) {
    const auto refused = Add(first_, code, wrong);
    EXPECT_EQ(FieldIn(refused.status()), "alias.value") << wrong;
    EXPECT_TRUE(ReasonOf(refused.status())->metadata.contains("refusal")) << wrong;
    const bool repeated =
        !wrong.empty() && refused.status().ToString().find(wrong.substr(0, 9)) != std::string::npos;
    EXPECT_FALSE(GetParam().hashed && repeated) << "a personal number stands in the refusal";
  }
  EXPECT_EQ(world_.Dump(), before);
}

TEST_P(AliasSchemes, LeadsToOneCodeOfAllOrOneOfEachMember) {
  const coding::Code holder = Make(first_, Bearer());
  ASSERT_TRUE(Add(first_, holder, GetParam().value).ok());
  if (Scheme() == v1::ALIAS_SCHEME_GTIN)
    return;  // suppliers share a generic item: generic_item_test
  const auto again = Add(first_, Make(first_, Bearer()), GetParam().value);
  ASSERT_EQ(ReasonIn(again.status()), Reason::kAlreadyExists);
  EXPECT_EQ(ReasonOf(again.status())->metadata.at("code"), holder.Digits()) << "who holds it";
  const auto foreign = Add(second_, Make(second_, Bearer()), GetParam().value);
  if (!GetParam().everywhere) {
    EXPECT_TRUE(foreign.ok()) << foreign.status();
    return;
  }
  ASSERT_EQ(ReasonIn(foreign.status()), Reason::kAlreadyExists);
  EXPECT_EQ(ReasonOf(foreign.status())->metadata.at("code"), holder.Digits())
      << "goods are everybody's to see";
}

TEST_P(AliasSchemes, KeepsItsHistory) {
  const coding::Code code = Make(first_, Bearer());
  ASSERT_TRUE(Add(first_, code, GetParam().value).ok());
  ASSERT_TRUE(End(first_, code, GetParam().value).ok());
  ASSERT_TRUE(Add(first_, code, GetParam().value).ok());
  const auto lines = List(first_, code);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[0].has_end_time());
  EXPECT_TRUE(lines[1].has_create_time());
  EXPECT_FALSE(lines[1].has_end_time());
}

TEST_P(AliasSchemes, IsKeptAndShownAsItMayBe) {
  const coding::Code code = Make(first_, Bearer());
  const auto added = Add(first_, code, GetParam().value);
  ASSERT_TRUE(added.ok()) << added.status();
  EXPECT_EQ(added->value().empty(), GetParam().hashed);
  EXPECT_EQ(List(first_, code).at(0).value().empty(), GetParam().hashed);
  if (!GetParam().hashed) return;
  for (const auto& [key, value] : world_.Dump()) {
    EXPECT_EQ(key.find(GetParam().value), std::string::npos);
    EXPECT_EQ(value.find(GetParam().value), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(All, AliasSchemes, testing::ValuesIn(kPublished),
                         [](const auto& scheme) { return std::string(scheme.param.name); });

std::string NameInApi(const SchemeRule& rule) {
  return "ALIAS_SCHEME_" + absl::AsciiStrToUpper(std::string(rule.name).c_str());
}

TEST(AliasSchemeTable, HasALineForEverySchemeUnderTheNameOfTheApi) {
  std::set<std::string> published, ruled;
  for (const Published& one : kPublished) published.insert(one.name);
  const auto* schemes = v1::AliasScheme_descriptor();
  for (int i = 0; i < schemes->value_count(); ++i) {
    const auto scheme = static_cast<v1::AliasScheme>(schemes->value(i)->number());
    if (scheme == v1::ALIAS_SCHEME_UNSPECIFIED) continue;
    const SchemeRule* rule = RuleOf(scheme);
    ASSERT_NE(rule, nullptr) << schemes->value(i)->name();
    EXPECT_EQ(NameInApi(*rule), schemes->value(i)->name());
    EXPECT_EQ(RuleOf(rule->name), rule);
    ruled.emplace(rule->name);
  }
  EXPECT_EQ(ruled, published);
  EXPECT_EQ(ruled.size(), SchemeRules().size());
  EXPECT_EQ(RuleOf(v1::ALIAS_SCHEME_UNSPECIFIED), nullptr);
  EXPECT_EQ(RuleOf("code"), nullptr);
}

TEST(AliasSchemeTable, PiecesAreWhatHasOneNumberEach) {
  std::set<std::string> pieces;
  for (const SchemeRule& rule : SchemeRules()) {
    if (NamesPieces(rule.scheme)) pieces.emplace(rule.name);
    EXPECT_TRUE(!NamesUnits(rule.scheme) || NamesPieces(rule.scheme)) << rule.name;
  }
  EXPECT_THAT(pieces, testing::ElementsAre("gcn", "gdti", "giai", "ginc", "grai", "gsin", "imei",
                                           "sscc", "uid20", "vin"));
}

TEST(AliasSchemeTable, TellsTheLevelOfPackagingWhereTheNumberHasOne) {
  EXPECT_EQ(PackagingLevel(v1::ALIAS_SCHEME_GTIN, "19521234567896"), 1);
  EXPECT_EQ(PackagingLevel(v1::ALIAS_SCHEME_GTIN, "09521234567899"), 0);
  EXPECT_EQ(PackagingLevel(v1::ALIAS_SCHEME_UID20, "12345278901234567890"), 2);
  EXPECT_EQ(PackagingLevel(v1::ALIAS_SCHEME_UID20, "1234"), 0);
  EXPECT_EQ(PackagingLevel(v1::ALIAS_SCHEME_SSCC, "376104250021234569"), 0);
}

TEST(AliasSchemeTable, AnElementOfEveryKeyLeadsToItsScheme) {
  EXPECT_EQ(RuleOfAi("8004")->name, "giai");
  EXPECT_EQ(RuleOfAi("8018")->name, "gsrn");
  EXPECT_EQ(RuleOfAi("417")->name, "gln");
  EXPECT_EQ(RuleOfAi("10"), nullptr) << "a lot is no key";
}

}  // namespace
}  // namespace radyab::catalog
