#include <gmock/gmock.h>

#include "registry/catalog/life.h"
#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr coding::CivilDate kToday = {2026, 11, 26};

class NoticeComparing : public testing::Test {
 protected:
  using Scans = std::vector<v1::ScannedObject>;

  static v1::ScannedObject Scan(const std::string& object, const std::string& amount = "",
                                const std::string& unit = "KGM") {
    v1::ScannedObject scan;
    scan.set_object(object);
    if (amount.empty()) return scan;
    scan.mutable_quantity()->set_amount(amount);
    scan.mutable_quantity()->set_unit(unit);
    return scan;
  }
  absl::StatusOr<NoticeCompared> TryCompare(const access::Caller& caller, const std::string& name,
                                            const Scans& scans) {
    return world_.registry.Read([&](storage::ReadTransaction& transaction) {
      return CompareNotice(transaction, caller, name, scans, kToday);
    });
  }
  NoticeCompared Compare(const std::string& name, const Scans& scans) {
    auto compared = TryCompare(shop_.caller, name, scans);
    EXPECT_TRUE(compared.ok()) << compared.status();
    return compared.ok() ? *std::move(compared) : NoticeCompared();
  }
  template <class Row>
  static std::vector<std::string> Verdicts(const std::vector<Row>& rows) {
    constexpr std::size_t kPrefix = std::string_view("NOTICE_VERDICT_").size();
    std::vector<std::string> words;
    for (const Row& row : rows) {
      std::string word;
      for (const int verdict : row.verdicts()) {
        if (!word.empty()) word += " ";
        word += v1::NoticeVerdict_Name(static_cast<v1::NoticeVerdict>(verdict)).substr(kPrefix);
      }
      words.push_back(word);
    }
    return words;
  }

  NoticeWorld world_;
  Firm& maker_ = world_.maker;
  Firm& shop_ = world_.shop;
};

TEST_F(NoticeComparing, TellsAVerdictForEveryLineAndScan) {
  world_.Take(maker_, EventOf(kCommission, 0)
                          .Lot(world_.LotOf(maker_, "L1"), "10")
                          .Lot(world_.LotOf(maker_, "OLD"), "2")
                          .Dates("", "2026-11-25")
                          .Piece(world_.UnitOf(maker_, "S1"))
                          .Piece(world_.UnitOf(maker_, "S2")));
  world_.Take(maker_, EventOf(kPack, 1).Piece(world_.UnitOf(maker_, "S2")).Into(Sscc(1)));
  const auto shipped = world_.Take(maker_, EventOf(kShip, 2)
                                               .Lot(world_.LotOf(maker_, "L1"), "10")
                                               .Lot(world_.LotOf(maker_, "OLD"), "2")
                                               .Piece(world_.UnitOf(maker_, "S1"))
                                               .Piece(Sscc(1))
                                               .To(shop_.party));
  const auto name = world_.Create(maker_, Numbered("N-1"), {shipped.name()}).name();
  const auto compared =
      Compare(name, {Scan(world_.LotOf(maker_, "L1"), "4"), Scan(world_.LotOf(maker_, "OLD"), "3"),
                     Scan(world_.UnitOf(maker_, "S1")), Scan(world_.UnitOf(maker_, "S1")),
                     Scan(world_.LotOf(maker_, "L9"), "1"), Scan(world_.UnitOf(shop_, "X"))});
  EXPECT_FALSE(compared.agrees);
  EXPECT_THAT(Verdicts(compared.scanned),
              ElementsAre("AS_EXPECTED", "EXPIRED TOO_MANY", "AS_EXPECTED", "DOUBLE", "WRONG_LOT",
                          "UNEXPECTED"));
  EXPECT_THAT(Verdicts(compared.lines),
              ElementsAre("SHORT", "EXPIRED", "AS_EXPECTED", "MISSING", "MISSING"));
  EXPECT_EQ(compared.scanned[1].beyond().amount(), "1");
  EXPECT_THAT(compared.scanned[1].wanted(), HasSubstr("announced: 2 KGM"));
  EXPECT_THAT(compared.scanned[0].lines(), ElementsAre(1));
  EXPECT_EQ(compared.lines[0].missing().amount(), "6");
  EXPECT_EQ(compared.lines[0].missing().unit(), "KGM");

  const auto whole =
      Compare(name, {Scan(world_.LotOf(maker_, "L1"), "10"), Scan(world_.LotOf(maker_, "OLD"), "2"),
                     Scan(world_.UnitOf(maker_, "S1")), Scan(Sscc(1))});
  EXPECT_THAT(Verdicts(whole.lines),
              ElementsAre("AS_EXPECTED", "EXPIRED", "AS_EXPECTED", "AS_EXPECTED", "AS_EXPECTED"));
  EXPECT_FALSE(whole.agrees) << "one is expired";
}

TEST_F(NoticeComparing, SaysOfGoodsWhatTheRegistryKnows) {
  // The notice tells neither lots of units nor dates: the registry does.
  world_.Take(
      maker_,
      EventOf(kCommission, 0).UnitOfLot(world_.UnitOf(maker_, "S1"), "L1").Dates("", "2026-11-25"));
  world_.Take(maker_, EventOf(kShip, 1).Piece(world_.UnitOf(maker_, "S1")).To(shop_.party));
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  AddLine(wanted, world_.LotOf(maker_, "L1"), "1", "C62");
  AddLine(wanted, shop_.item, "5", "C62");
  const auto name = world_.Create(maker_, wanted).name();
  ASSERT_TRUE(world_.registry
                  .Write([&](storage::WriteTransaction& transaction) {
                    return catalog::ChangeLifeState(
                        transaction, shop_.caller,
                        {shop_.item, v1::LIFE_STATE_SUSPENDED, "glass inside", "", ""});
                  })
                  .ok());
  const auto compared =
      Compare(name, {Scan(world_.UnitOf(maker_, "S1")), Scan(shop_.item, "5", "C62")});
  EXPECT_THAT(Verdicts(compared.scanned), ElementsAre("EXPIRED", "BLOCKED"));
  EXPECT_THAT(Verdicts(compared.lines), ElementsAre("EXPIRED", "BLOCKED"));
  EXPECT_THAT(compared.scanned[1].wanted(), HasSubstr("SUSPENDED: glass inside"));
  // A label may say more than both.
  auto labelled = Scan(world_.UnitOf(shop_, "S5"));
  labelled.set_lot("L7");
  labelled.set_expiry_date("2026-01-01");
  EXPECT_THAT(Verdicts(Compare(name, {labelled}).scanned), ElementsAre("BLOCKED EXPIRED"));
}

TEST_F(NoticeComparing, AnswersTenThousandStrangersAgainstTenThousandLines) {
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  Scans scans;
  for (int i = 0; i < 10'000; ++i) {
    const std::string number = std::to_string(1'000'000'000 + i);
    AddLine(wanted, world_.UnitOf(maker_, number)).set_lot("LOT-" + number);
    scans.push_back(Scan(world_.UnitOf(maker_, "X" + number)));
    scans.back().set_lot("OTHER" + number);
  }
  const auto name = world_.Create(maker_, wanted).name();
  const auto compared = Compare(name, scans);
  ASSERT_EQ(compared.scanned.size(), 10'000u);
  EXPECT_THAT(compared.scanned[0].wanted(), HasSubstr(" and others"));
  EXPECT_EQ(compared.scanned[0].lines_size(), 20);
}

TEST_F(NoticeComparing, RefusesAnAnswerAboveThreeMegabytes) {
  const std::string reason(400, 'x');
  ASSERT_TRUE(world_.registry
                  .Write([&](storage::WriteTransaction& transaction) {
                    return catalog::ChangeLifeState(
                        transaction, maker_.caller,
                        {maker_.item, v1::LIFE_STATE_SUSPENDED, reason, "", ""});
                  })
                  .ok());
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  Scans scans;
  for (int i = 0; i < 10'000; ++i) {
    AddLine(wanted, world_.UnitOf(maker_, std::to_string(i)));
    scans.push_back(Scan(world_.UnitOf(maker_, "X" + std::to_string(i))));
  }
  const auto name = world_.Create(maker_, wanted).name();
  const auto refusal = TryCompare(shop_.caller, name, scans).status();
  EXPECT_EQ(ReasonIn(refusal), Reason::kLimitExceeded) << refusal;
  scans.resize(1'000);
  EXPECT_THAT(Compare(name, scans).scanned[0].wanted(), HasSubstr("xxx…"));
}

TEST_F(NoticeComparing, RefusesWhatIsNoScan) {
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  AddLine(wanted, world_.LotOf(maker_, "L1"), "1");
  const auto name = world_.Create(maker_, wanted).name();
  Scans scans = {Scan("x"),
                 Scan(world_.LotOf(maker_, "L1"), "0"),
                 Scan(Sscc(1), "2"),
                 Scan(maker_.party),
                 Scan(world_.LotOf(maker_, "L1"), "1", "ZZZ"),
                 Scan(world_.LotOf(maker_, "L1"))};
  scans[5].set_lot("L2");
  scans[5].set_expiry_date("soon");
  const auto detail = ReasonOf(TryCompare(shop_.caller, name, scans).status());
  ASSERT_TRUE(detail);
  std::vector<std::string> fields;
  for (const auto& fault : detail->fields) fields.push_back(fault.field);
  EXPECT_THAT(fields,
              ElementsAre("scanned[0].object", "scanned[1].quantity.amount", "scanned[2].quantity",
                          "scanned[3].object", "scanned[4].quantity.unit", "scanned[5].lot",
                          "scanned[5].expiry_date"));
  EXPECT_EQ(FieldIn(TryCompare(shop_.caller, name, Scans(10'001, Scan(Sscc(1)))).status()),
            "scanned");
  EXPECT_TRUE(TryCompare(shop_.caller, name, Scans(10'000, Scan(Sscc(1)))).ok());
  EXPECT_EQ(TryCompare(world_.carrier.caller, name, {}).status().message(), name + ": not found");
}

}  // namespace
}  // namespace radyab::notices::tests
