#include "scanner/picture_reading.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace radyab::scanner {
namespace {

using Json = nlohmann::ordered_json;

std::string Hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

std::optional<std::string> Unhex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    int byte = 0;
    for (const char c : hex.substr(i, 2)) {
      const bool digit = c >= '0' && c <= '9';
      if (!digit && (c < 'a' || c > 'f')) return std::nullopt;
      byte = byte * 16 + (digit ? c - '0' : c - 'a' + 10);
    }
    bytes.push_back(static_cast<char>(byte));
  }
  return bytes;
}

Json ToJson(const Symbol& symbol) {
  Json corners = Json::array();
  for (const PixelPoint& p : symbol.position) corners.push_back(Json::array({p.x, p.y}));
  Json json{{"symbology", std::string(SymbologyName(symbol.symbology))},
            {"aim", symbol.aim},
            {"text", symbol.text},
            {"raw_hex", Hex(symbol.raw)},
            {"gs1", symbol.gs1}};
  if (symbol.ambiguous) json["ambiguous"] = true;
  json["position"] = std::move(corners);
  json["pass"] = symbol.pass;
  return json;
}

Json ToJson(const std::vector<Symbol>& symbols) {
  Json rows = Json::array();
  for (const Symbol& symbol : symbols) rows.push_back(ToJson(symbol));
  return rows;
}

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool IsText(const Json& row, const char* name) {
  return row.contains(name) && row[name].is_string();
}

std::optional<Symbol> FromJson(const Json& row) {
  for (const char* name : {"symbology", "aim", "text", "raw_hex", "pass"}) {
    if (!row.is_object() || !IsText(row, name)) return std::nullopt;
  }
  Symbol symbol;
  const auto symbology = SymbologyOfName(row["symbology"].get<std::string>());
  auto raw = Unhex(row["raw_hex"].get<std::string>());
  const Json corners = row.value("position", Json());
  if (!symbology || !raw || !corners.is_array() || corners.size() != symbol.position.size() ||
      !row.contains("gs1") || !row["gs1"].is_boolean()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Json& corner = corners[i];
    if (!corner.is_array() || corner.size() != 2 || !corner[0].is_number_integer() ||
        !corner[1].is_number_integer()) {
      return std::nullopt;
    }
    symbol.position[i] = {corner[0].get<int>(), corner[1].get<int>()};
  }
  symbol.symbology = *symbology;
  symbol.aim = row["aim"].get<std::string>();
  symbol.text = row["text"].get<std::string>();
  symbol.raw = *std::move(raw);
  symbol.gs1 = row["gs1"].get<bool>();
  symbol.ambiguous = row.contains("ambiguous");
  symbol.pass = row["pass"].get<std::string>();
  return symbol;
}

// Adds the symbols of an array; false when it is none.
bool SymbolsFromJson(const Json& rows, std::vector<Symbol>& symbols) {
  if (!rows.is_array()) return false;
  for (const Json& row : rows) {
    auto symbol = FromJson(row);
    if (!symbol) return false;
    symbols.push_back(*std::move(symbol));
  }
  return true;
}

}  // namespace

std::string ReadingJson(const PictureReading& reading) {
  Json json{{"file", reading.file}};
  if (reading.page > 0) json["page"] = reading.page;
  if (reading.frame > 0) json["frame"] = reading.frame;
  json["symbols"] = ToJson(reading.symbols);
  if (reading.truncated) json["truncated"] = true;
  if (reading.fault) {
    json["error"] = reading.fault->message;
    json["error_kind"] = std::string(FaultKindName(reading.fault->kind));
  }
  json["ms"] = std::round(reading.milliseconds * 100) / 100;
  return Dump(json);
}

std::string SymbolsJson(const FoundSymbols& found) {
  Json json{{"symbols", ToJson(found.symbols)},
            {"truncated", found.truncated},
            {"pages", found.page_count},
            {"cpu_ms", found.processor_milliseconds}};
  if (!found.unproven.empty()) json["unproven"] = ToJson(found.unproven);
  return Dump(json);
}

std::optional<FoundSymbols> ParseSymbolsJson(std::string_view json) {
  const Json all = Json::parse(json, nullptr, false);
  if (!all.is_object() || !all.contains("symbols") || !all["symbols"].is_array() ||
      !all.contains("truncated") || !all["truncated"].is_boolean() || !all.contains("pages") ||
      !all["pages"].is_number_integer() || !all.contains("cpu_ms") || !all["cpu_ms"].is_number()) {
    return std::nullopt;
  }
  FoundSymbols found;
  found.page_count = all["pages"].get<int>();
  found.processor_milliseconds = all["cpu_ms"].get<double>();
  found.truncated = all["truncated"].get<bool>();
  const bool read = SymbolsFromJson(all["symbols"], found.symbols) &&
                    SymbolsFromJson(all.value("unproven", Json::array()), found.unproven);
  return read ? std::optional(std::move(found)) : std::nullopt;
}

}  // namespace radyab::scanner
