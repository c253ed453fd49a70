#include <gmock/gmock.h>

#include "registry/catalog/life.h"
#include "registry/notices/notice_row.h"
#include "tests/registry/notices/notice_world.h"

namespace radyab::notices::tests {
namespace {

using enum absl::StatusCode;
using testing::ElementsAre;
using testing::HasSubstr;

class NoticeCreation : public testing::Test {
 protected:
  v1::ShippingNotice OneLine(const std::string& number = "N-1") {
    v1::ShippingNotice notice = Numbered(number, shop_.party);
    AddLine(notice, world_.LotOf(maker_, "L1"), "5");
    return notice;
  }

  NoticeWorld world_;
  Firm& maker_ = world_.maker;
  Firm& shop_ = world_.shop;
};

TEST_F(NoticeCreation, StoresTheCanonicalNotice) {
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  wanted.set_reference("order 7");
  wanted.mutable_ship_time()->set_seconds(1'790'000'000);
  wanted.mutable_expected_arrival()->set_seconds(1'790'100'000);
  AddLine(wanted, world_.LotOf(maker_, "L1"), "5.50").set_expiry_date("2027-01-31");
  AddLine(wanted, world_.UnitOf(maker_, "S1")).set_lot("L1");
  AddLine(wanted, maker_.item, "3", "C62");
  AddLine(wanted, Sscc(1));
  AddLine(wanted, world_.UnitOf(maker_, "S2")).set_container(Sscc(1));
  const auto created = world_.Create(maker_, wanted);
  EXPECT_EQ(created.name(), "notices/1");
  EXPECT_EQ(created.state(), v1::SHIPPING_NOTICE_STATE_OPEN);
  EXPECT_EQ(created.source_party(), maker_.party);
  EXPECT_EQ(created.lines_size(), 0) << "answers of changes are without lines";
  EXPECT_EQ(created.counts().lines(), 5);
  EXPECT_EQ(created.counts().outer_lines(), 4);
  EXPECT_EQ(created.counts().units(), 2);
  EXPECT_EQ(created.counts().lots(), 1);
  EXPECT_EQ(created.counts().codes(), 1);
  EXPECT_EQ(created.counts().containers(), 1);
  EXPECT_FALSE(created.etag().empty());

  for (const Firm* firm : {&maker_, &shop_}) {
    const auto read = world_.Get(*firm, created.name());
    EXPECT_EQ(read.reference(), "order 7");
    EXPECT_EQ(read.lines(0).expiry_date(), "2027-01-31");
    EXPECT_EQ(read.lines(1).lot(), "L1");
    EXPECT_THAT(Words(read), ElementsAre(world_.LotOf(maker_, "L1") + " 5.5 KGM",
                                         world_.UnitOf(maker_, "S1"), maker_.item + " 3 C62",
                                         Sscc(1), world_.UnitOf(maker_, "S2") + " in " + Sscc(1)));
    EXPECT_EQ(read.lines(4).number(), 5);
  }
}

TEST_F(NoticeCreation, TakesTenThousandLinesAndNotOneMore) {
  v1::ShippingNotice wanted = Numbered("N-1", shop_.party);
  for (std::size_t i = 0; i < kNoticeLinesMax; ++i) {
    AddLine(wanted, world_.UnitOf(maker_, std::to_string(1'000'000'000'000'000'000 + i)));
  }
  v1::ShippingNotice more = wanted;
  AddLine(more, world_.UnitOf(maker_, "X"));
  const auto refusal = world_.Refused(maker_, more);
  EXPECT_EQ(FieldIn(refusal), "lines");
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("10001 lines; at most 10000"));
  const auto created = world_.Create(maker_, wanted);
  const auto read = world_.Get(shop_, created.name());
  ASSERT_EQ(read.lines_size(), static_cast<int>(kNoticeLinesMax));
  EXPECT_EQ(read.counts().outstanding_lines(), static_cast<int>(kNoticeLinesMax));
  EXPECT_LT(read.ByteSizeLong(), std::size_t{3} << 20) << "fits an answer";
}

TEST_F(NoticeCreation, RefusesANumberThatIsTaken) {
  world_.Create(maker_, OneLine());
  const auto refusal = world_.Refused(maker_, OneLine());
  EXPECT_EQ(refusal.code(), kAlreadyExists);
  EXPECT_EQ(ReasonIn(refusal), Reason::kAlreadyExists);
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("notices/1"));
  // Also after it was cancelled; another member may use it.
  ASSERT_TRUE(world_.Cancel(maker_.caller, {"notices/1", "typed twice", ""}).ok());
  EXPECT_EQ(ReasonIn(world_.Refused(maker_, OneLine())), Reason::kAlreadyExists);
  v1::ShippingNotice other = OneLine();
  EXPECT_EQ(world_.Create(world_.carrier, other).name(), "notices/2");
}

TEST_F(NoticeCreation, RefusesPartiesThatNothingIsShippedTo) {
  const auto to = [&](const std::string& party) {
    v1::ShippingNotice wanted = OneLine();
    wanted.set_destination_party(party);
    return world_.Refused(maker_, wanted);
  };
  EXPECT_EQ(FieldIn(to("")), "destination_party");
  EXPECT_EQ(FieldIn(to(maker_.item)), "destination_party");
  EXPECT_EQ(FieldIn(to(maker_.party)), "destination_party");
  EXPECT_EQ(FieldIn(to(maker_.supplier)), "destination_party");
  // A customer of another member answers like one that is not there.
  const auto foreign = to(shop_.customers[0]);
  EXPECT_EQ(ReasonIn(foreign), Reason::kNotFound);
  EXPECT_EQ(foreign.message(), "parties/" + shop_.customers[0] + ": not found");
  EXPECT_EQ(to("7100000099991234").code(), kInvalidArgument);  // no code
  // Nobody records a notice between two others, or in the name of another member.
  v1::ShippingNotice between = OneLine();
  between.set_source_party(shop_.party);
  between.set_destination_party(world_.carrier.party);
  EXPECT_EQ(FieldIn(world_.Refused(maker_, between)), "source_party");
  v1::ShippingNotice from_member = OneLine();
  from_member.set_source_party(shop_.party);
  from_member.set_destination_party(maker_.party);
  EXPECT_EQ(FieldIn(world_.Refused(maker_, from_member)), "source_party");
  from_member.set_source_party(maker_.customers[0]);
  EXPECT_EQ(FieldIn(world_.Refused(maker_, from_member)), "source_party");
}

TEST_F(NoticeCreation, RefusesAPartyThatIsNotActive) {
  const std::string customer = maker_.customers[0];
  ASSERT_TRUE(world_.registry
                  .Write([&](storage::WriteTransaction& transaction) {
                    return catalog::ChangeLifeState(
                        transaction, maker_.caller,
                        {customer, v1::LIFE_STATE_SUSPENDED, "unpaid", "", ""});
                  })
                  .ok());
  v1::ShippingNotice wanted = OneLine();
  wanted.set_destination_party(customer);
  EXPECT_EQ(ReasonIn(world_.Refused(maker_, wanted)), Reason::kNotActive);
}

TEST_F(NoticeCreation, TakesThePaperOfASupplier) {
  v1::ShippingNotice wanted = Numbered("LS 4711", maker_.party);
  wanted.set_source_party(maker_.supplier);
  AddLine(wanted, maker_.item, "10", "KGM");
  const auto created = world_.Create(maker_, wanted);
  EXPECT_TRUE(world_.TryGet(maker_.caller, created.name()).ok());
  EXPECT_FALSE(world_.TryGet(shop_.caller, created.name()).ok());
}

TEST_F(NoticeCreation, WantsSomethingToAnnounce) {
  const auto refusal = world_.Refused(maker_, Numbered("N-1", shop_.party));
  EXPECT_EQ(FieldIn(refusal), "lines");
  EXPECT_EQ(ReasonIn(refusal), Reason::kMissingField);
}

TEST_F(NoticeCreation, TakesLinesBesideEventsUnlessTheyAnnounceTheSame) {
  const auto shipped = world_.Ship("L1", "5", 0);
  v1::ShippingNotice both = Numbered("N-1");
  AddLine(both, world_.LotOf(maker_, "L1"), "1");
  AddLine(both, world_.UnitOf(maker_, "S1"));
  const auto refusal = world_.Refused(maker_, both, {shipped.name()});
  EXPECT_EQ(FieldIn(refusal), "lines[0].object");
  both.mutable_lines()->DeleteSubrange(0, 1);
  const auto created = world_.Create(maker_, both, {shipped.name()});
  EXPECT_THAT(Words(world_.Get(shop_, created.name())),
              ElementsAre(world_.UnitOf(maker_, "S1"), world_.LotOf(maker_, "L1") + " 5 KGM"));
}

TEST_F(NoticeCreation, ShowsNobodyElseAnyOfIt) {
  v1::ShippingNotice wanted = OneLine();
  wanted.set_destination_party(maker_.customers[0]);
  const auto name = world_.Create(maker_, wanted).name();
  const auto foreign = world_.TryGet(shop_.caller, name);
  const auto missing = world_.TryGet(shop_.caller, "notices/99");
  EXPECT_EQ(foreign.status().code(), kNotFound);
  EXPECT_EQ(foreign.status().message(), "notices/1: not found");
  EXPECT_EQ(missing.status().message(), "notices/99: not found");
  EXPECT_TRUE(world_.TryGet(radyab::tests::Admin(), name).ok());
  EXPECT_FALSE(world_.TryGet(CallerFor(shop_.member, v1::ROLE_REGISTRAR), name).ok());
  EXPECT_EQ(world_.TryGet(shop_.caller, "notices/x").status().code(), kInvalidArgument);
}

}  // namespace
}  // namespace radyab::notices::tests
