#include "registry/trace/event_draft.h"

#include <gmock/gmock.h>

#include <functional>

#include "tests/registry/trace/trace_world.h"

namespace radyab::trace {
namespace {

using testing::ElementsAre;
using tests::EventOf;
using tests::Sscc;

constexpr char kItem[] = "1042000017000113";
constexpr char kService[] = "8031000017000251";
constexpr char kOwn[] = "7000000017004271";

std::string PartyNumber(std::uint32_t serial) {
  return coding::Code::ForSerial(coding::Kind::kParty, 18, serial)->Digits();
}

Recorder Somebody() { return {MemberId{17}, "members/00017", *coding::ParseCode(kOwn)}; }

std::string Lot(const std::string& lot = "L") { return std::string(kItem) + "/lot/" + lot; }
std::string Unit(const std::string& serial = "S") {
  return std::string(kItem) + "/serial/" + serial;
}

std::vector<std::string> Fields(const v1::Event& event) {
  const auto draft = ReadEventDraft(event, Somebody());
  std::vector<std::string> fields;
  if (draft.ok()) return fields;
  EXPECT_EQ(draft.status().code(), absl::StatusCode::kInvalidArgument);
  const auto detail = ReasonOf(draft.status());
  for (const FieldFault& fault : detail->fields) fields.push_back(fault.field);
  return fields;
}

EventOf Commission() { return EventOf(v1::EVENT_KIND_COMMISSION, 0).Lot(Lot(), "5"); }

// The good event above with one thing changed.
v1::Event With(const std::function<void(v1::Event&)>& change) {
  v1::Event event = Commission();
  change(event);
  return event;
}

TEST(EventDraft, BringsAnEventToItsCanonicalForm) {
  v1::Event wanted = EventOf(v1::EVENT_KIND_SHIP, 0)
                         .Lot("1042 0000 1700 0113/LOT/L", "12.500")
                         .Piece(Unit())
                         .To(PartyNumber(5))
                         .Reference("order 7");
  wanted.mutable_objects(1)->mutable_quantity()->set_amount("1.0");
  wanted.mutable_objects(1)->mutable_quantity()->set_unit("C62");
  wanted.set_name("events/9");
  const auto draft = ReadEventDraft(wanted, Somebody());
  ASSERT_TRUE(draft.ok()) << draft.status();
  const v1::Event& event = draft->event;
  EXPECT_EQ(event.name(), "");
  EXPECT_EQ(event.member(), "members/00017");
  EXPECT_EQ(event.zone_offset(), "+00:00");
  EXPECT_EQ(event.source_party(), kOwn);
  EXPECT_EQ(event.objects(0).object(), Lot());
  EXPECT_EQ(event.objects(0).quantity().amount(), "12.5");
  EXPECT_FALSE(event.objects(1).has_quantity());
  EXPECT_EQ(draft->objects[1].amount, (coding::Decimal{1, 0}));
}

TEST(EventDraft, TellsEveryFaultAtOnce) {
  v1::Event event;
  event.set_event_id(std::string(65, 'x'));
  event.set_zone_offset("3:30");
  event.set_place("4012345000008");
  event.set_reference("a\nb");
  event.add_objects()->set_object("nonsense");
  event.add_objects()->set_object(kItem);
  EXPECT_THAT(Fields(event),
              ElementsAre("event_id", "event_time", "zone_offset", "place", "reference", "kind",
                          "objects[0].object", "objects[1].object"));
}

TEST(EventDraft, ChecksTimes) {
  const auto at = [](std::int64_t seconds, int nanos) {
    return With([&](v1::Event& event) {
      event.mutable_event_time()->set_seconds(seconds);
      event.mutable_event_time()->set_nanos(nanos);
    });
  };
  EXPECT_THAT(Fields(at(-62'135'596'800, 0)), ElementsAre());
  EXPECT_THAT(Fields(at(253'402'300'799, 999'999'999)), ElementsAre());
  EXPECT_THAT(Fields(at(-62'135'596'801, 0)), ElementsAre("event_time"));
  EXPECT_THAT(Fields(at(253'402'300'800, 0)), ElementsAre("event_time"));
  EXPECT_THAT(Fields(at(0, -1)), ElementsAre("event_time"));
  EXPECT_THAT(Fields(at(0, 1'000'000'000)), ElementsAre("event_time"));
}

TEST(EventDraft, ChecksZoneOffsets) {
  const auto zone = [](const std::string& text) {
    return With([&](v1::Event& event) { event.set_zone_offset(text); });
  };
  for (const char* good : {"+03:30", "-12:00", "+14:00", "+00:00", "-00:00", "+05:45"}) {
    EXPECT_THAT(Fields(zone(good)), ElementsAre()) << good;
  }
  for (const char* bad : {"+14:01", "+3:30", "03:30", "+03:60", "+0330", "Z", "+15:00", "+03:3x"}) {
    EXPECT_THAT(Fields(zone(bad)), ElementsAre("zone_offset")) << bad;
  }
}

TEST(EventDraft, ChecksTexts) {
  const auto with = [](const std::string& place, const std::string& reference) {
    return With([&](v1::Event& event) {
      event.set_place(place);
      event.set_reference(reference);
    });
  };
  std::string persian;
  for (int i = 0; i < 100; ++i) persian += "ک";
  EXPECT_THAT(Fields(with(persian, persian)), ElementsAre());
  EXPECT_THAT(Fields(with(persian + "x", persian + "x")), ElementsAre("place", "reference"));
  EXPECT_THAT(Fields(with("4012345000009", "")), ElementsAre());  // a GLN
  EXPECT_THAT(Fields(with("\xff", "\x7f")), ElementsAre("place", "reference"));
}

TEST(EventDraft, ChecksObjects) {
  EXPECT_THAT(Fields(EventOf(v1::EVENT_KIND_COMMISSION, 0)), ElementsAre("objects"));
  EventOf many(v1::EVENT_KIND_COMMISSION, 0);
  for (std::size_t i = 0; i < kEventObjectsMax; ++i) many.Piece(Unit(std::to_string(i)));
  EXPECT_THAT(Fields(many), ElementsAre());
  many.Piece(Unit("more"));
  EXPECT_THAT(Fields(many), ElementsAre("objects"));
  EXPECT_THAT(Fields(Commission().Piece(std::string(kService) + "/serial/S")),
              ElementsAre("objects[1].object"));
  EXPECT_THAT(Fields(Commission().Piece(Sscc(1))), ElementsAre("objects[1].object"));
  EXPECT_THAT(Fields(Commission().Lot(Lot(), "6")), ElementsAre("objects[1].object"));
}

TEST(EventDraft, ChecksQuantities) {
  const auto quantity = [](const std::string& amount, const std::string& unit) {
    return EventOf(v1::EVENT_KIND_COMMISSION, 0).Lot(Lot(), amount, unit).event();
  };
  EXPECT_THAT(Fields(quantity("999999999999999999", "KGM")), ElementsAre());
  EXPECT_THAT(Fields(quantity("0.000000001", "KGM")), ElementsAre());
  for (const char* bad : {"0", "-1", "", "x", "1e3", "1000000000000000000", "0.0000000001"}) {
    EXPECT_THAT(Fields(quantity(bad, "KGM")), ElementsAre("objects[0].quantity.amount")) << bad;
  }
  EXPECT_THAT(Fields(quantity("1", "kilo")), ElementsAre("objects[0].quantity.unit"));
  EXPECT_THAT(Fields(quantity("1", "")), ElementsAre("objects[0].quantity.unit"));
  EXPECT_THAT(Fields(EventOf(v1::EVENT_KIND_COMMISSION, 0).Piece(Lot())),
              ElementsAre("objects[0].quantity"));
  EXPECT_THAT(Fields(EventOf(v1::EVENT_KIND_COMMISSION, 0).Lot(Unit(), "2", "C62")),
              ElementsAre("objects[0].quantity"));
}

TEST(EventDraft, ChecksLotAndDates) {
  EXPECT_THAT(Fields(Commission().Dates("2026-01-31", "2026-01-31")), ElementsAre());
  EXPECT_THAT(Fields(Commission().Dates("2026-01-31", "2026-01-30")),
              ElementsAre("objects[0].expiry_date"));
  EXPECT_THAT(Fields(Commission().Dates("2026-02-30", "26-01-01")),
              ElementsAre("objects[0].production_date", "objects[0].expiry_date"));
  v1::Event lot_of_lot = Commission();
  lot_of_lot.mutable_objects(0)->set_lot("M");
  EXPECT_THAT(Fields(lot_of_lot), ElementsAre("objects[0].lot"));
  EXPECT_THAT(Fields(Commission().UnitOfLot(Unit(), "a lot")), ElementsAre("objects[1].lot"));
  EXPECT_THAT(
      Fields(EventOf(v1::EVENT_KIND_SHIP, 0)
                 .UnitOfLot(Unit(), "L")
                 .Dates("2026-01-01", "2026-01-02")
                 .To(PartyNumber(1))),
      ElementsAre("objects[0].lot", "objects[0].production_date", "objects[0].expiry_date"));
}

TEST(EventDraft, ChecksContainers) {
  const auto pack = [](const std::string& container) {
    return EventOf(v1::EVENT_KIND_PACK, 0).Lot(Lot(), "1").Into(container).event();
  };
  EXPECT_THAT(Fields(pack(Sscc(1))), ElementsAre());
  EXPECT_THAT(Fields(pack("")), ElementsAre("container"));
  EXPECT_THAT(Fields(pack("sscc/123")), ElementsAre("container"));
  EXPECT_THAT(Fields(pack(Unit())), ElementsAre("container"));
  EXPECT_THAT(Fields(Commission().Into(Sscc(1))), ElementsAre("container"));
  EXPECT_THAT(Fields(EventOf(v1::EVENT_KIND_PACK, 0).Piece(Sscc(1)).Into(Sscc(1))),
              ElementsAre("objects[0].object"));
}

TEST(EventDraft, ChecksWhichPartiesAnEventNames) {
  const std::string other = PartyNumber(1);
  const auto event = [](v1::EventKind kind, const std::string& from, const std::string& to) {
    EventOf one(kind, 0);
    one.Lot(Lot(), "1").From(from).To(to);
    if (kind == v1::EVENT_KIND_PACK || kind == v1::EVENT_KIND_UNPACK) one.Into(Sscc(1));
    return one.event();
  };
  struct Row {
    v1::EventKind kind;
    std::string from, to;
    std::vector<std::string> fields;
  };
  const std::vector<std::string> none, from = {"source_party"}, to = {"destination_party"};
  const Row rows[] = {
      {v1::EVENT_KIND_COMMISSION, "", "", none},
      {v1::EVENT_KIND_COMMISSION, other, "", none},
      {v1::EVENT_KIND_COMMISSION, "", other, to},
      {v1::EVENT_KIND_COMMISSION, kItem, "", from},
      {v1::EVENT_KIND_PACK, other, "", from},
      {v1::EVENT_KIND_UNPACK, "", other, to},
      {v1::EVENT_KIND_SHIP, "", other, none},
      {v1::EVENT_KIND_SHIP, kOwn, other, none},
      {v1::EVENT_KIND_SHIP, other, other, from},
      {v1::EVENT_KIND_SHIP, "", "", to},
      {v1::EVENT_KIND_SHIP, "", kOwn, to},
      {v1::EVENT_KIND_RECEIVE, "", "", none},
      {v1::EVENT_KIND_RECEIVE, other, kOwn, none},
      {v1::EVENT_KIND_RECEIVE, kOwn, "", from},
      {v1::EVENT_KIND_RECEIVE, "", other, to},
      {v1::EVENT_KIND_DELIVER, "", other, none},
      {v1::EVENT_KIND_DELIVER, "", "", to},
      {v1::EVENT_KIND_DELIVER, other, other, from},
      {v1::EVENT_KIND_RETURN, other, "", none},
      {v1::EVENT_KIND_RETURN, "", "", from},
      {v1::EVENT_KIND_RETURN, kOwn, "", from},
      {v1::EVENT_KIND_RETURN, other, other, to},
      {v1::EVENT_KIND_SHIP, "", "7000000017004272", to},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Fields(event(row.kind, row.from, row.to)), row.fields)
        << KindName(row.kind) << " from " << row.from << " to " << row.to;
  }
}

}  // namespace
}  // namespace radyab::trace
