#include "registry/coded_thing.h"

#include <utility>

#include "registry/cases/case_registry.h"
#include "registry/parties/party_registry.h"
#include "registry/reason.h"

namespace radyab {
namespace {

using coding::Kind;

catalog::LifeFacts FactsOfLife(const v1::Life& life) {
  return {life.state(), life.reason(), life.successor_code()};
}

template <class Entry>
absl::StatusOr<CodedThing> ReadCatalogThing(storage::ReadTransaction& transaction,
                                            coding::Code code) {
  auto entry = catalog::ReadStoredEntry<Entry>(transaction, code);
  if (!entry.ok()) return entry.status();
  CodedThing thing{code, entry->life};
  thing.entry = *std::move(entry);
  return thing;
}

}  // namespace

absl::StatusOr<CodedThing> ReadCodedThing(storage::ReadTransaction& transaction,
                                          const Environment& environment,
                                          const access::Caller& caller,
                                          const ReadableKinds& readable, coding::Code code) {
  CodedThing thing{code, {}};
  switch (code.kind()) {
    case Kind::kItem:
      return ReadCatalogThing<v1::Item>(transaction, code);
    case Kind::kService:
      return ReadCatalogThing<v1::Service>(transaction, code);
    case Kind::kParty: {
      if (!readable.parties) return NotFound(code.Digits());
      auto party = parties::GetParty(transaction, environment, caller, code.Digits());
      if (!party.ok()) return party.status();
      thing.life = FactsOfLife(party->life());
      thing.party = *std::move(party);
      return thing;
    }
    case Kind::kCase: {
      if (!readable.cases) return NotFound(code.Digits());
      auto found = cases::GetCase(transaction, environment, caller, code.Digits());
      if (!found.ok()) return found.status();
      thing.life.state = v1::LIFE_STATE_ACTIVE;
      thing.opened_case = *std::move(found);
      return thing;
    }
  }
  return NotFound(code.Digits());
}

}  // namespace radyab
