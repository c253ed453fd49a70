// Seeded random worlds against the model of trace_oracle.h: the same events are taken and refused,
// and every question has the same answer, for every viewer.
#include <gmock/gmock.h>

#include <cstdlib>
#include <random>

#include "tests/registry/trace/trace_oracle.h"
#include "tests/registry/trace/trace_world.h"

namespace radyab::trace::tests {
namespace {

constexpr int kEventsPerWorld = 250;
constexpr int kWorlds = 8;
constexpr int kGuessesMax = 12;  // at an event for which something is at hand

std::uint64_t Seed() {
  const char* given = std::getenv("RADYAB_SEED");
  const std::uintmax_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::printf("seed: %ju (RADYAB_SEED=%ju replays it)\n", seed, seed);
  return seed;
}

// One world, its model, and the events both took.
class RandomWorld {
 public:
  explicit RandomWorld(std::uint64_t seed) : random_(seed) {
    for (const Firm* firm : {&world.maker, &world.carrier, &world.shop}) {
      firms.push_back(firm);
      ModelFirm row{world.registry.MemberRow(firm->member).name(),
                    firm->party,
                    firm->item,
                    {},
                    {firm->customers.begin(), firm->customers.end()},
                    {firm->supplier},
                    world.registry.MemberRow(firm->member).gs1_company_prefix()};
      row.parties = row.customers;
      row.parties.insert({firm->party, firm->supplier});
      models.push_back(row);
      for (const char* lot : {"A", "B"}) {
        things.push_back(world.LotOf(*firm, lot));
        for (int unit = 0; unit < 4; ++unit) {
          things.push_back(world.UnitOf(*firm, lot + std::to_string(unit)));
        }
      }
    }
    for (int box = 0; box < 4; ++box) boxes.push_back(Sscc(box));
    boxes.insert(boxes.end(), {SsccOf(kMakerPrefix, 1), SsccOf(kCarrierPrefix, 1)});
    things.insert(things.end(), boxes.begin(), boxes.end());
    model = std::make_unique<CustodyModel>(models);
  }

  std::size_t Below(std::size_t count) { return random_() % count; }
  bool Chance(int percent) { return static_cast<int>(Below(100)) < percent; }
  template <class Value>
  const Value& OneOf(const std::vector<Value>& values) {
    return values[Below(values.size())];
  }

  // An event that is often possible and often not.
  v1::Event NextEvent();
  // Gives the event to both and compares the verdicts.
  void Try(const v1::Event& event);
  void CompareAll(const ModelFirm* viewer, const access::Caller& caller);
  void CompareObject(const TraceOracle& oracle, const ModelFirm* viewer,
                     const access::Caller& caller, const std::string& object);
  void CheckTotals();

  TraceWorld world;
  std::vector<const Firm*> firms;
  std::vector<ModelFirm> models;
  std::vector<std::string> things;
  std::vector<std::string> boxes;
  std::unique_ptr<CustodyModel> model;
  std::vector<v1::Event> taken;
  int refused = 0;

 private:
  // A verb, who would do it, and what there is to do it with.
  struct Guess {
    v1::EventKind kind = v1::EVENT_KIND_UNSPECIFIED;
    const Firm* firm = nullptr;
    const ModelFirm* row = nullptr;
    std::string other;
    std::string box;
    std::vector<std::string> near;
  };
  Guess NextGuess();
  std::vector<std::string> AtHand(const Guess& guess) const;
  bool IsAtHand(const ModelPlace& place, const Guess& guess) const;
  void AddObject(const std::string& object, EventOf& event, v1::EventKind kind);

  std::mt19937_64 random_;
  int minute_ = 0;
};

bool RandomWorld::IsAtHand(const ModelPlace& place, const Guess& guess) const {
  const bool here = place == ModelPlace{"", guess.firm->party, v1::CUSTODY_STATE_HELD, ""};
  switch (guess.kind) {
    case v1::EVENT_KIND_UNPACK:
      return place.box == guess.box;
    case v1::EVENT_KIND_RECEIVE:
      return place.destination == guess.firm->party;
    case v1::EVENT_KIND_RETURN:
      return place.holder == guess.other || place.destination == guess.other;
    case v1::EVENT_KIND_DELIVER:
      return here || place.destination == guess.other;
    default:
      return here;
  }
}

// What the verb could take now.
std::vector<std::string> RandomWorld::AtHand(const Guess& guess) const {
  std::vector<std::string> names;
  if (guess.kind == v1::EVENT_KIND_COMMISSION) {
    for (const std::string& thing : things) {
      if (thing.starts_with(guess.firm->item) && model->Find(thing) == nullptr) {
        names.push_back(thing);
      }
    }
    return names;
  }
  for (const ModelPile& pile : model->piles()) {
    if (IsAtHand(pile.place, guess)) names.push_back(pile.lot);
  }
  for (const ModelPiece& piece : model->pieces()) {
    if (IsAtHand(piece.place, guess)) names.push_back(piece.name);
  }
  return names;
}

RandomWorld::Guess RandomWorld::NextGuess() {
  static const std::vector<v1::EventKind> kinds = {
      v1::EVENT_KIND_COMMISSION, v1::EVENT_KIND_PACK,    v1::EVENT_KIND_PACK,
      v1::EVENT_KIND_PACK,       v1::EVENT_KIND_UNPACK,  v1::EVENT_KIND_SHIP,
      v1::EVENT_KIND_SHIP,       v1::EVENT_KIND_RECEIVE, v1::EVENT_KIND_RECEIVE,
      v1::EVENT_KIND_DELIVER,    v1::EVENT_KIND_RETURN};
  Guess guess;
  for (int i = 0; i < kGuessesMax; ++i) {
    const std::size_t who = Below(firms.size());
    guess = {OneOf(kinds), firms[who], &models[who], "", OneOf(boxes), {}};
    std::vector<std::string> others = guess.firm->customers;
    if (guess.kind != v1::EVENT_KIND_DELIVER || Chance(10)) {
      others.push_back(guess.firm->supplier);
      for (const Firm* other : firms) others.push_back(other->party);
    }
    guess.other = OneOf(others);
    guess.near = AtHand(guess);
    if (!guess.near.empty()) break;
  }
  return guess;
}

void RandomWorld::AddObject(const std::string& object, EventOf& event, v1::EventKind kind) {
  if (IsLotWord(object)) {
    static const std::vector<std::string> amounts = {"1", "2.5", "0.125", "4", "0.5", "0.25"};
    const std::string amount = kind == v1::EVENT_KIND_COMMISSION ? "30" : OneOf(amounts);
    event.Lot(object, amount, Chance(98) ? "KGM" : "LTR");
  } else if (kind == v1::EVENT_KIND_COMMISSION && Chance(60)) {
    event.UnitOfLot(object, Chance(50) ? "A" : "B");
  } else {
    event.Piece(object);
  }
}

v1::Event RandomWorld::NextEvent() {
  const Guess guess = NextGuess();
  EventOf event(guess.kind, ++minute_);
  std::set<std::string> chosen;
  for (std::size_t i = 0, count = 1 + Below(3); i < count; ++i) {
    chosen.insert(guess.near.empty() || Chance(4) ? OneOf(things) : OneOf(guess.near));
  }
  chosen.erase(guess.box);
  const bool commission = guess.kind == v1::EVENT_KIND_COMMISSION;
  for (const std::string& object : chosen) {
    if (!commission || !object.starts_with("sscc/")) AddObject(object, event, guess.kind);
  }
  switch (guess.kind) {
    case v1::EVENT_KIND_COMMISSION:
      if (Chance(20)) event.From(guess.firm->supplier);
      if (Chance(3)) event.From(OneOf(guess.firm->customers));
      break;
    case v1::EVENT_KIND_PACK:
    case v1::EVENT_KIND_UNPACK:
      event.Into(guess.box);
      break;
    case v1::EVENT_KIND_RECEIVE:
      if (Chance(20)) event.From(guess.other);
      break;
    case v1::EVENT_KIND_RETURN:
      event.From(guess.other);
      break;
    default:
      event.To(guess.other);
  }
  v1::Event ready = event;
  ready.set_member(guess.row->member);
  return ready;
}

void RandomWorld::Try(const v1::Event& event) {
  const auto who = static_cast<std::size_t>(
      std::ranges::find(models, event.member(), &ModelFirm::member) - models.begin());
  const std::string& own = models[who].party;
  // Faults of form are not the model's.
  if (event.objects_size() == 0 || event.destination_party() == own || event.source_party() == own)
    return;
  const bool possible = CustodyModel(*model).Take(event);
  const bool look = Chance(10);
  const auto before = look ? world.registry.Dump() : std::map<std::string, std::string>();
  const auto captured = world.Capture(*firms[who], event);
  ASSERT_EQ(captured.ok(), possible) << captured.status() << "\n" << event.ShortDebugString();
  if (possible) {
    model->Take(event);
    taken.push_back(captured->event);
    return;
  }
  ++refused;
  if (look) {
    EXPECT_EQ(world.registry.Dump(), before);
  }
}

template <class Row>
std::string CustodyKey(const Row& row) {
  return row.holder_party() + "|" + std::to_string(row.state()) + "|" + row.destination_party() +
         "|" + row.quantity().unit();
}

void RandomWorld::CompareObject(const TraceOracle& oracle, const ModelFirm* viewer,
                                const access::Caller& caller, const std::string& object) {
  SCOPED_TRACE(object + (viewer == nullptr ? " seen by all" : " seen by " + viewer->member));
  const std::size_t page_rows = 1 + Below(4);
  const auto forward = world.Forward(caller, object, page_rows);
  ASSERT_EQ(forward.ok(), oracle.MayAsk(viewer, object)) << forward.status();
  if (!forward.ok()) {
    EXPECT_TRUE(absl::IsNotFound(forward.status()));
    EXPECT_FALSE(world.Facts(caller, object)->known);
    return;
  }
  std::map<std::string, std::int64_t> rows;
  for (const v1::TraceHolder& row : *forward) {
    const std::string key =
        row.party() + "|" + std::to_string(row.state()) + "|" + row.quantity().unit();
    EXPECT_TRUE(rows.emplace(key, Milli(row.quantity().amount())).second) << key;
  }
  EXPECT_EQ(rows, oracle.Forward(viewer, object));

  rows.clear();
  const auto custody = world.Custody(caller, object, page_rows);
  for (const v1::Custody& row : *custody) {
    EXPECT_TRUE(rows.emplace(CustodyKey(row), Milli(row.quantity().amount())).second);
  }
  EXPECT_EQ(rows, oracle.Custody(viewer, object));

  std::vector<std::string> names;
  const auto back = world.Back(caller, object, 1 + Below(9));
  ASSERT_TRUE(back.ok()) << back.status();
  for (const v1::TraceStep& step : back->steps.rows) names.push_back(step.event().name());
  EXPECT_EQ(names, oracle.Back(viewer, object));
  EXPECT_EQ(back->supplier_party, oracle.Supplier(viewer, object));

  names.clear();
  const auto events = world.Events(caller, object, page_rows);
  for (const v1::Event& event : *events) names.push_back(event.name());
  EXPECT_EQ(names, oracle.Events(viewer, object));

  if (!object.starts_with("sscc/")) return;
  rows.clear();
  const auto contents = world.Contents(caller, object, page_rows);
  const auto wanted = oracle.Contents(viewer, object);
  ASSERT_EQ(contents.ok(), wanted.has_value()) << contents.status();
  if (!contents.ok()) return;
  for (const v1::Content& row : *contents) {
    rows.emplace(row.object(), Milli(row.quantity().amount()));
  }
  EXPECT_EQ(rows, *wanted);
}

void RandomWorld::CompareAll(const ModelFirm* viewer, const access::Caller& caller) {
  const TraceOracle oracle(models, taken);
  for (const std::string& object : things) CompareObject(oracle, viewer, caller, object);
  for (const ModelFirm& firm : models) {
    for (const std::string& party : firm.parties) {
      const auto deliveries = world.Deliveries(caller, party, 1 + Below(4));
      ASSERT_EQ(deliveries.ok(), viewer == nullptr || viewer == &firm);
      if (!deliveries.ok()) continue;
      std::map<std::string, std::int64_t> rows;
      for (const v1::Delivery& row : *deliveries) {
        rows.emplace(row.event() + " " + row.object(), Milli(row.quantity().amount()));
      }
      EXPECT_EQ(rows, oracle.Deliveries(party)) << party;
    }
  }
}

// What was commissioned of a lot is all there, wherever it is.
void RandomWorld::CheckTotals() {
  for (const auto& [lot, row] : model->lots()) {
    std::int64_t units = 0, milli = 0;
    for (const ModelPiece& piece : model->pieces()) units += piece.lot == lot ? 1000 : 0;
    const auto holders = world.Forward(Admin(), lot);
    ASSERT_TRUE(holders.ok()) << holders.status();
    for (const v1::TraceHolder& holder : *holders) {
      (holder.quantity().unit() == "C62" ? units : milli) -= Milli(holder.quantity().amount());
    }
    EXPECT_EQ(units, 0) << lot;
    EXPECT_EQ(milli, -row.total_milli) << lot;
  }
}

class RandomWorlds : public testing::Test {
 protected:
  // Plays worlds until `kWorlds` are done or one fails; `check` sees each at its end.
  template <class Check>
  void Play(Check check) {
    const std::uint64_t seed = Seed();
    std::size_t taken = 0;
    int refused = 0;
    for (int number = 0; number < kWorlds && !HasFailure(); ++number) {
      RandomWorld world(seed + static_cast<std::uint64_t>(number));
      for (int i = 0; i < kEventsPerWorld && !HasFailure(); ++i) world.Try(world.NextEvent());
      if (!HasFailure()) check(world);
      taken += world.taken.size();
      refused += world.refused;
    }
    std::printf("%zu events taken, %d refused\n", taken, refused);
    if (HasFailure()) return;
    EXPECT_GT(taken, 400U) << "the worlds are too quiet to show anything";
    EXPECT_GT(refused, 50);
  }
};

TEST_F(RandomWorlds, AnswerLikeTheModelForEveryViewer) {
  Play([](RandomWorld& world) {
    world.CompareAll(nullptr, Admin());
    for (std::size_t i = 0; i < world.models.size(); ++i) {
      world.CompareAll(&world.models[i], world.firms[i]->caller);
    }
  });
}

TEST_F(RandomWorlds, NeverLoseOrMakeGoods) {
  const std::uint64_t seed = Seed();
  RandomWorld world(seed);
  for (int i = 0; i < kEventsPerWorld && !HasFailure(); ++i) {
    world.Try(world.NextEvent());
    world.CheckTotals();
  }
}

TEST_F(RandomWorlds, StandAsTheyWereWhenEverythingIsSentAgain) {
  Play([](RandomWorld& world) {
    const auto before = world.world.Rows();
    for (const v1::Event& event : world.taken) {
      const auto who = std::ranges::find(world.models, event.member(), &ModelFirm::member);
      const auto again = world.world.Capture(
          *world.firms[static_cast<std::size_t>(who - world.models.begin())], event);
      ASSERT_TRUE(again.ok()) << again.status() << "\n" << event.ShortDebugString();
      EXPECT_TRUE(again->duplicate);
      EXPECT_EQ(again->event.name(), event.name());
    }
    EXPECT_EQ(world.world.Rows(), before);
  });
}

TEST_F(RandomWorlds, HoldTheSameAfterUnpackingAndPackingAgain) {
  Play([](RandomWorld& world) {
    for (const ModelPiece& box : world.model->pieces()) {
      const auto who = std::ranges::find(world.models, box.place.holder, &ModelFirm::party);
      if (!box.is_box || who == world.models.end()) continue;
      const Firm& firm = *world.firms[static_cast<std::size_t>(who - world.models.begin())];
      const auto contents = world.world.Contents(firm.caller, box.name);
      if (box.place.state != v1::CUSTODY_STATE_HELD || contents->empty()) continue;
      for (const auto kind : {v1::EVENT_KIND_UNPACK, v1::EVENT_KIND_PACK}) {
        EventOf event(kind, kind == v1::EVENT_KIND_PACK ? 2000 : 1000);
        event.Into(box.name);
        for (const v1::Content& row : *contents) {
          if (IsLotWord(row.object())) {
            event.Lot(row.object(), row.quantity().amount(), row.quantity().unit());
          } else {
            event.Piece(row.object());
          }
        }
        world.world.Take(firm, event);
      }
      const auto again = world.world.Contents(firm.caller, box.name);
      ASSERT_EQ(again->size(), contents->size());
      for (std::size_t i = 0; i < again->size(); ++i) {
        EXPECT_EQ((*again)[i].SerializeAsString(), (*contents)[i].SerializeAsString());
      }
    }
  });
}

}  // namespace
}  // namespace radyab::trace::tests
