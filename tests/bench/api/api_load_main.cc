// One client for every figure of the API, whatever server answers: ours or the empty one.
//   api_load import   --server HOST:PORT --key KEY --items FILE --count N [--first N]
//   api_load resolve  --server … --key … --items FILE [--in-flight N] [--seconds S] [--compare]
//   api_load stream   as resolve, on one stream
//   api_load batch    as resolve, 1,000 texts a call
//   api_load register --server … --key … [--in-flight N] [--seconds S] [--first N]
// `import` registers items with a GTIN each and writes FILE. Texts are drawn uniformly from FILE,
// half of them codes, half GTINs; with --compare one answer of a hundred is held against the item.
// Writes one JSON object.
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <ctime>

#include "clients/cpp/client.h"
#include "radyab/v1/code_service.pb.h"
#include "tests/bench/api/call_loop.h"
#include "tests/bench/api/coded_items.h"

namespace radyab::bench {
namespace {

constexpr int kTextsOfBatch = 1000;

struct Options {
  std::string mode;
  std::string items;
  LoopPlan plan;
  std::uint64_t count = 0;
  std::uint64_t first = 0;
  std::uint64_t seed = 1;
  bool compare = false;
};

Options ReadArguments(int argument_count, char** arguments) {
  Options options;
  if (argument_count < 2) Fail("want import, resolve, stream, batch or register");
  options.mode = arguments[1];
  for (int i = 2; i < argument_count; ++i) {
    const std::string_view word = arguments[i];
    if (word == "--compare") {
      options.compare = true;
      continue;
    }
    if (i + 1 == argument_count) Fail(std::string(word) + " wants a value");
    const char* value = arguments[++i];
    if (word == "--server")
      options.plan.server = value;
    else if (word == "--key")
      options.plan.key = value;
    else if (word == "--items")
      options.items = value;
    else if (word == "--in-flight")
      options.plan.in_flight = std::atoi(value);
    else if (word == "--seconds")
      options.plan.seconds = std::atof(value);
    else if (word == "--count")
      options.count = std::strtoull(value, nullptr, 10);
    else if (word == "--first")
      options.first = std::strtoull(value, nullptr, 10);
    else if (word == "--seed")
      options.seed = std::strtoull(value, nullptr, 10);
    else
      Fail("unknown argument " + std::string(word));
  }
  if (options.plan.in_flight < 1 || options.plan.seconds <= 0) Fail("want numbers above 0");
  if (options.count != 0) options.plan.calls_max = options.count;
  return options;
}

void Print(const LoopFigures& figures, std::uint64_t compared, int parts_of_call = 1) {
  const auto parts = static_cast<double>(parts_of_call);
  std::printf(
      "{\"calls\":%llu,\"seconds\":%.3f,\"per_s\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
      "\"longest_ms\":%.3f,\"answer_bytes\":%.1f,\"compared\":%llu}\n",
      static_cast<unsigned long long>(figures.call_count), figures.seconds,
      figures.PerSecond() * parts, figures.Percentile(50), figures.Percentile(99),
      figures.Percentile(100),
      figures.call_count == 0 ? 0
                              : static_cast<double>(figures.answer_bytes) /
                                    static_cast<double>(figures.call_count) / parts,
      static_cast<unsigned long long>(compared));
}

// --- resolving -----------------------------------------------------------------------------------

// Which item the n-th text of a run is about, and whether it is asked for by its GTIN.
struct Asked {
  std::uint64_t item;
  bool by_gtin;
};

class Texts {
 public:
  Texts(const CodedItems& items, std::uint64_t seed) : items_(items), seed_(seed << 40) {}
  Asked At(std::uint64_t number) const {
    const std::uint64_t drawn = Scatter(seed_ + number);
    return {(drawn >> 1) % items_.count(), (drawn & 1) != 0};
  }
  std::string_view Text(std::uint64_t number) const {
    const Asked asked = At(number);
    return asked.by_gtin ? items_.Gtin(asked.item) : items_.Code(asked.item);
  }
  // Ends the program unless `found` is the whole record of the item that was asked for.
  void Compare(std::uint64_t number, const v1::Resolution& found) const {
    const Asked asked = At(number);
    const std::string code(items_.Code(asked.item));
    // A GTIN leads to the generic item; what one supplier registered stands beside it.
    const bool generic = found.item().generic();
    const v1::Item& item =
        generic && found.supplier_items_size() == 1 ? found.supplier_items(0) : found.item();
    const bool right = found.text() == Text(number) && item.code() == code &&
                       item.display_name().en() == NameOf(asked.item) && found.usable() &&
                       generic == asked.by_gtin && found.has_via_alias() == asked.by_gtin &&
                       item.has_create_time();
    if (!right)
      Fail("a wrong answer to " + std::string(Text(number)) + ": " + found.ShortDebugString());
  }

 private:
  const CodedItems& items_;
  std::uint64_t seed_;
};

template <class Message>
Message Parsed(const std::string& bytes) {
  Message message;
  if (!message.ParseFromString(bytes)) Fail("an answer is no message of its kind");
  return message;
}

void Resolve(Options options) {
  const CodedItems items(options.items);
  const Texts texts(items, options.seed);
  std::uint64_t compared = 0;
  const auto make = [&](std::uint64_t number) {
    const std::string_view text = texts.Text(number);
    std::string bytes = "\n";  // field 1, text
    bytes.push_back(static_cast<char>(text.size()));
    return bytes.append(text);
  };
  const auto take = [&](std::uint64_t number, const std::string& bytes) {
    if (!options.compare) return;
    texts.Compare(number, Parsed<v1::Resolution>(bytes));
    ++compared;
  };
  const bool stream = options.mode == "stream";
  options.plan.method =
      stream ? "/radyab.v1.CodeService/ResolveStream" : "/radyab.v1.CodeService/Resolve";
  const LoopFigures figures =
      stream ? RunStream(options.plan, make, take) : RunUnaryCalls(options.plan, make, take);
  Print(figures, compared);
}

void ResolveInBatches(Options options) {
  const CodedItems items(options.items);
  const Texts texts(items, options.seed);
  std::uint64_t compared = 0;
  options.plan.method = "/radyab.v1.CodeService/BatchResolve";
  const LoopFigures figures = RunUnaryCalls(
      options.plan,
      [&](std::uint64_t number) {
        std::string bytes;
        for (int i = 0; i < kTextsOfBatch; ++i) {
          const std::string_view text = texts.Text(number * kTextsOfBatch + i);
          bytes.push_back('\n');
          bytes.push_back(static_cast<char>(text.size()));
          bytes.append(text);
        }
        return bytes;
      },
      [&](std::uint64_t number, const std::string& bytes) {
        if (!options.compare) return;
        const auto answer = Parsed<v1::BatchResolveResponse>(bytes);
        if (answer.resolutions_size() != kTextsOfBatch) Fail("a batch with too few answers");
        for (int i = 0; i < kTextsOfBatch; ++i) {
          texts.Compare(number * kTextsOfBatch + i, answer.resolutions(i));
          ++compared;
        }
      });
  Print(figures, compared, kTextsOfBatch);
}

// --- registering ---------------------------------------------------------------------------------

void FillItem(std::uint64_t number, v1::Item& item) {
  item.set_class_name("classes/010503");
  item.mutable_display_name()->set_en(NameOf(number));
  item.mutable_display_name()->set_fa(PersianNameOf(number));
  for (const auto& [key, value] : {std::pair("brand", "Anbarak"), std::pair("storage", "ambient"),
                                   std::pair("net_weight", "0.9")}) {
    auto& attribute = *item.add_attributes();
    attribute.set_key(key);
    attribute.set_value(value);
  }
}

void Register(Options options) {
  options.plan.method = "/radyab.v1.CatalogService/CreateItem";
  const std::uint64_t run = Scatter(static_cast<std::uint64_t>(getpid())) ^
                            static_cast<std::uint64_t>(std::time(nullptr));
  std::uint64_t compared = 0;
  v1::CreateItemRequest request;
  const LoopFigures figures = RunUnaryCalls(
      options.plan,
      [&](std::uint64_t number) {
        request.Clear();
        FillItem(options.first + number, *request.mutable_item());
        request.set_request_id(RequestIdOf(run, number));
        return request.SerializeAsString();
      },
      [&](std::uint64_t number, const std::string& bytes) {
        const auto item = Parsed<v1::Item>(bytes);
        if (item.code().size() != kCodeDigits ||
            item.display_name().en() != NameOf(options.first + number)) {
          Fail("a wrong answer to a registration");
        }
        ++compared;
      });
  Print(figures, compared);
}

void Import(const Options& options) {
  client::ConnectionOptions connection;
  connection.address = options.plan.server;
  connection.key = options.plan.key;
  connection.deadline = std::chrono::seconds(60);
  const auto client = client::Client::Open(connection);
  if (!client) Fail(client.error().message);
  CodedItemsWriter file(options.items);
  std::uint64_t next = options.first;
  const std::uint64_t end = options.first + options.count;
  std::uint64_t named = options.first;
  const auto begun = std::chrono::steady_clock::now();
  const auto counts = client->catalog.ImportItems(
      [&]() -> std::optional<v1::ImportItemRow> {
        if (next == end) return std::nullopt;
        v1::ImportItemRow row;
        FillItem(next, *row.mutable_item());
        auto& gtin = *row.add_aliases();
        gtin.set_scheme(v1::ALIAS_SCHEME_GTIN);
        gtin.set_value(GtinOf(next));
        row.set_request_id(RequestIdOf(0, next));
        ++next;
        return row;
      },
      [&](const v1::RowVerdict& verdict) {
        if (verdict.outcome() != v1::ROW_OUTCOME_ACCEPTED) {
          Fail("a refused row: " + verdict.ShortDebugString());
        }
        file.Add(std::string_view(verdict.name()).substr(std::strlen("items/")), GtinOf(named++));
      });
  if (!counts) Fail(counts.error().message);
  LoopFigures figures;
  figures.call_count = options.count;
  figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  Print(figures, 0);
}

int Run(const Options& options) {
  if (options.mode == "import") {
    Import(options);
  } else if (options.mode == "resolve" || options.mode == "stream") {
    Resolve(options);
  } else if (options.mode == "batch") {
    ResolveInBatches(options);
  } else if (options.mode == "register") {
    Register(options);
  } else {
    Fail("no mode " + options.mode);
  }
  return 0;
}

}  // namespace
}  // namespace radyab::bench

int main(int argument_count, char** arguments) {
  return radyab::bench::Run(radyab::bench::ReadArguments(argument_count, arguments));
}
