#include "registry/catalog/class_misfits.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/class_tree.h"
#include "registry/catalog/compared_entry.h"
#include "registry/catalog/member_registry.h"
#include "registry/reason.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

// The faults of the attributes against a class; none when they fit.
absl::StatusOr<std::vector<v1::RowFault>> FaultsAgainst(storage::ReadTransaction& transaction,
                                                        const std::string& class_name,
                                                        const v1::Item& entry) {
  std::vector<v1::RowFault> faults;
  auto fit = CheckAgainstClass(transaction, class_name, entry.attributes());
  if (fit.ok()) return faults;
  const auto detail = ReasonOf(fit.status());
  if (!detail || detail->fields.empty()) return fit.status();
  for (const FieldFault& field : detail->fields) {
    v1::RowFault& fault = faults.emplace_back();
    fault.set_reason(std::string(ReasonName(detail->reason)));
    fault.set_field(field.field);
    fault.set_description(field.description);
  }
  return faults;
}

// Where the rows stand that are looked at: of every block of a member, or of all.
absl::StatusOr<std::vector<std::string>> PrefixesOf(storage::ReadTransaction& transaction,
                                                    const access::Caller& caller,
                                                    const MisfitFilter& filter) {
  const bool services = filter.kind == coding::Kind::kService;
  if (filter.member.empty() && !caller.member) {
    return std::vector{services ? keyspace::ServicePrefix() : keyspace::ItemPrefix()};
  }
  auto owner = MemberMeant(transaction, caller, filter.member, "member");
  if (!owner.ok()) return owner.status();
  auto member = GetMember(transaction, *owner);
  if (!member.ok()) return member.status();
  std::vector<std::string> prefixes;
  for (const std::string& digits : member->blocks()) {
    const auto block = static_cast<std::uint32_t>(std::stoul(digits));
    prefixes.push_back(services ? keyspace::ServicePrefix(block) : keyspace::ItemPrefix(block));
  }
  std::ranges::sort(prefixes);  // so that a key tells where the page before ended
  return prefixes;
}

class Misfits {
 public:
  Misfits(storage::ReadTransaction& transaction, const MisfitFilter& filter,
          const PageRequest& page)
      : transaction_(transaction), filter_(filter), page_(page) {}

  template <class Entry>
  absl::StatusOr<Page<v1::ClassMisfit>> Find(const std::vector<std::string>& prefixes) {
    for (const std::string& prefix : prefixes) {
      const std::string end = storage::PrefixEnd(prefix);
      if (!page_.after.empty() && page_.after >= end) continue;
      const bool within = page_.after > prefix;
      auto status = storage::ScanRows<Entry>(
          transaction_, {within ? page_.after + '\0' : prefix, end}, storage::Direction::kForward,
          kMisfitScanRowsMax + 1, [&](std::string_view key, const Entry& entry) {
            if (looked_at_++ == kMisfitScanRowsMax || found_.rows.size() == page_.row_count_max) {
              found_.next = last_key_;
              return false;
            }
            last_key_ = std::string(key);
            fault_ = Judge(AsCompared(entry));
            return fault_.ok();
          });
      if (!fault_.ok()) return fault_;
      if (!status.ok()) return status;
      if (!found_.next.empty()) break;
    }
    return std::move(found_);
  }

 private:
  absl::Status Judge(const v1::Item& entry) {
    const bool wanted = !entry.generic() && entry.life().state() == v1::LIFE_STATE_ACTIVE &&
                        entry.class_name().starts_with(filter_.class_name);
    if (!wanted) return absl::OkStatus();
    auto faults = FaultsAgainst(
        transaction_, filter_.as_class.empty() ? entry.class_name() : filter_.as_class, entry);
    if (!faults.ok()) return faults.status();
    if (faults->empty()) return absl::OkStatus();
    v1::ClassMisfit& misfit = found_.rows.emplace_back();
    misfit.set_name(entry.name());
    *misfit.mutable_display_name() = entry.display_name();
    misfit.set_class_name(entry.class_name());
    misfit.mutable_faults()->Assign(faults->begin(), faults->end());
    misfit.set_etag(entry.etag());
    return absl::OkStatus();
  }

  storage::ReadTransaction& transaction_;
  const MisfitFilter& filter_;
  const PageRequest& page_;
  Page<v1::ClassMisfit> found_;
  std::string last_key_;
  std::size_t looked_at_ = 0;
  absl::Status fault_ = absl::OkStatus();
};

}  // namespace

absl::StatusOr<Page<v1::ClassMisfit>> ListClassMisfits(storage::ReadTransaction& transaction,
                                                       const access::Caller& caller,
                                                       const MisfitFilter& filter,
                                                       const PageRequest& page) {
  if (auto node = GetClass(transaction, filter.class_name); !node.ok()) return node.status();
  if (!filter.as_class.empty()) {
    // It must be one that things may be of.
    if (auto birth = BirthClass(transaction, filter.as_class); !birth.ok()) return birth.status();
  }
  auto prefixes = PrefixesOf(transaction, caller, filter);
  if (!prefixes.ok()) return prefixes.status();
  Misfits misfits(transaction, filter, page);
  return filter.kind == coding::Kind::kService ? misfits.Find<v1::Service>(*prefixes)
                                               : misfits.Find<v1::Item>(*prefixes);
}

}  // namespace radyab::catalog
