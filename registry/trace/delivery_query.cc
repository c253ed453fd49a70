#include "registry/parties/merge_group.h"
#include "registry/parties/party_registry.h"
#include "registry/parties/party_row.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/event_rows.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {

absl::StatusOr<Page<v1::Delivery>> ListDeliveries(storage::ReadTransaction& transaction,
                                                  const access::Caller& caller,
                                                  std::string_view party, const PageRequest& page) {
  auto code = parties::ParsePartyName(party, "party");
  if (!code.ok()) return code.status();
  auto owner = parties::OwnerOfParty(transaction, *code);
  if (!owner.ok() && !absl::IsNotFound(owner.status())) return owner.status();
  if (!owner.ok() || !caller.Reaches(*owner)) return NotFound(parties::PartyName(*code));

  auto group = parties::MergeGroup(transaction, *code);
  if (!group.ok()) return group.status();
  std::vector<std::string> prefixes;
  for (const coding::Code one : *group) prefixes.push_back(keyspace::DeliveryPrefix(one));
  const std::size_t prefix_size = prefixes.front().size();
  Page<v1::Delivery> found;
  std::string last_key;
  absl::Status fault = absl::OkStatus();
  auto status = parties::ScanGroup(
      transaction, prefixes, page.after, storage::Direction::kBackward, page.row_count_max + 1,
      [&](std::string_view key, std::string_view value) {
        if (found.rows.size() == page.row_count_max) {
          found.next = last_key;
          return false;
        }
        const auto payload = storage::DecodeRecord(key, value);
        records::DeliveryRecord record;
        storage::OrderedKeyReader reader(key.substr(prefix_size));
        const std::uint64_t event = reader.U64();
        const auto word = ReadObjectKey(reader.Tail());
        const bool readable =
            payload.ok() &&
            record.ParseFromArray(payload->data(), static_cast<int>(payload->size()));
        if (!word || !readable) {
          fault = storage::CorruptRecord(key);
          return false;
        }
        v1::Delivery& delivery = found.rows.emplace_back();
        delivery.set_object(coding::WriteObjectWord(*word));
        delivery.mutable_quantity()->set_amount(record.amount());
        delivery.mutable_quantity()->set_unit(record.unit());
        *delivery.mutable_event_time() = TimestampOf(record.event_time_us());
        delivery.set_event(EventName(event));
        delivery.set_reference(record.reference());
        last_key = std::string(key);
        return true;
      });
  if (!fault.ok()) return fault;
  if (!status.ok()) return status;
  return found;
}

}  // namespace radyab::trace
