// The peer of the API bench without a server: LMDB itself, with the very rows that ours has.
//   lmdb_peer get    --file DATA --items FILE [--seconds S] [--seed N]
//   lmdb_peer commit --file DATA --rows ROWS --count N --items-a-commit N [--first N]
//   lmdb_peer bulk   --file DATA --like DATA --items-a-commit N
//   lmdb_peer rows   --like DATA [--before DATA] --count N --rows ROWS
// `get` reads and copies the rows that resolving reads: one of a code, four of a GTIN. `rows`
// writes into ROWS what N registrations left in DATA (and not in the DATA before them), one after
// the other; `commit` puts those again in the same order, each commit synced. `bulk` fills a new
// file with the rows of all registrations of another. DATA is the path of a data.mdb that no server
// writes meanwhile. Writes one JSON object.
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
#include "tests/bench/api/lmdb_file.h"
#include "tests/bench/api/registration_rows.h"

namespace radyab::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kTextsOfRun = 200'000;

double SecondsSince(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

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

// --- writing the rows of registrations
// -------------------------------------------------------------------

void PutText(std::ofstream& out, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  out.write(reinterpret_cast<const char*>(&size), sizeof size);
  out.write(text.data(), size);
}

// Writes what the first `count` registrations of `like` that are not in `before` left there.
void WriteRows(const Options& options) {
  const Registrations items = RowsOfRegistrations(options.like, options.before);
  if (items.size() < options.count) Fail("too few registrations in " + options.like);
  std::ofstream out(options.rows, std::ios::binary);
  std::uint64_t row_count = 0, byte_count = 0;
  for (std::uint64_t item = 0; item < options.count; ++item) {
    const auto size = static_cast<std::uint32_t>(items[item].size());
    out.write(reinterpret_cast<const char*>(&size), sizeof size);
    for (const Row& row : items[item]) {
      PutText(out, row.first);
      PutText(out, row.second);
      byte_count += row.first.size() + row.second.size();
    }
    row_count += size;
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

// Puts what all registrations of `like` left there, in their order, into a new file.
void Bulk(const Options& options) {
  const Registrations items = RowsOfRegistrations(options.like, "");
  File file(options.file, 0);
  std::uint64_t row_count = 0, commits = 0;
  const auto begun = Clock::now();
  for (std::size_t done = 0; done < items.size(); done += options.items_a_commit, ++commits) {
    const std::size_t end = std::min<std::size_t>(done + options.items_a_commit, items.size());
    std::vector<const Row*> rows;
    for (std::size_t i = done; i < end; ++i) {
      for (const Row& row : items[i]) rows.push_back(&row);
    }
    row_count += rows.size();
    PutSorted(file, rows);
  }
  std::printf("{\"per_s\":%.1f,\"rows\":%llu,\"commits\":%llu}\n",
              static_cast<double>(items.size()) / SecondsSince(begun),
              static_cast<unsigned long long>(row_count), static_cast<unsigned long long>(commits));
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
