// Builds and reads keys whose byte order is the order of their parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace radyab::storage {

// Appends parts to a key. Numbers are fixed-width big-endian. Text() escapes: 0x00 becomes 0x00
// 0xFF and the end is 0x00 0x01, so that a shorter text sorts before a longer one and any part may
// follow; Tail() is raw and must be last.
class OrderedKey {
 public:
  explicit OrderedKey(std::uint8_t family) { bytes_.push_back(static_cast<char>(family)); }
  OrderedKey& U8(std::uint8_t value);
  OrderedKey& U16(std::uint16_t value);
  OrderedKey& U32(std::uint32_t value);
  OrderedKey& U64(std::uint64_t value);
  OrderedKey& Text(std::string_view text);
  OrderedKey& Tail(std::string_view bytes);
  operator std::string() const& { return bytes_; }         // NOLINT: a key is its bytes
  operator std::string() && { return std::move(bytes_); }  // NOLINT

 private:
  std::string bytes_;
};

// Reads the parts back in the same order. After a part that does not fit, ok() is false and every
// part is zero or empty.
class OrderedKeyReader {
 public:
  explicit OrderedKeyReader(std::string_view key) : rest_(key) {}
  std::uint8_t U8();
  std::uint16_t U16();
  std::uint32_t U32();
  std::uint64_t U64();
  std::string Text();
  std::string Tail();
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::uint64_t Number(int byte_count);
  std::string_view rest_;
  bool ok_ = true;
};

// The smallest key greater than every key that begins with `prefix`; empty (no end) when there is
// none.
std::string PrefixEnd(std::string_view prefix);

}  // namespace radyab::storage
