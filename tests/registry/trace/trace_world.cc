#include "tests/registry/trace/trace_world.h"

#include "coding/gs1_keys.h"

namespace radyab::trace::tests {
namespace {

constexpr char kNobodysPrefix[] = "6269999";
constexpr std::int64_t kFirstMoment = 1'790'000'000;  // 2026-09-21T13:33:20Z
constexpr char kMetaFamily = '\x01';

// Asks page after page and gathers the rows.
template <class Row>
absl::StatusOr<std::vector<Row>> AllPages(
    std::size_t page_rows,
    const std::function<absl::StatusOr<Page<Row>>(const PageRequest&)>& ask) {
  std::vector<Row> rows;
  PageRequest request{page_rows, ""};
  do {
    auto page = ask(request);
    if (!page.ok()) return page.status();
    EXPECT_LE(page->rows.size(), page_rows);
    for (Row& row : page->rows) rows.push_back(std::move(row));
    request.after = page->next;
  } while (!request.after.empty());
  return rows;
}

}  // namespace

std::string Sscc(int serial) { return SsccOf(kNobodysPrefix, serial); }

std::string SsccOf(const std::string& gs1_prefix, int serial) {
  const auto sscc = coding::MakeSscc('0', gs1_prefix, static_cast<std::uint64_t>(serial));
  EXPECT_TRUE(sscc.ok());
  return "sscc/" + *sscc;
}

EventOf::EventOf(v1::EventKind kind, int minute) {
  event_.set_kind(kind);
  event_.mutable_event_time()->set_seconds(kFirstMoment + minute * 60);
}
EventOf& EventOf::Lot(const std::string& word, const std::string& amount, const std::string& unit) {
  v1::EventObject& object = *event_.add_objects();
  object.set_object(word);
  object.mutable_quantity()->set_amount(amount);
  object.mutable_quantity()->set_unit(unit);
  return *this;
}
EventOf& EventOf::Piece(const std::string& word) {
  event_.add_objects()->set_object(word);
  return *this;
}
EventOf& EventOf::UnitOfLot(const std::string& word, const std::string& lot) {
  Piece(word);
  event_.mutable_objects(event_.objects_size() - 1)->set_lot(lot);
  return *this;
}
EventOf& EventOf::Into(const std::string& container) {
  event_.set_container(container);
  return *this;
}
EventOf& EventOf::From(const std::string& party) {
  event_.set_source_party(party);
  return *this;
}
EventOf& EventOf::To(const std::string& party) {
  event_.set_destination_party(party);
  return *this;
}
EventOf& EventOf::At(const std::string& place) {
  event_.set_place(place);
  return *this;
}
EventOf& EventOf::Id(const std::string& event_id) {
  event_.set_event_id(event_id);
  return *this;
}
EventOf& EventOf::Reference(const std::string& reference) {
  event_.set_reference(reference);
  return *this;
}
EventOf& EventOf::Dates(const std::string& production, const std::string& expiry) {
  v1::EventObject& object = *event_.mutable_objects(event_.objects_size() - 1);
  object.set_production_date(production);
  object.set_expiry_date(expiry);
  return *this;
}

TraceWorld::TraceWorld() {
  maker = MakeFirm("maker", kMakerPrefix);
  carrier = MakeFirm("carrier", kCarrierPrefix);
  shop = MakeFirm("shop", "");
}

Firm TraceWorld::MakeFirm(const std::string& name, const std::string& gs1_prefix) {
  Firm firm;
  firm.member = registry.MakeMember(name, gs1_prefix);
  firm.party = registry.PartyOf(firm.member).Digits();
  firm.item = registry.MakeItem(firm.member, name + "'s item").Digits();
  for (const char* customer : {" customer one", " customer two"}) {
    firm.customers.push_back(registry.MakeParty(firm.member, name + customer).Digits());
  }
  firm.supplier =
      registry.MakeParty(firm.member, name + " supplier", v1::PARTY_ROLE_SUPPLIER).Digits();
  firm.caller = CallerFor(firm.member);
  return firm;
}

absl::StatusOr<Captured> TraceWorld::Capture(const Firm& firm, const v1::Event& event) {
  return registry.Write([&](storage::WriteTransaction& transaction) {
    return CaptureEvent(transaction, registry.environment(), firm.caller, event);
  });
}

v1::Event TraceWorld::Take(const Firm& firm, const v1::Event& event) {
  auto captured = Capture(firm, event);
  EXPECT_TRUE(captured.ok()) << captured.status() << "\n" << event.ShortDebugString();
  if (!captured.ok()) return {};
  EXPECT_FALSE(captured->duplicate) << event.ShortDebugString();
  return captured->event;
}

absl::Status TraceWorld::Refused(const Firm& firm, const v1::Event& event, absl::StatusCode code,
                                 Reason reason) {
  const auto before = registry.Dump();
  auto captured = Capture(firm, event);
  EXPECT_FALSE(captured.ok()) << event.ShortDebugString();
  if (captured.ok()) return absl::OkStatus();
  const absl::Status refusal = captured.status();
  EXPECT_EQ(refusal.code(), code) << refusal;
  EXPECT_EQ(radyab::tests::ReasonIn(refusal), reason) << refusal;
  EXPECT_EQ(registry.Dump(), before) << "a refusal changed rows";
  const int good = ++next_good_;
  Take(firm, EventOf(v1::EVENT_KIND_COMMISSION, 100'000 + good)
                 .Piece(UnitOf(firm, "GOOD" + std::to_string(good))));
  return refusal;
}

std::map<std::string, std::string> TraceWorld::Rows() {
  auto rows = registry.Dump();
  std::erase_if(rows, [](const auto& row) { return row.first.front() == kMetaFamily; });
  return rows;
}

absl::StatusOr<std::vector<v1::TraceHolder>> TraceWorld::Forward(const Caller& caller,
                                                                 const std::string& object,
                                                                 std::size_t page_rows) {
  return AllPages<v1::TraceHolder>(page_rows, [&](const PageRequest& page) {
    return registry.Read([&](storage::ReadTransaction& transaction) {
      return TraceForward(transaction, caller, object, page);
    });
  });
}

absl::StatusOr<std::vector<v1::Custody>> TraceWorld::Custody(const Caller& caller,
                                                             const std::string& object,
                                                             std::size_t page_rows) {
  return AllPages<v1::Custody>(page_rows, [&](const PageRequest& page) {
    return registry.Read([&](storage::ReadTransaction& transaction) {
      return GetCustody(transaction, caller, object, page);
    });
  });
}

absl::StatusOr<std::vector<v1::Content>> TraceWorld::Contents(const Caller& caller,
                                                              const std::string& container,
                                                              std::size_t page_rows) {
  return AllPages<v1::Content>(page_rows, [&](const PageRequest& page) {
    return registry.Read([&](storage::ReadTransaction& transaction) {
      return ListContents(transaction, caller, container, page);
    });
  });
}

absl::StatusOr<std::vector<v1::Event>> TraceWorld::Events(const Caller& caller,
                                                          const std::string& object,
                                                          std::size_t page_rows) {
  return AllPages<v1::Event>(page_rows, [&](const PageRequest& page) {
    return registry.Read([&](storage::ReadTransaction& transaction) {
      return ListEvents(transaction, caller, object, page);
    });
  });
}

absl::StatusOr<std::vector<v1::Delivery>> TraceWorld::Deliveries(const Caller& caller,
                                                                 const std::string& party,
                                                                 std::size_t page_rows) {
  return AllPages<v1::Delivery>(page_rows, [&](const PageRequest& page) {
    return registry.Read([&](storage::ReadTransaction& transaction) {
      return ListDeliveries(transaction, caller, party, page);
    });
  });
}

absl::StatusOr<WayBack> TraceWorld::Back(const Caller& caller, const std::string& object,
                                         std::size_t page_rows) {
  WayBack way;
  bool first = true;
  auto steps = AllPages<v1::TraceStep>(
      page_rows, [&](const PageRequest& page) -> absl::StatusOr<Page<v1::TraceStep>> {
        auto part = registry.Read([&](storage::ReadTransaction& transaction) {
          return TraceBack(transaction, caller, object, page);
        });
        if (!part.ok()) return part.status();
        if (std::exchange(first, false)) {
          way.supplier_party = part->supplier_party;
          way.supplier_parties = part->supplier_parties;
        }
        return std::move(part->steps);
      });
  if (!steps.ok()) return steps.status();
  way.steps.rows = *std::move(steps);
  return way;
}

absl::StatusOr<v1::Event> TraceWorld::EventNamed(const Caller& caller, const std::string& name) {
  return registry.Read(
      [&](storage::ReadTransaction& transaction) { return GetEvent(transaction, caller, name); });
}

absl::StatusOr<TraceFacts> TraceWorld::Facts(const Caller& caller, const std::string& object) {
  return registry.Read(
      [&](storage::ReadTransaction& transaction) { return FactsOf(transaction, caller, object); });
}

}  // namespace radyab::trace::tests
