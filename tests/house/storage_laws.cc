#include <algorithm>
#include <cctype>
#include <string_view>

#include "tests/house/laws.h"

namespace radyab::house {
namespace {

constexpr std::string_view kHouse = "tests/house";  // names what it forbids

// LMDB 0.9.24 loses, mixes or does not sync data with these; deleting at a cursor while iterating
// is among them.
constexpr std::string_view kForbidden[] = {"MDB_DUPSORT", "MDB_DUPFIXED",   "MDB_WRITEMAP",
                                           "MDB_NOSYNC",  "MDB_NOMETASYNC", "MDB_MAPASYNC",
                                           "MDB_CURRENT", "mdb_cursor_del", "MDB_NOLOCK"};

// What every user of LMDB must do: threads may share readers, dead readers are cleared, one process
// a folder.
constexpr std::string_view kWanted[] = {"MDB_NOTLS", "mdb_reader_check", "flock"};

bool IncludesEngine(const Include& include) {
  return include.target == "lmdb.h" || include.target.ends_with("libpq-fe.h");
}

bool Names(const SourceFile& file, std::string_view engine) {
  const auto holds = [&](std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text.find(engine) != std::string::npos;
  };
  return holds(file.code) || std::ranges::any_of(file.includes, [&](const Include& include) {
           return holds(include.target);
         });
}

// The second argument of the call whose opening parenthesis stands at `open`, without white space.
std::string SecondArgument(std::string_view code, std::size_t open) {
  std::string argument;
  int depth = 0, commas = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (code[at] == '(') ++depth;
    if (code[at] == ')' && --depth == 0) break;
    if (code[at] == ',' && depth == 1)
      ++commas;
    else if (commas == 1 && !std::isspace(static_cast<unsigned char>(code[at])))
      argument += code[at];
  }
  return argument;
}

bool FolderSays(const SourceTree& tree, std::string_view folder, std::string_view word) {
  return std::ranges::any_of(tree.files, [&](const SourceFile& file) {
    return file.Folder() == folder && !FindWord(file.code, word).empty();
  });
}

}  // namespace

Faults OnlyStoresIncludeEngines(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (file.Below("tests") || file.EndsWith("_store.cc")) continue;
    for (const Include& include : file.includes) {
      if (!IncludesEngine(include)) continue;
      faults.push_back(
          {file.path, include.line, include.target + ": only *_store.cc includes an engine"});
    }
  }
  return faults;
}

Faults OnlyOpenStoreNamesBothEngines(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!file.IsCpp() || file.Below("tests") || file.Name() == "open_store.cc") continue;
    if (Names(file, "lmdb") && Names(file, "postgres")) {
      faults.push_back({file.path, 0, "only open_store.cc names both engines"});
    }
  }
  return faults;
}

Faults LmdbIsUsedSafely(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!file.IsCpp() || file.Below(kHouse)) continue;
    for (const std::string_view word : kForbidden) {
      for (const std::size_t place : FindWord(file.code, word)) {
        faults.push_back(
            {file.path, LineAt(file.code, place), std::string(word) + " is never used here"});
      }
    }
    for (const std::size_t place : FindWord(file.code, "mdb_txn_begin")) {
      if (SecondArgument(file.code, file.code.find('(', place)) != "nullptr") {
        faults.push_back(
            {file.path, LineAt(file.code, place), "mdb_txn_begin: the parent is always nullptr"});
      }
    }
    if (FindWord(file.code, "mdb_env_open").empty() || file.Below("tests")) continue;
    for (const std::string_view word : kWanted) {
      if (!FolderSays(tree, file.Folder(), word)) {
        faults.push_back({file.path, 0, "opens an environment without " + std::string(word)});
      }
    }
  }
  return faults;
}

}  // namespace radyab::house
