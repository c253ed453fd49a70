// Random changes against the plainest model there is. A body's whole plan is drawn beforehand, so
// that it is a pure function of its transaction.
#include <algorithm>
#include <map>
#include <optional>
#include <random>

#include "registry/storage/row_overlay.h"
#include "tests/registry/storage/store_conformance.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::storage {
namespace {

using Model = std::map<std::string, std::string>;
using Random = std::mt19937_64;

std::size_t Below(Random& random, std::size_t end) { return random() % end; }

// Few keys, of awkward bytes, so that they meet each other often.
std::string DrawKey(Random& random) {
  static const std::string firsts = {'\x00', 'k', '\xFE', '\xFF'};
  static const std::string others = {'\x00', 'a', '\xFF'};
  std::string key(1, firsts[Below(random, firsts.size())]);
  for (std::size_t i = Below(random, 4); i > 0; --i) key += others[Below(random, others.size())];
  return key;
}

std::string DrawValue(Random& random) {
  const std::size_t sizes[] = {0, 1, 7, 15, 16, 100, 3000, 20'000};
  return std::string(sizes[Below(random, std::size(sizes))], static_cast<char>(random()));
}

KeyRange DrawRange(Random& random) {
  return {Below(random, 4) == 0 ? "" : DrawKey(random),
          Below(random, 4) == 0 ? "" : DrawKey(random)};
}

struct Step {
  enum Kind { kPut, kDelete, kGet, kScan, kBeginPart, kKeepPart, kDropPart } kind;
  std::string key, value;
  KeyRange range;
  Direction direction;
  std::size_t row_count_max;
};

struct Plan {
  std::vector<Step> steps;
  bool fails = false;
};

Plan DrawPlan(Random& random) {
  Plan plan;
  bool in_part = false;
  for (std::size_t count = 1 + Below(random, 12); count > 0; --count) {
    Step step{Step::kPut,
              DrawKey(random),
              DrawValue(random),
              DrawRange(random),
              Below(random, 2) == 0 ? Direction::kForward : Direction::kBackward,
              Below(random, 3) == 0 ? kNoRowLimit : Below(random, 6)};
    const std::size_t kind = Below(random, 12);
    if (kind >= 5) step.kind = kind < 7 ? Step::kDelete : kind < 9 ? Step::kGet : Step::kScan;
    if (kind == 0 && !in_part)
      step.kind = Step::kBeginPart, in_part = true;
    else if (kind <= 1 && in_part)
      step.kind = kind == 0 ? Step::kKeepPart : Step::kDropPart, in_part = false;
    plan.steps.push_back(std::move(step));
  }
  plan.fails = Below(random, 4) == 0;
  return plan;
}

void Note(std::string& seen, std::string_view key, std::string_view value) {
  seen.append(key).append("=").append(std::to_string(value.size())).append(value.substr(0, 20));
}

// What the plan sees and leaves when it runs on the model.
std::string RunOnModel(const Plan& plan, Model& model) {
  std::string seen;
  Model whole, before_part;  // the model while a part runs apart from it
  bool in_part = false;
  Model working = model;
  for (const Step& step : plan.steps) {
    if (step.kind == Step::kPut) working[step.key] = step.value;
    if (step.kind == Step::kDelete) working.erase(step.key);
    if (step.kind == Step::kBeginPart) before_part = working, in_part = true;
    if (step.kind == Step::kKeepPart) in_part = false;
    if (step.kind == Step::kDropPart) working = before_part, in_part = false;
    if (step.kind == Step::kGet) {
      const auto found = working.find(step.key);
      if (found == working.end())
        seen += "none";
      else
        Note(seen, step.key, found->second);
    }
    if (step.kind == Step::kScan) {
      std::vector<std::pair<std::string, std::string>> rows;
      for (const auto& row : working) {
        const bool inside =
            row.first >= step.range.begin && (step.range.end.empty() || row.first < step.range.end);
        if (inside) rows.emplace_back(row);
      }
      if (step.direction == Direction::kBackward) std::ranges::reverse(rows);
      if (rows.size() > step.row_count_max) rows.resize(step.row_count_max);
      for (const auto& [key, value] : rows) Note(seen, key, value);
    }
    seen += ";";
  }
  if (in_part) working = before_part;  // a part that was not kept is dropped
  if (!plan.fails) model = working;
  return seen;
}

absl::Status RunOnStore(const Plan& plan, WriteTransaction& change, std::string& seen) {
  seen.clear();
  std::optional<RowPart> part;
  for (const Step& step : plan.steps) {
    WriteTransaction& target = part ? part->rows() : change;
    if (step.kind == Step::kPut) {
      EXPECT_TRUE(target.Put(step.key, step.value).ok());
    }
    if (step.kind == Step::kDelete) {
      EXPECT_TRUE(target.Delete(step.key).ok());
    }
    if (step.kind == Step::kBeginPart) part.emplace(change);
    if (step.kind == Step::kKeepPart) {
      EXPECT_TRUE(part->Keep().ok());
    }
    if (step.kind == Step::kKeepPart || step.kind == Step::kDropPart) part.reset();
    if (step.kind == Step::kGet) {
      const auto found = target.Get(step.key);
      if (!found->has_value())
        seen += "none";
      else
        Note(seen, step.key, **found);
    }
    if (step.kind == Step::kScan) {
      // The store's own rows (family 0x01) sort after our 0x00 and are left out of the count.
      std::size_t left = step.row_count_max;
      const auto fault = target.Scan(step.range, step.direction, kNoRowLimit,
                                     [&](std::string_view key, std::string_view value) {
                                       if (key[0] == '\x01') return true;
                                       if (left == 0) return false;
                                       Note(seen, key, value);
                                       return --left > 0;
                                     });
      EXPECT_TRUE(fault.ok()) << fault;
    }
    seen += ";";
  }
  return plan.fails ? NotFound("items/1") : absl::OkStatus();
}

TEST_P(StoreConformance, DoesWhatAMapDoes) {
  Random random(TestSeed());
  Model model;
  for (int round = 0; round < 60; ++round) {
    const std::size_t count = 1 + Below(random, 8);
    std::vector<Plan> plans(count);
    std::vector<std::string> expected(count), seen(count), reasons(count);
    Answers answers;
    for (std::size_t i = 0; i < count; ++i) {
      plans[i] = DrawPlan(random);
      expected[i] = RunOnModel(plans[i], model);
      reasons[i] = plans[i].fails ? "NOT_FOUND" : "";
      store().WriteAsync(
          [&, i](WriteTransaction& change) { return RunOnStore(plans[i], change, seen[i]); },
          answers.Take(i));
    }
    ASSERT_EQ(answers.Wait(count), reasons) << "round " << round;
    ASSERT_EQ(seen, expected) << "round " << round;
    if (engine_->survives_closing() && Below(random, 8) == 0) Close();
    Model stored;
    ASSERT_TRUE(store()
                    .Read([&](ReadTransaction& snapshot) {
                      for (const auto& key : KeysIn(snapshot, {})) {
                        stored[key] = *GetIn(snapshot, key);
                      }
                      return absl::OkStatus();
                    })
                    .ok());
    ASSERT_EQ(stored, model) << "round " << round;
  }
}

}  // namespace
}  // namespace radyab::storage
