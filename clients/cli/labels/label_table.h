// Labels out of a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "coding/object_words.h"
#include "scanner/label_content.h"

namespace radyab::cli {

// One label, and where it comes from.
struct WantedLabel {
  std::int64_t row = 0;   // of the table, the first row of labels is 1; or its place in a range
  std::int64_t line = 0;  // of the file; 0 for a range
  coding::ObjectWord object;
  scanner::LabelContent content;
};

// What is wrong with a row; without a column when the row as a whole is meant.
struct LabelRowFault {
  std::int64_t row = 0;  // 0: the titles of the columns
  std::int64_t line = 0;
  std::string column;
  std::string what;
};

struct LabelTable {
  std::vector<WantedLabel> labels;
  std::vector<LabelRowFault> faults;  // at most kLabelRowFaultsMax
  bool more_faults = false;
};

inline constexpr std::size_t kLabelRowFaultsMax = 100;
// Most labels that one row may ask for.
inline constexpr std::int64_t kLabelCopiesMax = 1'000;

// Reads a table (csv_reader.h) whose first row names its columns: object (CODE, CODE/lot/L,
// CODE/serial/S, sscc/N), or code with lot or serial, or sscc; and gtin, production, best_before,
// expiry, name_fa, name_en, name_ar, copies (1 when empty). Empty fields are facts that are not
// there. All rows are read, and every fault is told; at most `labels_max` labels, copies counted.
LabelTable ReadLabelTable(std::istream& input, std::size_t labels_max);

}  // namespace radyab::cli
