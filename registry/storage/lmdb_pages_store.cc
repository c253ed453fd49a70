#include "registry/storage/lmdb_pages_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/storage/lmdb_page_format.h"
#include "registry/storage/storage_file.h"

namespace radyab::storage {
namespace {

constexpr std::size_t kPageBytesMax = 65'536, kPageBytesMin = 512;
constexpr int kDepthMax = 32;
// One transaction writes at most so many pages, not all of which need to reach the file.
constexpr std::uint64_t kUnwrittenPagesMax = 1 << 17;

// Keys of a page lie in [low, high); a bound that is not there does not bind.
struct Bounds {
  std::optional<std::string> low, high;
};

class PageCheck {
 public:
  PageCheck(int file, std::uint64_t file_bytes, StructureFault found)
      : file_(file), file_bytes_(file_bytes), found_(found) {}

  absl::StatusOr<bool> Run(std::uint64_t transaction) {
    const auto meta = FindMeta(transaction);
    if (!fault_.ok()) return fault_;
    if (!meta.has_value()) return stopped_ || told_;
    meta_ = *meta;
    if (CheckMeta()) {
      pages_.assign(meta_.last_page + 1, Use::kUnknown);
      pages_[0] = pages_[1] = Use::kTaken;
      CheckTree(meta_.free, true);
      CheckTree(meta_.rows, false);
      CheckAllPagesAreKnown();
    }
    return fault_.ok() ? absl::StatusOr<bool>(true) : fault_;
  }

 private:
  enum class Use : std::uint8_t { kUnknown, kTaken, kFree };

  // False when nobody wants to hear more.
  bool Tell(std::uint64_t page, const std::string& what) {
    told_ = true;
    if (!stopped_) stopped_ = !found_("page " + std::to_string(page) + ": " + what);
    return false;
  }

  bool Read(std::uint64_t page, std::size_t byte_count, std::string& bytes) {
    bytes.resize(byte_count);
    std::size_t done = 0;
    const std::uint64_t begin = page * page_bytes_;
    while (done < byte_count) {
      const ssize_t count =
          pread(file_, bytes.data() + done, byte_count - done, static_cast<off_t>(begin + done));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        fault_ = FileFault("data.mdb", "read", errno);
        stopped_ = true;
        return false;
      }
      if (count == 0) return Tell(page, "lies behind the end of the file");
      done += static_cast<std::size_t>(count);
    }
    return true;
  }

  std::optional<LmdbMeta> ReadMeta(std::uint64_t page) {
    std::string bytes;
    if (!Read(page, kLmdbMetaBytes, bytes)) return std::nullopt;
    auto meta = ReadLmdbMeta(bytes, page);
    if (!meta.has_value()) Tell(page, "is no meta page of this format");
    return meta;
  }

  // The second page begins where the first one says it does.
  std::optional<LmdbMeta> FindMeta(std::uint64_t transaction) {
    const auto first = ReadMeta(0);
    if (!first.has_value()) return std::nullopt;
    const std::size_t bytes = first->page_bytes;
    if (bytes < kPageBytesMin || bytes > kPageBytesMax || (bytes & (bytes - 1)) != 0) {
      Tell(0, "pages of " + std::to_string(bytes) + " bytes do not exist");
      return std::nullopt;
    }
    page_bytes_ = bytes;
    const auto second = ReadMeta(1);
    if (!second.has_value()) return std::nullopt;
    if (second->page_bytes != bytes) {
      Tell(1, "the meta pages do not agree on the size of a page");
      return std::nullopt;
    }
    // They are written in turn, each by the transactions of its parity, one after the other; a new
    // file has both at 0.
    const LmdbMeta& newer = first->transaction > second->transaction ? *first : *second;
    const LmdbMeta& older = first->transaction > second->transaction ? *second : *first;
    const bool in_turn = newer.transaction == older.transaction + 1 &&
                         first->transaction % 2 == 0 && second->transaction % 2 == 1;
    // Commits that go on meanwhile may have written one of them since the other was read.
    const bool stands_still = transaction == kNewestTransaction;
    if (stands_still && !in_turn && newer.transaction > 1) {
      Tell(0, "the meta pages are of transactions " + std::to_string(first->transaction) + " and " +
                  std::to_string(second->transaction) + ", want two that follow each other");
    }
    if (transaction == kNewestTransaction) return newer;
    if (newer.transaction == transaction) return newer;
    return older.transaction == transaction ? std::optional(older) : std::nullopt;
  }

  bool CheckMeta() {
    constexpr std::uint16_t kIntegerKeys = 0x08, kNoSubfolder = 0x4000;
    const auto pages = file_bytes_ / page_bytes_;
    if (meta_.last_page < 1 || meta_.last_page >= pages + kUnwrittenPagesMax) {
      return Tell(meta_.transaction % 2, "names " + std::to_string(meta_.last_page) +
                                             " as the last page, the file has " +
                                             std::to_string(pages));
    }
    if (meta_.rows.flags != 0 || meta_.free.flags != (kIntegerKeys | kNoSubfolder)) {
      return Tell(meta_.transaction % 2, "has flags that our files never have");
    }
    return true;
  }

  bool Take(std::uint64_t page, Use use) {
    if (page > meta_.last_page || page < 2) return Tell(page, "is named and does not exist");
    if (pages_[page] != Use::kUnknown) {
      return Tell(page, use == Use::kFree || pages_[page] == Use::kFree
                            ? "is free and used, or free twice"
                            : "is used twice");
    }
    pages_[page] = use;
    return true;
  }

  void CheckTree(const LmdbTree& tree, bool is_free_list) {
    seen_ = {};
    seen_.depth = tree.depth;
    previous_.reset();
    if (tree.root == kNoLmdbPage) {
      if (tree.entries != 0 || tree.depth != 0)
        Tell(0, "a tree without a root claims to have rows");
    } else if (tree.depth < 1 || tree.depth > kDepthMax) {
      Tell(tree.root, "a tree is " + std::to_string(tree.depth) + " levels deep");
    } else {
      CheckPage(tree.root, 1, is_free_list, {});
    }
    if (stopped_) return;
    const auto agree = [&](std::uint64_t kept, std::uint64_t seen, const char* what) {
      if (kept == seen) return;
      Tell(meta_.transaction % 2, std::string(is_free_list ? "free list" : "rows") + ": " +
                                      std::to_string(kept) + " " + what + " kept count, " +
                                      std::to_string(seen) + " are there");
    };
    agree(tree.entries, seen_.entries, "entries");
    agree(tree.branch_pages, seen_.branch_pages, "branch pages");
    agree(tree.leaf_pages, seen_.leaf_pages, "leaf pages");
    agree(tree.overflow_pages, seen_.overflow_pages, "overflow pages");
  }

  void CheckPage(std::uint64_t page, int level, bool is_free_list, const Bounds& bounds) {
    if (stopped_ || !Take(page, Use::kTaken)) return;
    std::string bytes;
    if (!Read(page, page_bytes_, bytes)) return;
    const bool is_leaf = level == seen_.depth;
    std::vector<LmdbNode> nodes;
    if (const char* fault = ReadLmdbNodes(bytes, page, is_leaf, nodes); fault != nullptr) {
      Tell(page, fault);
      return;
    }
    ++(is_leaf ? seen_.leaf_pages : seen_.branch_pages);
    if (is_leaf) {
      seen_.entries += nodes.size();
      CheckLeaf(page, nodes, is_free_list, bounds);
    } else {
      CheckBranch(page, nodes, level, is_free_list, bounds);
    }
  }

  bool IsBefore(std::string_view one, std::string_view other, bool is_free_list) {
    if (!is_free_list || one.size() != 8 || other.size() != 8) return one < other;
    return LoadLmdbNumber(one, 0) < LoadLmdbNumber(other, 0);
  }

  void CheckBranch(std::uint64_t page, const std::vector<LmdbNode>& nodes, int level,
                   bool is_free_list, const Bounds& bounds) {
    // The free list may have such for a while.
    if (nodes.size() < 2 && !is_free_list) Tell(page, "is a branch with one way");
    for (std::size_t index = 0; index < nodes.size() && !stopped_; ++index) {
      Bounds inner = bounds;
      if (index > 0) inner.low = std::string(nodes[index].key);
      if (index + 1 < nodes.size()) inner.high = std::string(nodes[index + 1].key);
      if (index > 0 && bounds.low && IsBefore(nodes[index].key, *bounds.low, is_free_list)) {
        Tell(page, "has a key below its bounds");
      }
      if (inner.low && inner.high && !IsBefore(*inner.low, *inner.high, is_free_list)) {
        Tell(page, "has keys that do not rise");
        continue;
      }
      CheckPage(nodes[index].page, level + 1, is_free_list, inner);
    }
  }

  void CheckLeaf(std::uint64_t page, const std::vector<LmdbNode>& nodes, bool is_free_list,
                 const Bounds& bounds) {
    for (const LmdbNode& node : nodes) {
      if (stopped_) return;
      if (previous_ && !IsBefore(*previous_, node.key, is_free_list)) {
        Tell(page, "has keys that do not rise");
      }
      if ((bounds.low && IsBefore(node.key, *bounds.low, is_free_list)) ||
          (bounds.high && !IsBefore(node.key, *bounds.high, is_free_list))) {
        Tell(page, "has a key that no search would find there");
      }
      previous_ = std::string(node.key);
      std::string big;
      if (node.page != kNoLmdbPage && !CheckBigValue(node, is_free_list, big)) continue;
      if (is_free_list) CheckFreePages(page, node.page != kNoLmdbPage ? big : node.value);
    }
  }

  // Pages in a row that hold one large value: as many as it needs, or more when it was longer once.
  bool CheckBigValue(const LmdbNode& node, bool is_wanted, std::string& value) {
    const std::uint64_t rest = node.page > meta_.last_page ? 0 : meta_.last_page - node.page + 1;
    if (rest > 0 && !Read(node.page, kLmdbHeaderBytes, value)) return false;
    const std::uint64_t count = rest > 0 ? PagesOfLmdbValue(value, node.page) : 0;
    if (count > rest || count * page_bytes_ < kLmdbHeaderBytes + node.value_bytes) {
      return Tell(node.page,
                  "should begin a large value of " + std::to_string(node.value_bytes) + " bytes");
    }
    for (std::uint64_t page = node.page; page < node.page + count; ++page) {
      if (!Take(page, Use::kTaken)) return false;
    }
    seen_.overflow_pages += count;
    if (is_wanted && !Read(node.page, kLmdbHeaderBytes + node.value_bytes, value)) return false;
    value.erase(0, kLmdbHeaderBytes);
    return true;
  }

  // One entry of the free list: a count and that many page numbers.
  void CheckFreePages(std::uint64_t page, std::string_view value) {
    constexpr std::size_t kNumberBytes = sizeof(std::uint64_t);
    const std::uint64_t count =
        value.size() < kNumberBytes ? kNoLmdbPage : LoadLmdbNumber(value, 0);
    if (count > value.size() / kNumberBytes - (value.empty() ? 0 : 1)) {
      Tell(page, "has a list of free pages that is cut short");
      return;
    }
    for (std::uint64_t index = 1; index <= count && !stopped_; ++index) {
      Take(LoadLmdbNumber(value, index * kNumberBytes), Use::kFree);
    }
  }

  void CheckAllPagesAreKnown() {
    for (std::uint64_t page = 2; page < pages_.size() && !stopped_; ++page) {
      if (pages_[page] == Use::kUnknown) Tell(page, "is neither used nor free");
    }
  }

  const int file_;
  const std::uint64_t file_bytes_;
  StructureFault found_;
  std::size_t page_bytes_ = 0;
  LmdbMeta meta_;
  std::vector<Use> pages_;
  LmdbTree seen_;
  std::optional<std::string> previous_;  // key of the tree that is read
  bool told_ = false, stopped_ = false;
  absl::Status fault_;
};

}  // namespace

absl::StatusOr<bool> CheckLmdbPages(int file, std::uint64_t transaction, StructureFault found) {
  struct stat facts = {};
  if (fstat(file, &facts) != 0) return FileFault("data.mdb", "stat", errno);
  return PageCheck(file, static_cast<std::uint64_t>(facts.st_size), found).Run(transaction);
}

absl::Status CheckLmdbFile(const std::filesystem::path& path, StructureFault found) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return FileFault(path, "open", errno);
  auto checked = CheckLmdbPages(file, kNewestTransaction, found);
  close(file);
  return checked.status();
}

}  // namespace radyab::storage
