#include "registry/storage/ordered_key.h"

namespace radyab::storage {
namespace {

constexpr char kEscape = '\x00';
constexpr char kEscapedZero = '\xFF';
constexpr char kTextEnd = '\x01';

void AppendBigEndian(std::string& bytes, std::uint64_t value, int byte_count) {
  for (int shift = 8 * (byte_count - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(value >> shift & 0xFF));
  }
}

}  // namespace

OrderedKey& OrderedKey::U8(std::uint8_t value) {
  AppendBigEndian(bytes_, value, 1);
  return *this;
}

OrderedKey& OrderedKey::U16(std::uint16_t value) {
  AppendBigEndian(bytes_, value, 2);
  return *this;
}

OrderedKey& OrderedKey::U32(std::uint32_t value) {
  AppendBigEndian(bytes_, value, 4);
  return *this;
}

OrderedKey& OrderedKey::U64(std::uint64_t value) {
  AppendBigEndian(bytes_, value, 8);
  return *this;
}

OrderedKey& OrderedKey::Text(std::string_view text) {
  for (char byte : text) {
    bytes_.push_back(byte);
    if (byte == kEscape) bytes_.push_back(kEscapedZero);
  }
  bytes_.push_back(kEscape);
  bytes_.push_back(kTextEnd);
  return *this;
}

OrderedKey& OrderedKey::Tail(std::string_view bytes) {
  bytes_.append(bytes);
  return *this;
}

std::uint64_t OrderedKeyReader::Number(int byte_count) {
  if (!ok_ || rest_.size() < static_cast<std::size_t>(byte_count)) {
    ok_ = false;
    return 0;
  }
  std::uint64_t value = 0;
  for (int i = 0; i < byte_count; ++i) value = value << 8 | static_cast<unsigned char>(rest_[i]);
  rest_.remove_prefix(byte_count);
  return value;
}

std::uint8_t OrderedKeyReader::U8() { return static_cast<std::uint8_t>(Number(1)); }
std::uint16_t OrderedKeyReader::U16() { return static_cast<std::uint16_t>(Number(2)); }
std::uint32_t OrderedKeyReader::U32() { return static_cast<std::uint32_t>(Number(4)); }
std::uint64_t OrderedKeyReader::U64() { return Number(8); }

std::string OrderedKeyReader::Text() {
  std::string text;
  while (ok_ && !rest_.empty()) {
    const char byte = rest_.front();
    rest_.remove_prefix(1);
    if (byte != kEscape) {
      text.push_back(byte);
      continue;
    }
    if (rest_.empty()) break;
    const char mark = rest_.front();
    rest_.remove_prefix(1);
    if (mark == kTextEnd) return text;
    if (mark != kEscapedZero) break;
    text.push_back(kEscape);
  }
  ok_ = false;
  return {};
}

std::string OrderedKeyReader::Tail() {
  if (!ok_) return {};
  std::string tail(rest_);
  rest_ = {};
  return tail;
}

std::string PrefixEnd(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty()) {
    const auto last = static_cast<unsigned char>(end.back());
    if (last < 0xFF) {
      end.back() = static_cast<char>(last + 1);
      return end;
    }
    end.pop_back();
  }
  return end;
}

}  // namespace radyab::storage
