// Notices among the maker, the carrier and the shop of the trace tests.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "registry/notices/notice_registry.h"
#include "tests/registry/trace/trace_world.h"

namespace radyab::notices::tests {

using radyab::tests::CallerFor;
using radyab::tests::FieldIn;
using radyab::tests::ReasonIn;
using trace::tests::EventOf;
using trace::tests::Firm;
using trace::tests::kCommission;
using trace::tests::kDeliver;
using trace::tests::kPack;
using trace::tests::kReceive;
using trace::tests::kReturn;
using trace::tests::kShip;
using trace::tests::kUnpack;
using trace::tests::Sscc;

inline v1::ShippingNotice Numbered(const std::string& number, const std::string& to = "") {
  v1::ShippingNotice notice;
  notice.set_number(number);
  notice.set_destination_party(to);
  return notice;
}
inline v1::ShippingNoticeLine& AddLine(v1::ShippingNotice& notice, const std::string& object,
                                       const std::string& amount = "",
                                       const std::string& unit = "KGM") {
  v1::ShippingNoticeLine& line = *notice.add_lines();
  line.set_object(object);
  if (amount.empty()) return line;
  line.mutable_quantity()->set_amount(amount);
  line.mutable_quantity()->set_unit(unit);
  return line;
}

// "OBJECT AMOUNT UNIT in CONTAINER" of every line.
inline std::vector<std::string> Words(const v1::ShippingNotice& notice) {
  std::vector<std::string> words;
  for (const v1::ShippingNoticeLine& line : notice.lines()) {
    std::string word = line.object();
    if (line.has_quantity()) {
      word += " " + line.quantity().amount() + " " + line.quantity().unit();
    }
    if (!line.container().empty()) word += " in " + line.container();
    words.push_back(word);
  }
  return words;
}
// "received/outstanding" of every line.
inline std::vector<std::string> Progress(const v1::ShippingNotice& notice) {
  std::vector<std::string> words;
  for (const v1::ShippingNoticeLine& line : notice.lines()) {
    words.push_back(line.received().amount() + "/" + line.outstanding().amount());
  }
  return words;
}

class NoticeWorld : public trace::tests::TraceWorld {
 public:
  using Names = std::vector<std::string>;

  absl::StatusOr<v1::ShippingNotice> TryCreate(const access::Caller& caller,
                                               const v1::ShippingNotice& wanted,
                                               const Names& events = {}) {
    return registry.Write([&](storage::WriteTransaction& transaction) {
      return CreateNotice(transaction, caller, wanted, events);
    });
  }
  v1::ShippingNotice Create(const Firm& firm, const v1::ShippingNotice& wanted,
                            const Names& events = {}) {
    auto created = TryCreate(firm.caller, wanted, events);
    EXPECT_TRUE(created.ok()) << created.status();
    return created.ok() ? *std::move(created) : v1::ShippingNotice();
  }
  // Expects the refusal and every row as before.
  absl::Status Refused(const Firm& firm, const v1::ShippingNotice& wanted,
                       const Names& events = {}) {
    const auto before = registry.Dump();
    auto created = TryCreate(firm.caller, wanted, events);
    EXPECT_FALSE(created.ok());
    EXPECT_EQ(registry.Dump(), before) << "a refusal changed rows";
    return created.status();
  }
  absl::StatusOr<v1::ShippingNotice> TryGet(const access::Caller& caller, const std::string& name) {
    return registry.Read([&](storage::ReadTransaction& transaction) {
      return GetNotice(transaction, caller, name);
    });
  }
  v1::ShippingNotice Get(const Firm& firm, const std::string& name) {
    auto notice = TryGet(firm.caller, name);
    EXPECT_TRUE(notice.ok()) << notice.status();
    return notice.ok() ? *std::move(notice) : v1::ShippingNotice();
  }
  absl::StatusOr<v1::ShippingNotice> Close(const access::Caller& caller, const NoticeEnd& end) {
    return registry.Write([&](storage::WriteTransaction& transaction) {
      return CloseNotice(transaction, caller, end);
    });
  }
  absl::StatusOr<v1::ShippingNotice> Cancel(const access::Caller& caller, const NoticeEnd& end) {
    return registry.Write([&](storage::WriteTransaction& transaction) {
      return CancelNotice(transaction, caller, end);
    });
  }
  absl::StatusOr<v1::ShippingNotice> Update(const access::Caller& caller,
                                            const v1::ShippingNotice& wanted,
                                            const std::set<std::string>& fields) {
    return registry.Write([&](storage::WriteTransaction& transaction) {
      return UpdateNotice(transaction, caller, wanted, fields);
    });
  }
  // The names of all pages.
  absl::StatusOr<Names> List(const access::Caller& caller, const NoticeFilter& filter,
                             std::size_t page_rows = 50) {
    Names names;
    PageRequest request{page_rows, ""};
    do {
      auto page = registry.Read([&](storage::ReadTransaction& transaction) {
        return ListNotices(transaction, caller, filter, request);
      });
      if (!page.ok()) return page.status();
      for (const v1::ShippingNotice& notice : page->rows) names.push_back(notice.name());
      request.after = page->next;
    } while (!request.after.empty());
    return names;
  }
  // The maker makes `amount` KGM of a lot and ships it to the shop.
  v1::Event Ship(const std::string& lot, const std::string& amount, int minute,
                 const std::string& reference = "") {
    Take(maker, EventOf(kCommission, minute).Lot(LotOf(maker, lot), amount));
    return Take(maker, EventOf(kShip, minute + 1)
                           .Lot(LotOf(maker, lot), amount)
                           .To(shop.party)
                           .Reference(reference));
  }
  void Receive(const std::string& lot, const std::string& amount, int minute,
               const std::string& reference = "") {
    Take(shop, EventOf(kReceive, minute).Lot(LotOf(maker, lot), amount).Reference(reference));
  }
};

}  // namespace radyab::notices::tests
