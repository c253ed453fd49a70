#include "registry/storage/lmdb_page_format.h"

#include <cstring>

namespace radyab::storage {
namespace {

constexpr std::uint32_t kMagic = 0xBEEFC0DE;
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kNodeHeaderBytes = 8, kPlaceBytes = 2, kTreeBytes = 48;
constexpr std::size_t kKeyBytesMax = 511;

// Kinds of page. The two marks are of memory and mean nothing in a file.
constexpr std::uint16_t kBranch = 1, kLeaf = 2, kOverflow = 4, kMeta = 8;
constexpr std::uint16_t kMarks = 0x10 | 0x8000;
constexpr std::uint16_t kLargeValue = 1;  // of a node: its value lies on pages of its own

template <class Number>
Number Load(std::string_view bytes, std::size_t at) {
  Number number = 0;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

std::uint64_t PageNumber(std::string_view bytes) { return Load<std::uint64_t>(bytes, 0); }
int PageKind(std::string_view bytes) { return Load<std::uint16_t>(bytes, 10) & ~kMarks; }

LmdbTree ReadTree(std::string_view bytes) {
  LmdbTree tree;
  tree.flags = Load<std::uint16_t>(bytes, 4);
  tree.depth = Load<std::uint16_t>(bytes, 6);
  tree.branch_pages = Load<std::uint64_t>(bytes, 8);
  tree.leaf_pages = Load<std::uint64_t>(bytes, 16);
  tree.overflow_pages = Load<std::uint64_t>(bytes, 24);
  tree.entries = Load<std::uint64_t>(bytes, 32);
  tree.root = Load<std::uint64_t>(bytes, 40);
  return tree;
}

// The node at `at`, and how many bytes it takes; 0 after a fault.
const char* ReadNode(std::string_view bytes, std::size_t at, bool is_leaf, bool is_first,
                     LmdbNode& node, std::size_t& node_bytes) {
  const auto low = Load<std::uint32_t>(bytes, at);  // of a value's length, or of a page number
  const auto flags = Load<std::uint16_t>(bytes, at + 4);
  const std::size_t key_bytes = Load<std::uint16_t>(bytes, at + 6);
  const bool is_large = is_leaf && flags == kLargeValue;
  if (is_leaf && flags != 0 && !is_large) return "has a node of an unknown kind";
  const bool may_be_empty = !is_leaf && is_first;
  if (key_bytes > kKeyBytesMax || (key_bytes == 0 && !may_be_empty)) {
    return "has a key of no possible length";
  }
  std::size_t value_room = 0;
  if (is_leaf) value_room = is_large ? sizeof(std::uint64_t) : low;
  node_bytes = kNodeHeaderBytes + key_bytes + value_room;
  if (node_bytes > bytes.size() - at) return "has a node that reaches beyond it";
  node.key = bytes.substr(at + kNodeHeaderBytes, key_bytes);
  const std::size_t value_at = at + kNodeHeaderBytes + key_bytes;
  if (!is_leaf) {
    node.page = low | std::uint64_t{flags} << 32;
    return nullptr;
  }
  node.value_bytes = low;
  if (is_large) {
    node.page = Load<std::uint64_t>(bytes, value_at);
  } else {
    node.value = bytes.substr(value_at, low);
  }
  return nullptr;
}

}  // namespace

std::uint64_t LoadLmdbNumber(std::string_view bytes, std::size_t at) {
  return Load<std::uint64_t>(bytes, at);
}

std::optional<LmdbMeta> ReadLmdbMeta(std::string_view bytes, std::uint64_t page) {
  const std::string_view body = bytes.substr(kLmdbHeaderBytes);
  if (PageNumber(bytes) != page || PageKind(bytes) != kMeta ||
      Load<std::uint32_t>(body, 0) != kMagic || Load<std::uint32_t>(body, 4) != kVersion) {
    return std::nullopt;
  }
  LmdbMeta meta;
  meta.page_bytes = Load<std::uint32_t>(body, 24);
  meta.free = ReadTree(body.substr(24, kTreeBytes));
  meta.rows = ReadTree(body.substr(24 + kTreeBytes, kTreeBytes));
  meta.last_page = Load<std::uint64_t>(body, 120);
  meta.transaction = Load<std::uint64_t>(body, 128);
  return meta;
}

const char* ReadLmdbNodes(std::string_view bytes, std::uint64_t page, bool is_leaf,
                          std::vector<LmdbNode>& nodes) {
  if (PageNumber(bytes) != page) return "bears another number";
  if (PageKind(bytes) != (is_leaf ? kLeaf : kBranch)) {
    return is_leaf ? "should be a leaf" : "should be a branch";
  }
  const std::size_t lower = Load<std::uint16_t>(bytes, 12);
  const std::size_t upper = Load<std::uint16_t>(bytes, 14);
  if (lower < kLmdbHeaderBytes + kPlaceBytes || lower > upper || upper > bytes.size() ||
      lower % kPlaceBytes != 0) {
    return "has bounds that do not fit";
  }
  nodes.resize((lower - kLmdbHeaderBytes) / kPlaceBytes);
  std::size_t filled = 0;
  for (std::size_t index = 0; index < nodes.size(); ++index) {
    const std::size_t at = Load<std::uint16_t>(bytes, kLmdbHeaderBytes + index * kPlaceBytes);
    if (at < upper || at + kNodeHeaderBytes > bytes.size() || at % 2 != 0) {
      return "has a node outside of it";
    }
    std::size_t node_bytes = 0;
    const char* fault = ReadNode(bytes, at, is_leaf, index == 0, nodes[index], node_bytes);
    if (fault != nullptr) return fault;
    filled += node_bytes + node_bytes % 2;
  }
  return filled == bytes.size() - upper ? nullptr : "has nodes that overlap, or a gap";
}

std::uint64_t PagesOfLmdbValue(std::string_view bytes, std::uint64_t page) {
  const bool begins = PageNumber(bytes) == page && PageKind(bytes) == kOverflow;
  return begins ? Load<std::uint32_t>(bytes, 12) : 0;
}

}  // namespace radyab::storage
