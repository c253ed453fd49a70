// How LMDB 0.9 (MDB_DATA_VERSION 1) lays out a page on a 64-bit little-endian machine, read without
// trusting a byte of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace radyab::storage {

inline constexpr std::uint64_t kNoLmdbPage = ~std::uint64_t{0};
inline constexpr std::size_t kLmdbHeaderBytes = 16;
inline constexpr std::size_t kLmdbMetaBytes = kLmdbHeaderBytes + 136;

// What LMDB keeps of one tree.
struct LmdbTree {
  std::uint16_t flags = 0, depth = 0;
  std::uint64_t branch_pages = 0, leaf_pages = 0, overflow_pages = 0, entries = 0;
  std::uint64_t root = kNoLmdbPage;
};

struct LmdbMeta {
  std::size_t page_bytes = 0;
  LmdbTree free, rows;
  std::uint64_t last_page = 0, transaction = 0;
};

// One entry of a page; views point into it.
struct LmdbNode {
  std::string_view key;
  std::string_view value;            // of a leaf, unless it is large
  std::uint64_t page = kNoLmdbPage;  // a branch's child, or where a large value begins
  std::uint64_t value_bytes = 0;
};

// Eight bytes at `at`, which are there.
std::uint64_t LoadLmdbNumber(std::string_view bytes, std::size_t at);

// The meta page number `page` in the first kLmdbMetaBytes of it; nothing when it is none.
std::optional<LmdbMeta> ReadLmdbMeta(std::string_view bytes, std::uint64_t page);

// The nodes of page number `page`; its fault in a few words, or null. A leaf is told from a branch
// by its level in the tree.
const char* ReadLmdbNodes(std::string_view bytes, std::uint64_t page, bool is_leaf,
                          std::vector<LmdbNode>& nodes);

// How many pages the large value has whose header this is; 0 when none begins at `page`.
std::uint64_t PagesOfLmdbValue(std::string_view bytes, std::uint64_t page);

}  // namespace radyab::storage
