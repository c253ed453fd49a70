#include "registry/trace/known_objects.h"

#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/history_walk.h"
#include "registry/trace/object_key.h"

namespace radyab::trace {
namespace {

// Looks for a tie of one member, and counts what it looks at.
class TieSearch {
 public:
  TieSearch(storage::ReadTransaction& transaction, MemberId member, int steps_max)
      : transaction_(transaction), member_(member), steps_left_(steps_max) {}

  // Has the member an event of the object later than `event`?
  absl::StatusOr<bool> HasEventAfter(std::string_view key, std::uint64_t event) {
    --steps_left_;
    const std::string view = ViewKey(member_, key);
    bool found = false;
    auto status =
        transaction_.Scan({keyspace::ObjectEvent(view, event + 1),
                           storage::PrefixEnd(keyspace::ObjectEventPrefix(view))},
                          storage::Direction::kForward, 1, [&](std::string_view, std::string_view) {
                            found = true;
                            return false;
                          });
    if (!status.ok()) return status;
    return found;
  }

  // Had the member the container, or one around it, after the thing was put into it by `event`?
  absl::StatusOr<bool> HadContainer(std::string container, std::uint64_t event) {
    while (!container.empty() && steps_left_ > 0) {
      auto had = HasEventAfter(container, event);
      if (!had.ok() || *had) return had;
      auto record = FindObject(transaction_, container);
      if (!record.ok()) return record.status();
      if (!record->has_value()) return storage::CorruptRecord(keyspace::Object(container));
      event = (*record)->event();
      container = (*record)->container();
    }
    return false;
  }

  // Had the member the thing itself, or a container around it?
  absl::StatusOr<bool> HadPiece(const std::string& key) {
    auto had = HasEventAfter(key, 0);
    if (!had.ok() || *had) return had;
    auto record = FindObject(transaction_, key);
    if (!record.ok()) return record.status();
    if (!record->has_value()) return storage::CorruptRecord(keyspace::Object(key));
    return HadContainer((*record)->container(), (*record)->event());
  }

  // Events name units by their serials, not by their lot.
  absl::StatusOr<bool> HadUnitOfLot(std::string_view lot) {
    if (steps_left_ <= 0) return false;
    const std::string prefix = keyspace::LotUnitPrefix(lot);
    absl::StatusOr<bool> had = false;
    auto status = transaction_.Scan(
        {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
        static_cast<std::size_t>(steps_left_), [&](std::string_view key, std::string_view) {
          had = HadPiece(std::string(key.substr(prefix.size())));
          return had.ok() && !*had && steps_left_ > 0;
        });
    if (!status.ok()) return status;
    return had;
  }

  absl::StatusOr<bool> HadContainerOfLot(std::string_view lot) {
    const std::string prefix = keyspace::ContainedInPrefix(lot);
    absl::StatusOr<bool> had = false;
    auto status = storage::ScanRows<records::ContentRecord>(
        transaction_, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
        static_cast<std::size_t>(steps_left_),
        [&](std::string_view key, records::ContentRecord content) {
          had = HadContainer(std::string(key.substr(prefix.size())), content.event());
          return had.ok() && !*had && steps_left_ > 0;
        });
    if (!status.ok()) return status;
    return had;
  }

 private:
  storage::ReadTransaction& transaction_;
  MemberId member_;
  int steps_left_;
};

absl::StatusOr<bool> Owns(Viewer& viewer, const NamedObject& object,
                          const records::ObjectRecord& record) {
  if (!object.word.code) return record.member() == static_cast<std::uint32_t>(*viewer.member());
  auto owner = viewer.OwnerOfBlock(object.word.code->block());
  if (!owner.ok()) return owner.status();
  return *owner == *viewer.member();
}

// Looks through the history of one object as far as the budget goes.
absl::StatusOr<bool> SeesHistory(storage::ReadTransaction& transaction, Viewer& viewer,
                                 const std::string& key, StepBudget& budget) {
  HistoryWalk walk(transaction, key, budget);
  while (true) {
    auto step = walk.Next();
    if (budget.spent()) return false;
    if (!step.ok()) return step.status();
    if (!step->has_value()) return false;
    auto sees = viewer.SeesEvent((*step)->event);
    if (!sees.ok() || *sees) return sees;
  }
}

absl::StatusOr<bool> KnowsByHistory(storage::ReadTransaction& transaction, Viewer& viewer,
                                    const NamedObject& object) {
  StepBudget budget(kTieStepsMax);
  auto sees = SeesHistory(transaction, viewer, object.key, budget);
  if (!sees.ok() || *sees || object.word.type != coding::ObjectWord::Type::kLot) return sees;
  const std::string prefix = keyspace::LotUnitPrefix(object.key);
  auto status = transaction.Scan(
      {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward, kTieStepsMax,
      [&](std::string_view key, std::string_view) {
        sees = SeesHistory(transaction, viewer, std::string(key.substr(prefix.size())), budget);
        return sees.ok() && !*sees && !budget.spent();
      });
  if (!status.ok()) return status;
  return sees;
}

}  // namespace

absl::StatusOr<NamedObject> ReadNamedObject(std::string_view text, std::string_view field) {
  const auto word = coding::ParseObjectWord(text);
  if (!word.ok()) return RefuseText(field, word.refusal());
  NamedObject object{*word, coding::WriteObjectWord(*word), WriteObjectKey(*word)};
  if (object.key.empty()) {
    return RefuseField(field, object.name + ": want CODE/lot/L, CODE/serial/S or sscc/N");
  }
  if (word->code && word->code->kind() != coding::Kind::kItem) {
    return RefuseField(field, object.name + ": only items have lots and serials");
  }
  return object;
}

absl::StatusOr<bool> KnowsByIndex(storage::ReadTransaction& transaction, Viewer& viewer,
                                  const NamedObject& object, int steps_max) {
  auto record = FindObject(transaction, object.key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return false;
  if (viewer.sees_all()) return true;
  if (!viewer.member()) return false;
  auto owns = Owns(viewer, object, **record);
  if (!owns.ok() || *owns) return owns;
  TieSearch search(transaction, *viewer.member(), steps_max);
  auto had = search.HadPiece(object.key);
  if (!had.ok() || *had || object.word.type != coding::ObjectWord::Type::kLot) return had;
  had = search.HadContainerOfLot(object.key);
  if (!had.ok() || *had) return had;
  return search.HadUnitOfLot(object.key);
}

absl::StatusOr<NamedObject> ObjectAsked(storage::ReadTransaction& transaction, Viewer& viewer,
                                        std::string_view text, std::string_view field) {
  auto object = ReadNamedObject(text, field);
  if (!object.ok()) return object;
  auto knows = KnowsByIndex(transaction, viewer, *object, kTieStepsMax);
  if (!knows.ok()) return knows.status();
  if (!*knows && viewer.member() && !viewer.sees_all()) {
    knows = KnowsByHistory(transaction, viewer, *object);
    if (!knows.ok()) return knows.status();
  }
  if (!*knows) return NotFound(object->name);
  return object;
}

}  // namespace radyab::trace
