#include "registry/trace/object_key.h"

#include <algorithm>

#include "coding/gs1_keys.h"
#include "registry/storage/ordered_key.h"

namespace radyab::trace {
namespace {

using coding::ObjectWord;

enum KeyByte : std::uint8_t { kLotByte = 1, kUnitByte = 2, kContainerByte = 3, kViewByte = 0x10 };

std::string OfItem(KeyByte type, const ObjectWord& word) {
  return storage::OrderedKey(type)
      .U32(word.code->block())
      .U16(static_cast<std::uint16_t>(word.code->counter()))
      .U16(static_cast<std::uint16_t>(word.code->birth_class()))
      .Tail(word.text);
}

}  // namespace

std::string WriteObjectKey(const ObjectWord& word) {
  switch (word.type) {
    case ObjectWord::Type::kLot:
      return OfItem(kLotByte, word);
    case ObjectWord::Type::kUnit:
      return OfItem(kUnitByte, word);
    case ObjectWord::Type::kContainer:
      return storage::OrderedKey(kContainerByte).Tail(word.text);
    case ObjectWord::Type::kCode:
      break;
  }
  return "";
}

std::optional<ObjectWord> ReadObjectKey(std::string_view key) {
  storage::OrderedKeyReader reader(key);
  const std::uint8_t type = reader.U8();
  if (type == kContainerByte) {
    const std::string digits = reader.Tail();
    if (!coding::ParseSscc(digits).ok()) return std::nullopt;
    return ObjectWord::ForContainer(digits);
  }
  if (type != kLotByte && type != kUnitByte) return std::nullopt;
  const std::uint32_t block = reader.U32();
  const std::uint16_t counter = reader.U16();
  const std::uint16_t birth_class = reader.U16();
  const std::string text = reader.Tail();
  if (!reader.ok() || text.empty()) return std::nullopt;
  const auto code = coding::Code::ForCatalog(coding::Kind::kItem, birth_class, block, counter);
  if (!code.ok()) return std::nullopt;
  return type == kLotByte ? ObjectWord::ForLot(*code, text) : ObjectWord::ForUnit(*code, text);
}

std::string WordOfKey(std::string_view key) {
  const auto word = ReadObjectKey(key);
  return word ? coding::WriteObjectWord(*word) : std::string();
}

std::string ViewKey(MemberId member, std::string_view object_key) {
  return storage::OrderedKey(kViewByte).U32(static_cast<std::uint32_t>(member)).Tail(object_key);
}

std::string_view ObjectOfView(std::string_view key) {
  constexpr std::size_t kViewBytes = 1 + sizeof(MemberId);
  const bool is_view = !key.empty() && key[0] == static_cast<char>(kViewByte);
  return is_view ? key.substr(std::min(kViewBytes, key.size())) : key;
}

}  // namespace radyab::trace
