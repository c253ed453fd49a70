#include "tests/bench/registry/filled_registry.h"

#include <algorithm>
#include <cstdio>

#include "coding/check_digits.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/catalog/alias_row.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::bench {
namespace {

using coding::Code;
using coding::Kind;
using storage::PutRow;

constexpr int kItemsOfCommit = 5'000;
constexpr int kCountersOfBlock = 9'999;
constexpr std::uint32_t kGenericBlock = 50'000;  // blocks of generic items begin behind it

Code CodeIn(std::uint32_t blocks_before, int number) {
  const auto block = blocks_before + static_cast<std::uint32_t>(1 + number / kCountersOfBlock);
  const auto counter = static_cast<std::uint32_t>(1 + number % kCountersOfBlock);
  return *Code::ForCatalog(Kind::kItem, 100 + static_cast<std::uint32_t>(number) * 7919u % 300,
                           block, counter);
}

v1::Item ItemOf(Code code) {
  v1::Item item;
  item.set_name("items/" + code.Digits());
  item.set_code(code.Digits());
  item.set_member("members/00001");
  item.set_class_name("classes/0412");
  item.mutable_display_name()->set_en("Item " + code.Digits());
  item.set_unit("C62");
  item.mutable_life()->set_state(v1::LIFE_STATE_ACTIVE);
  item.set_etag("1");
  return item;
}

absl::Status PutBlock(storage::WriteTransaction& change, Code code, MemberId owner) {
  if (code.counter() != 1) return absl::OkStatus();
  records::BlockRecord block;
  block.set_member(static_cast<std::uint32_t>(owner));
  return PutRow(change, keyspace::Block(code.block()), block);
}

absl::Status PutGeneric(storage::WriteTransaction& change, Code generic, Code item) {
  if (auto status = PutBlock(change, generic, MemberId::kRegistry); !status.ok()) return status;
  v1::Item row = ItemOf(generic);
  row.set_member("members/00000");
  row.set_generic(true);
  if (auto status = PutRow(change, keyspace::Item(generic), row); !status.ok()) return status;
  return storage::PutMark(change, keyspace::SupplierItem(generic, item));
}

absl::Status PutItem(storage::WriteTransaction& change, int number) {
  const Code code = CodeOf(number), generic = CodeIn(kGenericBlock, number);
  if (auto status = PutBlock(change, code, MemberId{1}); !status.ok()) return status;
  if (auto status = PutGeneric(change, generic, code); !status.ok()) return status;
  v1::Item row = ItemOf(code);
  row.set_generic_item("items/" + generic.Digits());
  if (auto status = PutRow(change, keyspace::Item(code), row); !status.ok()) return status;
  const catalog::AliasKey gtin{v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry, GtinOf(number)};
  return catalog::PutFirstAlias(change, gtin, v1::Alias(), generic);
}

}  // namespace

Code CodeOf(int number) { return CodeIn(0, number); }

std::string GtinOf(int number) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "0952%09d", number);
  return digits + std::string(1, coding::Gs1CheckDigit(digits));
}

absl::Status Fill(storage::Store& store, int item_count) {
  for (int from = 0; from < item_count; from += kItemsOfCommit) {
    auto status = store.Write([=](storage::WriteTransaction& change) {
      for (int at = from; at < std::min(from + kItemsOfCommit, item_count); ++at) {
        if (auto put = PutItem(change, at); !put.ok()) return put;
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace radyab::bench
