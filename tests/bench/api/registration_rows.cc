#include "tests/bench/api/registration_rows.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/access/request_log.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"
#include "tests/bench/api/lmdb_file.h"

namespace radyab::bench {
namespace {

using storage::OrderedKeyReader;
using Families = std::map<char, std::vector<Row>>;

// The rows of each family that are in `after` and not, or otherwise, in `before`.
Families NewRows(const std::string& after, const std::string& before) {
  Walk walk(after);
  std::unique_ptr<Walk> old = before.empty() ? nullptr : std::make_unique<Walk>(before);
  Families rows;
  for (; !walk.at_end(); walk.Next()) {
    while (old != nullptr && !old->at_end() && old->key() < walk.key()) old->Next();
    const bool same = old != nullptr && !old->at_end() && old->key() == walk.key() &&
                      old->value() == walk.value();
    if (!same) rows[walk.key()[0]].emplace_back(walk.key(), walk.value());
  }
  return rows;
}

template <class Message>
Message Parsed(const Row& row) {
  Message message;
  const auto payload = storage::DecodeRecord(row.first, row.second);
  if (!payload.ok() || !message.ParseFromArray(payload->data(), static_cast<int>(payload->size())))
    Fail("a broken row");
  return message;
}

// Any code: a key made of it begins as every key of its family does.
coding::Code AnyCode() { return *coding::Code::ForCatalog(coding::Kind::kItem, 101, 1, 1); }
char FamilyOf(const std::string& key) { return key[0]; }

class Dealing {
 public:
  explicit Dealing(Families families) : families_(std::move(families)) {
    NumberRegistrations();
    for (const Row& row : families_[FamilyOf(keyspace::SupplierItemPrefix(AnyCode()))]) {
      OrderedKeyReader key(row.first);
      key.U8();
      const std::uint64_t generic = key.U64();
      if (const auto owner = OfCode(key.U64())) by_code_.emplace(generic, *owner);
    }
  }

  Registrations Deal() {
    for (auto& [family, rows] : families_) {
      for (Row& row : rows) {
        if (const auto owner = OwnerOf(row)) registrations_[*owner].push_back(std::move(row));
      }
    }
    DealCounter();
    return std::move(registrations_);
  }

 private:
  using Owner = std::optional<std::size_t>;

  void NumberRegistrations() {
    for (const Row& row : families_[FamilyOf(keyspace::AuditPrefix())]) {
      const auto record = Parsed<records::AuditRecord>(row);
      if (!record.resource().starts_with(kItems)) continue;
      const auto code = coding::ParseCode(record.resource().substr(kItems.size()));
      if (!code.ok()) Fail(record.resource() + " is no item");
      const std::size_t number = registrations_.size();
      registrations_.emplace_back();
      by_code_.emplace(code->number(), number);
      by_request_.emplace(access::RequestIdHash(record.request_id()), number);
      by_audit_.emplace(row.first.substr(1), number);
    }
  }

  static Owner Find(const auto& owners, const auto& key) {
    const auto found = owners.find(key);
    return found == owners.end() ? Owner() : Owner(found->second);
  }
  Owner OfCode(std::uint64_t code) const { return Find(by_code_, code); }

  Owner OwnerOf(const Row& row) const {
    const char family = row.first[0];
    OrderedKeyReader key(row.first);
    key.U8();
    if (family == FamilyOf(keyspace::AuditPrefix())) return Find(by_audit_, row.first.substr(1));
    if (family == FamilyOf(keyspace::AuditOfResourcePrefix(""))) {
      key.Text();
      return Find(by_audit_, key.Tail());
    }
    if (family == FamilyOf(keyspace::ItemPrefix())) {
      const auto code = coding::ParseCode(Parsed<v1::Item>(row).code());
      return code.ok() ? OfCode(code->number()) : Owner();
    }
    if (family == FamilyOf(keyspace::NamePrefix(coding::Kind::kItem, MemberId::kRegistry, "")) ||
        family == FamilyOf(keyspace::SearchNotePrefix())) {
      return OfCode(OrderedKeyReader(row.first.substr(row.first.size() - 8)).U64());
    }
    if (family == FamilyOf(keyspace::Alias(0, MemberId::kRegistry, ""))) {
      return OfCode(Parsed<records::AliasRecord>(row).code());
    }
    if (family == FamilyOf(keyspace::AliasHistoryPrefix(AnyCode())) ||
        family == FamilyOf(keyspace::SupplierItemPrefix(AnyCode()))) {
      return OfCode(key.U64());
    }
    if (family == FamilyOf(keyspace::RequestExpiryPrefix())) key.U64();
    if (family == FamilyOf(keyspace::RequestExpiryPrefix()) ||
        family == FamilyOf(keyspace::Request(0, ""))) {
      key.U64();
      return Find(by_request_, key.Text());
    }
    return std::nullopt;
  }

  void DealCounter() {
    const auto& counters = families_[FamilyOf(keyspace::Issued(coding::Kind::kItem, 0))];
    if (counters.empty()) return;
    for (auto& rows : registrations_) rows.push_back(counters.back());
  }

  static constexpr std::string_view kItems = "items/";
  Families families_;
  Registrations registrations_;
  std::unordered_map<std::uint64_t, std::size_t> by_code_;
  std::unordered_map<std::string, std::size_t> by_request_, by_audit_;
};

}  // namespace

Registrations RowsOfRegistrations(const std::string& after, const std::string& before) {
  return Dealing(NewRows(after, before)).Deal();
}

}  // namespace radyab::bench
