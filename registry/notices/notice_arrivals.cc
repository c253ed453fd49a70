#include "registry/notices/notice_arrivals.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "registry/notices/object_arrivals.h"
#include "registry/storage/notice_keys.h"
#include "registry/storage/record.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/object_key.h"

namespace radyab::notices {
namespace {

using Amount = coding::WideAmount;
using coding::ObjectWord;
using Type = ObjectWord::Type;

// The lines of one notice and how much came of each.
class LineArrivals {
 public:
  LineArrivals(storage::ReadTransaction& transaction, const FoundNotice& notice,
               std::vector<v1::ShippingNoticeLine>& lines)
      : transaction_(transaction),
        notice_(notice),
        lines_(lines),
        words_(lines.size()),
        announced_(lines.size()),
        got_(lines.size()) {}

  absl::Status Read() {
    for (std::size_t place = 0; place < lines_.size(); ++place) {
      const auto word = coding::ParseObjectWord(lines_[place].object());
      if (!word.ok()) return storage::CorruptRecord(keyspace::NoticeLines(notice_.sequence, 0));
      words_[place] = *word;
      announced_[place] = coding::WidenDecimal({1, 0});
      if (lines_[place].has_quantity()) {
        auto amount =
            StoredAmount(lines_[place].quantity(), keyspace::NoticeLines(notice_.sequence, 0));
        if (!amount.ok()) return amount.status();
        announced_[place] = *amount;
      }
      if (word->type == Type::kContainer) containers_.try_emplace(lines_[place].object(), place);
    }
    return absl::OkStatus();
  }

  // What comes by itself. The excess of an object is told at its last line.
  absl::Status AddOwn(bool from_supplier) {
    ObjectArrivals arrivals(transaction_, notice_, from_supplier);
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_object;
    for (std::size_t place = 0; place < lines_.size(); ++place) {
      if (!ArrivesByItself(lines_[place], from_supplier)) continue;
      if (from_supplier && words_[place].type == Type::kContainer) continue;
      by_object[{lines_[place].object(), UnitOfLine(lines_[place])}].push_back(place);
    }
    for (const auto& [object, places] : by_object) {
      auto left = arrivals.Of(words_[places.front()], object.second);
      if (!left.ok()) return left.status();
      for (const std::size_t place : places) {
        got_[place] = std::min(*left, announced_[place]);
        *left -= got_[place];
      }
      got_[places.back()] += *left;
    }
    return absl::OkStatus();
  }

  // What is inside a container comes with it.
  void AddInside() {
    for (std::size_t place = 0; place < lines_.size(); ++place) {
      std::size_t outer = place;
      for (auto next = Around(place); next; next = Around(outer)) outer = *next;
      if (outer != place && got_[outer] >= announced_[outer]) got_[place] = announced_[place];
    }
  }

  // A container of a supplier's paper begins here: it is there once all inside it is; one of which
  // no contents are told, once it was packed here.
  absl::Status AddContainers() {
    std::vector<std::size_t> inside(lines_.size()), there(lines_.size());
    for (std::size_t place = 0; place < lines_.size(); ++place) {
      if (words_[place].type == Type::kContainer) continue;
      for (auto around = Around(place); around; around = Around(*around)) {
        ++inside[*around];
        there[*around] += got_[place] >= announced_[place] ? 1 : 0;
      }
    }
    for (const auto& [object, place] : containers_) {
      bool here = inside[place] > 0 && inside[place] == there[place];
      if (inside[place] == 0) {
        auto record = trace::FindObject(transaction_, trace::WriteObjectKey(words_[place]));
        if (!record.ok()) return record.status();
        here = record->has_value() &&
               (*record)->member() == static_cast<std::uint32_t>(notice_.sides.recorder) &&
               (*record)->event() > EventNumber(notice_.header.arrivals_after());
      }
      if (here) got_[place] = announced_[place];
    }
    return absl::OkStatus();
  }

  ArrivedLines Tell() {
    ArrivedLines counts;
    for (std::size_t place = 0; place < lines_.size(); ++place) {
      const Amount left = std::max(announced_[place] - got_[place], Amount(0));
      ++(left > 0 ? counts.outstanding : counts.received);
      const std::string unit = UnitOfLine(lines_[place]);
      *lines_[place].mutable_received() = ToldAmount(got_[place], unit);
      *lines_[place].mutable_outstanding() = ToldAmount(left, unit);
    }
    return counts;
  }

 private:
  // The line of the container around a line. Containers are never in a circle: notice_draft.cc.
  std::optional<std::size_t> Around(std::size_t place) const {
    const auto found = containers_.find(lines_[place].container());
    return found == containers_.end() ? std::nullopt : std::optional(found->second);
  }

  storage::ReadTransaction& transaction_;
  const FoundNotice& notice_;
  std::vector<v1::ShippingNoticeLine>& lines_;
  std::vector<ObjectWord> words_;
  std::vector<Amount> announced_, got_;
  std::map<std::string, std::size_t> containers_;
};

}  // namespace

absl::StatusOr<ArrivedLines> AddArrivals(storage::ReadTransaction& transaction,
                                         const FoundNotice& notice,
                                         std::vector<v1::ShippingNoticeLine>& lines) {
  auto from_supplier = IsFromSupplier(transaction, notice);
  if (!from_supplier.ok()) return from_supplier.status();
  LineArrivals arrivals(transaction, notice, lines);
  auto status = arrivals.Read();
  const bool awaited = notice.header.state() != v1::SHIPPING_NOTICE_STATE_CANCELLED;
  if (status.ok() && awaited) status = arrivals.AddOwn(*from_supplier);
  if (status.ok() && awaited && !*from_supplier) arrivals.AddInside();
  if (status.ok() && awaited && *from_supplier) status = arrivals.AddContainers();
  if (!status.ok()) return status;
  return arrivals.Tell();
}

}  // namespace radyab::notices
