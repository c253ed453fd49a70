#include "registry/trace/custody_book.h"
#include "registry/trace/known_objects.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {

absl::StatusOr<TraceFacts> FactsOf(storage::ReadTransaction& transaction,
                                   const access::Caller& caller, std::string_view object) {
  auto named = ReadNamedObject(object, "object");
  if (!named.ok()) return named.status();
  Viewer viewer(transaction, caller);
  auto knows = KnowsByIndex(transaction, viewer, *named, kQuickTieStepsMax);
  if (!knows.ok()) return knows.status();
  if (!*knows) return TraceFacts{};
  auto record = FindObject(transaction, named->key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return TraceFacts{};

  TraceFacts facts;
  facts.known = true;
  facts.production_date = (*record)->production_date();
  facts.expiry_date = (*record)->expiry_date();
  auto supplier = viewer.PartyFor((*record)->supplier());
  if (!supplier.ok()) return supplier.status();
  facts.supplier = *std::move(supplier);
  if ((*record)->lot().empty()) return facts;
  auto lot = FindObject(transaction, (*record)->lot());
  if (!lot.ok()) return lot.status();
  if (const auto word = ReadObjectKey((*record)->lot())) facts.lot = word->text;
  if (!lot->has_value()) return facts;
  if (facts.production_date.empty()) facts.production_date = (*lot)->production_date();
  if (facts.expiry_date.empty()) facts.expiry_date = (*lot)->expiry_date();
  return facts;
}

}  // namespace radyab::trace
