#include "registry/trace/history_walk.h"

#include <limits>
#include <vector>

#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

using coding::Decimal;

constexpr std::uint64_t kNow = std::numeric_limits<std::uint64_t>::max();
constexpr Decimal kOnePiece{1, 0};

}  // namespace

absl::StatusOr<std::string> StoredKey(const std::string& word, std::uint64_t event) {
  const auto parsed = coding::ParseObjectWord(word);
  std::string key = parsed.ok() ? WriteObjectKey(*parsed) : std::string();
  if (key.empty()) return storage::CorruptRecord(keyspace::Event(event));
  return key;
}

absl::Status StepBudget::Take() {
  if (steps_left_ > 0) {
    --steps_left_;
    return absl::OkStatus();
  }
  spent_ = true;
  const std::string limit = std::to_string(steps_max_);
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                "the history goes on after " + limit + " steps and containers", {{"limit", limit}});
}

absl::Status HistoryWalk::SetHead(const std::string& key, Node& node, std::uint64_t before) {
  node.head = 0;
  auto status = transaction_.Scan(
      {keyspace::ObjectEventPrefix(key), keyspace::ObjectEvent(key, before)},
      storage::Direction::kBackward, 1, [&](std::string_view row, std::string_view) {
        storage::OrderedKeyReader reader(row);
        reader.U8();
        reader.Text();
        node.head = reader.U64();
        return false;
      });
  if (!status.ok()) return status;
  if (node.head != 0) heads_.emplace(node.head, key);
  return absl::OkStatus();
}

absl::Status HistoryWalk::Link(const std::string& child, const std::string& parent,
                               const Decimal& amount, std::uint64_t before) {
  const auto [found, fresh] = nodes_.try_emplace(parent);
  if (fresh) {
    if (auto status = SetHead(parent, found->second, before); !status.ok()) return status;
  }
  const auto [inside, first] = nodes_[child].parents.try_emplace(parent, amount);
  if (first) {
    ++found->second.child_count;
    return absl::OkStatus();
  }
  const auto sum = coding::AddDecimal(inside->second, amount);
  if (!sum) return storage::CorruptRecord(keyspace::Content(parent, child));
  inside->second = *sum;
  return absl::OkStatus();
}

absl::Status HistoryWalk::Unlink(const std::string& child, const std::string& parent,
                                 const Decimal& amount) {
  Node& node = nodes_[child];
  const auto inside = node.parents.find(parent);
  const auto rest =
      inside == node.parents.end() ? std::nullopt : coding::SubtractDecimal(inside->second, amount);
  if (!rest || rest->mantissa < 0) {
    return storage::CorruptRecord(keyspace::Content(parent, child));
  }
  inside->second = *rest;
  if (rest->mantissa > 0) return absl::OkStatus();
  node.parents.erase(inside);
  if (--nodes_[parent].child_count == 0) Drop(parent);
  return absl::OkStatus();
}

void HistoryWalk::Drop(const std::string& key) {
  auto node = nodes_.extract(key);
  heads_.erase({node.mapped().head, key});
  for (const auto& [parent, amount] : node.mapped().parents) {
    if (--nodes_[parent].child_count == 0) Drop(parent);
  }
}

absl::Status HistoryWalk::FollowUp(std::string child) {
  while (true) {
    if (auto status = budget_.Take(); !status.ok()) return status;
    auto record = FindObject(transaction_, child);
    if (!record.ok()) return record.status();
    if (!record->has_value() || (*record)->container().empty()) return absl::OkStatus();
    const std::string parent = (*record)->container();
    if (nodes_[child].parents.contains(parent)) return absl::OkStatus();  // reached before
    const bool known = nodes_.contains(parent);
    if (auto status = Link(child, parent, kOnePiece, kNow); !status.ok()) return status;
    if (known) return absl::OkStatus();
    child = parent;
  }
}

absl::Status HistoryWalk::BeginLot() {
  std::vector<std::pair<std::string, std::string>> inside;  // container, amount
  const std::string prefix = keyspace::ContainedInPrefix(root_);
  absl::Status fault = absl::OkStatus();
  auto status = storage::ScanRows<records::ContentRecord>(
      transaction_, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
      storage::kNoRowLimit, [&](std::string_view key, records::ContentRecord content) {
        fault = budget_.Take();
        if (!fault.ok()) return false;
        inside.emplace_back(key.substr(prefix.size()), content.amount());
        return true;
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  for (const auto& [container, amount] : inside) {
    auto decimal = StoredDecimal(amount, keyspace::ContainedIn(root_, container));
    if (!decimal.ok()) return decimal.status();
    if (auto linked = Link(root_, container, *decimal, kNow); !linked.ok()) return linked;
    if (auto up = FollowUp(container); !up.ok()) return up;
  }
  return absl::OkStatus();
}

absl::Status HistoryWalk::Begin() {
  begun_ = true;
  if (auto status = SetHead(root_, nodes_[root_], kNow); !status.ok()) return status;
  const auto word = ReadObjectKey(root_);
  const bool lot = word && word->type == coding::ObjectWord::Type::kLot;
  return lot ? BeginLot() : FollowUp(root_);
}

std::string HistoryWalk::Innermost(const v1::Event& event,
                                   const std::set<std::string>& named) const {
  if (named.contains(root_)) return root_;
  if (named.size() > 1) {
    for (const v1::EventObject& object : event.objects()) {
      const auto word = coding::ParseObjectWord(object.object());
      if (!word.ok()) continue;
      std::string key = WriteObjectKey(*word);
      if (named.contains(key)) return key;
    }
  }
  return *named.begin();
}

absl::Status HistoryWalk::Undo(const v1::Event& event, std::uint64_t sequence) {
  const bool pack = event.kind() == v1::EVENT_KIND_PACK;
  if (!pack && event.kind() != v1::EVENT_KIND_UNPACK) return absl::OkStatus();
  auto container = StoredKey(event.container(), sequence);
  if (!container.ok()) return container.status();
  for (const v1::EventObject& object : event.objects()) {
    auto key = StoredKey(object.object(), sequence);
    if (!key.ok()) return key.status();
    if (!nodes_.contains(*key)) continue;
    Decimal amount = kOnePiece;
    if (object.has_quantity()) {
      auto stored = StoredDecimal(object.quantity().amount(), keyspace::Event(sequence));
      if (!stored.ok()) return stored.status();
      amount = *stored;
    }
    auto status =
        pack ? Unlink(*key, *container, amount) : Link(*key, *container, amount, sequence);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<PastStep>> HistoryWalk::Next() {
  if (!begun_) {
    if (auto status = Begin(); !status.ok()) return status;
  }
  if (heads_.empty()) return std::optional<PastStep>();
  if (auto status = budget_.Take(); !status.ok()) return status;
  PastStep step;
  step.sequence = heads_.rbegin()->first;
  std::set<std::string> named;
  while (!heads_.empty() && heads_.rbegin()->first == step.sequence) {
    named.insert(heads_.rbegin()->second);
    heads_.erase(std::prev(heads_.end()));
  }
  auto event = ReadIndexedEvent(transaction_, step.sequence);
  if (!event.ok()) return event.status();
  step.event = *std::move(event);
  step.object = Innermost(step.event, named);
  for (const std::string& key : named) {
    if (auto status = SetHead(key, nodes_[key], step.sequence); !status.ok()) return status;
  }
  if (auto status = Undo(step.event, step.sequence); !status.ok()) return status;
  return std::optional<PastStep>(std::move(step));
}

}  // namespace radyab::trace
