#include "registry/search/named_rows.h"

#include <array>
#include <string_view>

#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"

namespace radyab::search {
namespace {

std::array<std::string, 4> NamedFamilies() {
  return {keyspace::ClassPrefix(""), keyspace::ItemPrefix(), keyspace::ServicePrefix(),
          keyspace::PartyPrefix()};
}

// The thing of a row with a name; kNoThing when the row cannot be read.
Thing ThingOfRow(std::string_view key, std::string_view payload) {
  const std::string_view family = key.substr(0, 1);
  if (family == keyspace::ClassPrefix("")) return ThingOfClass(key.substr(1));
  std::string digits;
  if (family == keyspace::PartyPrefix()) {
    records::PartyRecord record;
    if (record.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
      digits = record.party().code();
  } else if (family == keyspace::ItemPrefix()) {
    v1::Item item;
    if (item.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) digits = item.code();
  } else {
    v1::Service service;
    if (service.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
      digits = service.code();
  }
  const auto code = coding::ParseCode(digits);
  return code.ok() ? ThingOf(*code) : kNoThing;
}

}  // namespace

std::string FirstNamedPlace() { return NamedFamilies().front(); }

absl::StatusOr<std::vector<NamedRow>> NamedRowsBehind(storage::ReadTransaction& transaction,
                                                      const std::string& place,
                                                      std::size_t count_max) {
  std::vector<NamedRow> rows;
  for (const std::string& family : NamedFamilies()) {
    if (place.substr(0, 1) > family || rows.size() == count_max) continue;
    const std::string begin = place.starts_with(family) ? place + '\0' : family;
    auto status = transaction.Scan(
        {begin, storage::PrefixEnd(family)}, storage::Direction::kForward, count_max - rows.size(),
        [&](std::string_view key, std::string_view value) {
          const auto payload = storage::DecodeRecord(key, value);
          rows.push_back({std::string(key), payload.ok() ? ThingOfRow(key, *payload) : kNoThing});
          return true;
        });
    if (!status.ok()) return status;
  }
  return rows;
}

}  // namespace radyab::search
