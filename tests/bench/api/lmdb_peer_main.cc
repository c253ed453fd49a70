// The peer of the API bench without a server: LMDB itself, with the very rows that ours has.
//   lmdb_peer get    --file DATA --items FILE [--seconds S] [--seed N]
//   lmdb_peer commit --file DATA --rows ROWS --count N --items-a-commit N [--first N]
//   lmdb_peer bulk   --file DATA --like DATA --items-a-commit N
//   lmdb_peer rows   --like DATA [--before DATA] --count N --rows ROWS
// `get` reads and copies the rows that resolving reads: one of a code, four of a GTIN. `rows`
// writes into ROWS what N registrations left in DATA (and not in the DATA before them); `commit`
// puts those again, each commit synced. `bulk` fills a new file with all rows of another, item by
// item. DATA is the path of a data.mdb that no server writes meanwhile. Writes one JSON object.
#include <lmdb.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <vector>

#include "coding/code.h"
#include "coding/gs1_keys.h"
#include "registry/catalog/generic_item.h"
#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"
#include "tests/bench/api/coded_items.h"

namespace radyab::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Row = std::pair<std::string, std::string>;

constexpr std::size_t kMapBytes = std::size_t{1} << 40;
constexpr std::size_t kTextsOfRun = 200'000;

void MustBeZero(int answer) {
  if (answer != 0) Fail(mdb_strerror(answer));
}

double SecondsSince(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

MDB_val Bytes(std::string_view text) { return {text.size(), const_cast<char*>(text.data())}; }
std::string_view Text(const MDB_val& value) {
  return {static_cast<const char*>(value.mv_data), value.mv_size};
}

// One file, opened as the store opens it.
class File {
 public:
  File(const std::string& path, unsigned flags) {
    MustBeZero(mdb_env_create(&environment_));
    MustBeZero(mdb_env_set_mapsize(environment_, kMapBytes));
    MustBeZero(mdb_env_open(environment_, path.c_str(), MDB_NOSUBDIR | MDB_NOTLS | flags, 0600));
  }
  ~File() { mdb_env_close(environment_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  MDB_txn* Begin(unsigned flags) {
    MDB_txn* transaction = nullptr;
    MustBeZero(mdb_txn_begin(environment_, nullptr, flags, &transaction));
    MustBeZero(mdb_dbi_open(transaction, nullptr, 0, &table_));
    return transaction;
  }
  MDB_dbi table() const { return table_; }

 private:
  MDB_env* environment_ = nullptr;
  MDB_dbi table_ = 0;
};

struct Options {
  std::string mode, file, items, rows, like, before;
  double seconds = 2;
  std::uint64_t seed = 1, count = 0, first = 0, items_a_commit = 1;
};

Options ReadArguments(int argument_count, char** arguments) {
  Options options;
  if (argument_count % 2 != 0) Fail("want a mode, then pairs of name and value");
  options.mode = arguments[1];
  for (int i = 2; i + 1 < argument_count; i += 2) {
    const std::string_view word = arguments[i];
    const std::string value = arguments[i + 1];
    const std::map<std::string_view, std::string*> texts = {{"--file", &options.file},
                                                            {"--items", &options.items},
                                                            {"--rows", &options.rows},
                                                            {"--like", &options.like},
                                                            {"--before", &options.before}};
    const std::map<std::string_view, std::uint64_t*> numbers = {
        {"--seed", &options.seed},
        {"--count", &options.count},
        {"--first", &options.first},
        {"--items-a-commit", &options.items_a_commit}};
    if (texts.contains(word)) {
      *texts.at(word) = value;
    } else if (numbers.contains(word)) {
      *numbers.at(word) = std::strtoull(value.c_str(), nullptr, 10);
    } else if (word == "--seconds") {
      options.seconds = std::atof(value.c_str());
    } else {
      Fail("unknown argument " + std::string(word));
    }
  }
  return options;
}

// --- get -----------------------------------------------------------------------------------------

class Reader {
 public:
  explicit Reader(File& file) : file_(file), transaction_(file.Begin(MDB_RDONLY)) {}
  ~Reader() { mdb_txn_abort(transaction_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::string_view Get(const std::string& key) {
    MDB_val wanted = Bytes(key), value;
    MustBeZero(mdb_get(transaction_, file_.table(), &wanted, &value));
    return Text(value);
  }
  std::string FirstKeyFrom(const std::string& begin) {
    MDB_cursor* cursor = nullptr;
    MustBeZero(mdb_cursor_open(transaction_, file_.table(), &cursor));
    MDB_val key = Bytes(begin), value;
    MustBeZero(mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE));
    const std::string found(Text(key));
    mdb_cursor_close(cursor);
    return found;
  }

 private:
  File& file_;
  MDB_txn* transaction_;
};

coding::Code CodeOf(std::string_view digits) {
  const auto code = coding::ParseCode(digits);
  if (!code.ok()) Fail(std::string(digits) + " is no code");
  return *code;
}

// The rows that lead from a GTIN to its generic item and to the item of its supplier.
void AddKeysOfGtin(Reader& reader, std::string_view gtin, coding::Code item,
                   std::vector<std::string>& keys) {
  const auto normalised = coding::ParseGtin(gtin);
  if (!normalised.ok()) Fail(std::string(gtin) + " is no GTIN");
  const std::string alias =
      keyspace::Alias(v1::ALIAS_SCHEME_GTIN, MemberId::kRegistry, *normalised);
  const auto payload = storage::DecodeRecord(alias, reader.Get(alias));
  records::AliasRecord record;
  if (!payload.ok() || !record.ParseFromArray(payload->data(), static_cast<int>(payload->size()))) {
    Fail("a broken alias row");
  }
  const auto generic = coding::Code::FromNumber(record.code());
  if (!generic.ok()) Fail("a broken alias row");
  keys.push_back(alias);
  keys.push_back(keyspace::Item(*generic));
  keys.push_back(reader.FirstKeyFrom(keyspace::SupplierItemPrefix(*generic)));
  keys.push_back(keyspace::Item(item));
}

void Get(const Options& options) {
  const CodedItems items(options.items);
  File file(options.file, MDB_RDONLY);
  Reader reader(file);
  std::vector<std::vector<std::string>> texts(kTextsOfRun);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::uint64_t drawn = Scatter((options.seed << 40) + i);
    const std::uint64_t item = (drawn >> 1) % items.count();
    const coding::Code code = CodeOf(items.Code(item));
    if ((drawn & 1) != 0) {
      AddKeysOfGtin(reader, items.Gtin(item), code, texts[i]);
    } else {
      texts[i].push_back(keyspace::Item(code));
    }
  }
  std::uint64_t rows = 0, bytes = 0, answered = 0;
  std::string copied;
  const auto begun = Clock::now();
  while (SecondsSince(begun) < options.seconds) {
    for (const auto& keys : texts) {
      copied.clear();
      for (const std::string& key : keys) copied.append(reader.Get(key));
      rows += keys.size();
      bytes += copied.size();
    }
    answered += texts.size();
  }
  const double seconds = SecondsSince(begun);
  std::printf("{\"per_s\":%.1f,\"rows\":%llu,\"bytes\":%llu,\"texts\":%llu}\n",
              static_cast<double>(answered) / seconds, static_cast<unsigned long long>(rows),
              static_cast<unsigned long long>(bytes), static_cast<unsigned long long>(answered));
}

// --- the rows of registrations -------------------------------------------------------------------

// Goes over a file in order of keys.
class Walk {
 public:
  explicit Walk(const std::string& path) : file_(path, MDB_RDONLY) {
    transaction_ = file_.Begin(MDB_RDONLY);
    MustBeZero(mdb_cursor_open(transaction_, file_.table(), &cursor_));
    Next(MDB_FIRST);
  }
  ~Walk() {
    mdb_cursor_close(cursor_);
    mdb_txn_abort(transaction_);
  }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  bool at_end() const { return at_end_; }
  std::string_view key() const { return key_; }
  std::string_view value() const { return value_; }
  void Next(MDB_cursor_op step = MDB_NEXT) {
    MDB_val key, value;
    const int answer = mdb_cursor_get(cursor_, &key, &value, step);
    at_end_ = answer == MDB_NOTFOUND;
    if (at_end_) return;
    MustBeZero(answer);
    key_ = Text(key);
    value_ = Text(value);
  }

 private:
  File file_;
  MDB_txn* transaction_ = nullptr;
  MDB_cursor* cursor_ = nullptr;
  std::string_view key_, value_;
  bool at_end_ = false;
};

// The rows of each family that are in `after` and not, or otherwise, in `before`.
std::map<char, std::vector<Row>> NewRows(const std::string& after, const std::string& before) {
  Walk walk(after);
  std::unique_ptr<Walk> old = before.empty() ? nullptr : std::make_unique<Walk>(before);
  std::map<char, std::vector<Row>> rows;
  for (; !walk.at_end(); walk.Next()) {
    while (old != nullptr && !old->at_end() && old->key() < walk.key()) old->Next();
    const bool same = old != nullptr && !old->at_end() && old->key() == walk.key() &&
                      old->value() == walk.value();
    if (!same) rows[walk.key()[0]].emplace_back(walk.key(), walk.value());
  }
  return rows;
}

void PutText(std::ofstream& out, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  out.write(reinterpret_cast<const char*>(&size), sizeof size);
  out.write(text.data(), size);
}

// Item n gets the n-th part of every family, in order of keys. Families of few rows (counters) are
// written again with every item, as registering does.
void WriteRows(const Options& options) {
  const auto families = NewRows(options.like, options.before);
  std::ofstream out(options.rows, std::ios::binary);
  std::uint64_t row_count = 0, byte_count = 0;
  for (std::uint64_t item = 0; item < options.count; ++item) {
    std::vector<const Row*> rows;
    bool counted = false;
    for (const auto& [family, all] : families) {
      if (all.size() * 2 < options.count) {
        if (family == keyspace::Issued(coding::Kind::kItem, 0)[0] && !counted) {
          rows.push_back(&all.back());
          counted = true;
        }
        continue;
      }
      const std::size_t begin = all.size() * item / options.count;
      const std::size_t end = all.size() * (item + 1) / options.count;
      for (std::size_t i = begin; i < end; ++i) rows.push_back(&all[i]);
    }
    const auto size = static_cast<std::uint32_t>(rows.size());
    out.write(reinterpret_cast<const char*>(&size), sizeof size);
    for (const Row* row : rows) {
      PutText(out, row->first);
      PutText(out, row->second);
      byte_count += row->first.size() + row->second.size();
    }
    row_count += rows.size();
  }
  if (!out.flush()) Fail(options.rows + " could not be written");
  std::printf("{\"items\":%llu,\"rows_an_item\":%.2f,\"bytes_an_item\":%.1f}\n",
              static_cast<unsigned long long>(options.count),
              static_cast<double>(row_count) / static_cast<double>(options.count),
              static_cast<double>(byte_count) / static_cast<double>(options.count));
}

std::string TakeText(std::ifstream& in) {
  std::uint32_t size = 0;
  in.read(reinterpret_cast<char*>(&size), sizeof size);
  std::string text(size, '\0');
  in.read(text.data(), size);
  return text;
}

std::vector<std::vector<Row>> ReadRows(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::vector<Row>> items;
  std::uint32_t size = 0;
  while (in.read(reinterpret_cast<char*>(&size), sizeof size)) {
    auto& item = items.emplace_back();
    for (std::uint32_t i = 0; i < size; ++i) {
      std::string key = TakeText(in);
      item.emplace_back(std::move(key), TakeText(in));
    }
  }
  return items;
}

void PutSorted(File& file, std::vector<const Row*>& rows) {
  std::ranges::sort(rows, [](const Row* left, const Row* right) { return *left < *right; });
  MDB_txn* transaction = file.Begin(0);
  for (const Row* row : rows) {
    MDB_val key = Bytes(row->first), value = Bytes(row->second);
    MustBeZero(mdb_put(transaction, file.table(), &key, &value, 0));
  }
  MustBeZero(mdb_txn_commit(transaction));
}

void Commit(const Options& options) {
  const auto items = ReadRows(options.rows);
  if (options.first + options.count > items.size()) Fail("too few rows");
  File file(options.file, 0);
  std::uint64_t commits = 0, row_count = 0, byte_count = 0;
  const auto begun = Clock::now();
  for (std::uint64_t done = 0; done < options.count; done += options.items_a_commit, ++commits) {
    std::vector<const Row*> rows;
    const std::uint64_t end = std::min(done + options.items_a_commit, options.count);
    for (std::uint64_t i = done; i < end; ++i) {
      for (const Row& row : items[options.first + i]) {
        rows.push_back(&row);
        byte_count += row.first.size() + row.second.size();
      }
    }
    row_count += rows.size();
    PutSorted(file, rows);
  }
  std::printf("{\"per_s\":%.1f,\"commits\":%llu,\"rows\":%llu,\"bytes\":%llu}\n",
              static_cast<double>(options.count) / SecondsSince(begun),
              static_cast<unsigned long long>(commits), static_cast<unsigned long long>(row_count),
              static_cast<unsigned long long>(byte_count));
}

void Bulk(const Options& options) {
  auto families = NewRows(options.like, "");
  const std::size_t batches = std::max<std::size_t>(1, options.count / options.items_a_commit);
  File file(options.file, 0);
  std::uint64_t row_count = 0;
  const auto begun = Clock::now();
  for (std::size_t batch = 0; batch < batches; ++batch) {
    std::vector<const Row*> rows;
    for (const auto& [family, all] : families) {
      const std::size_t begin = all.size() * batch / batches;
      const std::size_t end = all.size() * (batch + 1) / batches;
      for (std::size_t i = begin; i < end; ++i) rows.push_back(&all[i]);
    }
    row_count += rows.size();
    PutSorted(file, rows);
  }
  std::printf("{\"per_s\":%.1f,\"rows\":%llu,\"commits\":%zu}\n",
              static_cast<double>(options.count) / SecondsSince(begun),
              static_cast<unsigned long long>(row_count), batches);
}

int Run(const Options& options) {
  if (options.mode == "get") {
    Get(options);
  } else if (options.mode == "commit") {
    Commit(options);
  } else if (options.mode == "bulk") {
    Bulk(options);
  } else if (options.mode == "rows") {
    WriteRows(options);
  } else {
    Fail("no mode " + options.mode);
  }
  return 0;
}

}  // namespace
}  // namespace radyab::bench

int main(int argument_count, char** arguments) {
  if (argument_count < 2) radyab::bench::Fail("want get, commit, bulk or rows");
  return radyab::bench::Run(radyab::bench::ReadArguments(argument_count, arguments));
}
