// The bytes by which the store knows a thing we trace; `object` of registry/storage/keyspace.h.
//
//   lot        01  block u32  counter u16  birth class u16  lot
//   unit       02  block u32  counter u16  birth class u16  serial
//   container  03  18 digits
//   view       10  member u32  one of the three above
//
// Numbers are big-endian. The birth class stands in the key because the code cannot be written
// without it; it comes last so that the goods of one member lie together. Type bytes never change.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coding/object_words.h"
#include "registry/storage/keyspace.h"

namespace radyab::trace {

inline constexpr char kContainerKeyByte = '\x03';

// A lot, unit or container; empty for a bare code.
std::string WriteObjectKey(const coding::ObjectWord& word);
// The other way; nothing when the bytes are no such key.
std::optional<coding::ObjectWord> ReadObjectKey(std::string_view key);
// The canonical word of the object; empty when the bytes are no such key.
std::string WordOfKey(std::string_view key);

// What one member sees of an object: the events of keyspace::ObjectEvent under this key are those
// of the object that he may read.
std::string ViewKey(MemberId member, std::string_view object_key);
// The object of such a view; any other key as it is.
std::string_view ObjectOfView(std::string_view key);

}  // namespace radyab::trace
