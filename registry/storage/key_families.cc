#include "registry/storage/key_families.h"

#include <algorithm>

#include "registry/storage/ordered_key.h"

namespace radyab::keyspace {
namespace {

constexpr KeyFamily kFamilies[] = {
    {0x01, "meta", "t"},
    {0x02, "counter", "t"},
    {0x10, "member", "4"},
    {0x11, "block", "4"},
    {0x12, "issued", "14"},
    {0x13, "gs1_prefix", "t"},
    {0x14, "sscc_counter", "4t1"},
    {0x18, "class", "*"},
    {0x1B, "class_version", "t8"},
    {0x20, "item", "42"},
    {0x21, "service", "42"},
    {0x22, "supplier_item", "88"},
    {0x23, "identity", "14t48"},
    {0x24, "alias", "14t"},
    {0x25, "alias_history", "81t8"},
    {0x26, "ended_gtin", "t"},
    {0x27, "name", "14t8"},
    {0x28, "search_note", "88"},
    {0x29, "search_block", "24888"},
    {0x2A, "reservation", "48"},
    {0x2B, "reservation_expiry", "88"},
    {0x2C, "item_pair", "488"},
    {0x2D, "alias_conflict", "481t"},
    {0x2E, "authenticity_number", "*"},
    {0x2F, "number_asked_again", "48*"},
    {0x30, "party", "44"},
    {0x31, "seal_key", "8"},
    {0x32, "party_merge", "8"},
    {0x33, "merged_party", "888"},
    {0x34, "duplicate_pair", "488"},
    {0x35, "duplicate_rank", "4488"},
    {0x36, "household_veto", "488"},
    {0x40, "event", "8"},
    {0x41, "event_id", "4t"},
    {0x42, "event_hash", "4*"},
    {0x43, "object", "*"},
    {0x44, "object_event", "t8"},
    {0x45, "content", "t*"},
    {0x46, "contained_in", "t*"},
    {0x47, "lot_stock", "t818"},
    {0x48, "lot_unit", "t*"},
    {0x49, "delivery", "88*"},
    {0x4A, "partner", "44"},
    {0x4B, "notice", "8"},
    {0x4C, "notice_lines", "84"},
    {0x4D, "notice_number", "4t8"},
    {0x4E, "notice_of_member", "418"},
    {0x4F, "notice_of_object", "t8"},
    {0x50, "case", "44"},
    {0x51, "timeline", "84"},
    {0x52, "response", "84"},
    {0x53, "case_of_member", "488"},
    {0x54, "case_of_subject", "4t88"},
    {0x55, "case_of_party", "888"},
    {0x60, "key_hash", "*"},
    {0x61, "key", "8"},
    {0x62, "audit", "84"},
    {0x63, "audit_of_resource", "t84"},
    {0x64, "request", "8t"},
    {0x65, "request_expiry", "88t"},
    {0x66, "audit_seal", "8"},
};

}  // namespace

std::span<const KeyFamily> KeyFamilies() { return kFamilies; }

const KeyFamily* FamilyOf(std::string_view key) {
  if (key.empty()) return nullptr;
  const auto number = static_cast<std::uint8_t>(key[0]);
  const auto* found = std::ranges::lower_bound(kFamilies, number, {}, &KeyFamily::number);
  return found != std::end(kFamilies) && found->number == number ? found : nullptr;
}

bool FitsFamily(std::string_view key, const KeyFamily& family) {
  storage::OrderedKeyReader reader(key);
  reader.U8();
  for (const char part : family.parts) {
    switch (part) {
      case '1':
        reader.U8();
        break;
      case '2':
        reader.U16();
        break;
      case '4':
        reader.U32();
        break;
      case '8':
        reader.U64();
        break;
      case 't':
        reader.Text();
        break;
      default:
        if (reader.Tail().empty()) return false;
    }
  }
  return reader.ok() && reader.at_end();
}

}  // namespace radyab::keyspace
