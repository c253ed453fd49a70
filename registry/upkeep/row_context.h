// What the checks of one row work with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "coding/code.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/ordered_key.h"
#include "registry/storage/record.h"
#include "registry/storage/store.h"
#include "registry/upkeep/row_check.h"

namespace radyab::upkeep {

// One row whose key fits its family and whose checksum agrees.
struct RowContext {
  storage::ReadTransaction& transaction;
  std::string_view key;      // whole
  std::string_view payload;  // of its record
  const RowFault& tell;
  absl::Status fault = absl::OkStatus();  // of the store

  // The parts behind the family's byte.
  storage::OrderedKeyReader parts() const { return storage::OrderedKeyReader(key.substr(1)); }

  // The payload; tells and answers nothing when it is no such message.
  template <class Message>
  std::optional<Message> Own() const {
    Message message;
    if (message.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return message;
    tell("its value is no " + message.GetTypeName());
    return std::nullopt;
  }

  // The record under another key, or nothing; damage there is told where it is.
  std::optional<std::string_view> Other(const std::string& other) {
    auto value = transaction.Get(other);
    if (!value.ok()) {
      fault = value.status();
      return std::nullopt;
    }
    if (!value->has_value()) return std::nullopt;
    auto payload_of_other = storage::DecodeRecord(other, **value);
    return payload_of_other.ok() ? std::optional(*payload_of_other) : std::nullopt;
  }
  template <class Message>
  std::optional<Message> OtherAs(const std::string& other) {
    const auto bytes = Other(other);
    Message message;
    if (!bytes || !message.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) {
      return std::nullopt;
    }
    return message;
  }

  // Tells when the row `other`, called `what`, is not there.
  void Want(const std::string& other, const std::string& what) {
    auto value = transaction.Get(other);
    if (!value.ok()) {
      fault = value.status();
    } else if (!value->has_value()) {
      tell(what + " is not there");
    }
  }
  // Tells when the named counter is below `number`.
  void WantCounter(const std::string& counter, std::uint64_t number, const std::string& what) {
    const auto row = OtherAs<records::CounterRecord>(counter);
    if (fault.ok() && (!row || row->last() < number)) {
      tell(what + " stands at " + std::to_string(row ? row->last() : 0) + ", below " +
           std::to_string(number) + " which was issued");
    }
  }
  // Tells when the entity with this code is not there.
  void WantEntity(std::uint64_t number) {
    const auto code = coding::Code::FromNumber(number);
    if (!code.ok()) {
      tell(std::to_string(number) + " is no code");
      return;
    }
    Want(KeyOf(*code), code->Digits());
  }
  static std::string KeyOf(coding::Code code) {
    switch (code.kind()) {
      case coding::Kind::kItem:
        return keyspace::Item(code);
      case coding::Kind::kService:
        return keyspace::Service(code);
      case coding::Kind::kParty:
        return keyspace::Party(code);
      default:
        return keyspace::Case(code);
    }
  }
};

// The checks of each part of the registry; each knows its families and leaves the others alone.
void CheckCatalogRow(RowContext& row);  // 10 to 29
void CheckPartyRow(RowContext& row);    // 30 to 36
void CheckTraceRow(RowContext& row);    // 40 to 4A
void CheckNoticeRow(RowContext& row);   // 4B to 4F
void CheckCaseRow(RowContext& row);     // 50 to 55
void CheckAccessRow(RowContext& row);   // 01, 02, 60 to 65

}  // namespace radyab::upkeep
