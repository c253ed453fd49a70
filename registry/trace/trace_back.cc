#include <charconv>
#include <limits>
#include <set>

#include "registry/reason.h"
#include "registry/storage/record.h"
#include "registry/trace/container_contents.h"
#include "registry/trace/containment.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/history_walk.h"
#include "registry/trace/known_objects.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {
namespace {

// The steps before this number belong to the page.
std::uint64_t Before(const PageRequest& page) {
  std::uint64_t before = std::numeric_limits<std::uint64_t>::max();
  std::from_chars(page.after.data(), page.after.data() + page.after.size(), before);
  return before;
}

// A later page walks over the steps of the earlier ones again: what was around the object at a
// moment follows from all that came after.
absl::Status AddSteps(storage::ReadTransaction& transaction, Viewer& viewer,
                      const NamedObject& object, const PageRequest& page, StepBudget& budget,
                      Page<v1::TraceStep>& steps) {
  HistoryWalk walk(transaction, object.key, budget);
  const std::uint64_t before = Before(page);
  std::uint64_t last = 0;
  while (true) {
    auto step = walk.Next();
    if (!step.ok()) return step.status();
    if (!step->has_value()) return absl::OkStatus();
    PastStep& past = **step;
    if (past.sequence >= before) continue;
    auto sees = viewer.SeesEvent(past.event);
    if (!sees.ok()) return sees.status();
    if (!*sees) continue;
    if (steps.rows.size() == page.row_count_max) {
      steps.next = std::to_string(last);
      return absl::OkStatus();
    }
    last = past.sequence;
    const auto word = ReadObjectKey(past.object);
    v1::TraceStep& row = steps.rows.emplace_back();
    row.set_object(word ? coding::WriteObjectWord(*word) : object.name);
    row.mutable_event()->Swap(&past.event);
  }
}

// The suppliers of what is inside, as the viewer sees them.
absl::Status AddSuppliers(storage::ReadTransaction& transaction, Viewer& viewer,
                          const std::string& container, std::vector<std::string>& suppliers) {
  std::set<std::uint64_t> parties;
  std::set<std::string> seen;
  const auto enough = absl::CancelledError("enough");
  auto status = VisitContents(transaction, container, [&](const ContentLine& line) -> absl::Status {
    if (line.type == coding::ObjectWord::Type::kContainer) return absl::OkStatus();
    auto record = FindObject(transaction, line.key);
    if (!record.ok()) return record.status();
    if (!record->has_value()) return storage::CorruptRecord(keyspace::Object(line.key));
    if (!parties.insert((*record)->supplier()).second) return absl::OkStatus();
    auto party = viewer.PartyFor((*record)->supplier());
    if (!party.ok()) return party.status();
    if (!party->empty()) seen.insert(*std::move(party));
    return seen.size() == kListedMax ? enough : absl::OkStatus();
  });
  if (!status.ok() && status != enough) return status;
  suppliers.assign(seen.begin(), seen.end());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WayBack> TraceBack(storage::ReadTransaction& transaction,
                                  const access::Caller& caller, std::string_view object,
                                  const PageRequest& page, std::size_t steps_max) {
  Viewer viewer(transaction, caller);
  auto asked = ObjectAsked(transaction, viewer, object, "object");
  if (!asked.ok()) return asked.status();
  WayBack way;
  StepBudget budget(steps_max);
  auto added = AddSteps(transaction, viewer, *asked, page, budget, way.steps);
  if (!added.ok()) return added;
  auto record = FindObject(transaction, asked->key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return storage::CorruptRecord(keyspace::Object(asked->key));
  if (asked->word.type != coding::ObjectWord::Type::kContainer) {
    auto supplier = viewer.PartyFor((*record)->supplier());
    if (!supplier.ok()) return supplier.status();
    way.supplier_party = *std::move(supplier);
    return way;
  }
  if (!page.after.empty()) return way;  // told with the first page
  auto standing = Containment(transaction).Of(**record);
  if (!standing.ok()) return standing.status();
  auto seen = viewer.Appear(standing->where);
  if (!seen.ok()) return seen.status();
  if (!seen->open) return way;
  auto status = AddSuppliers(transaction, viewer, asked->key, way.supplier_parties);
  if (!status.ok()) return status;
  return way;
}

}  // namespace radyab::trace
