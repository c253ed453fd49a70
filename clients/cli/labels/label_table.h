// Labels out of a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "clients/cli/tables/titled_row.h"
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

struct LabelTable : TableFaults {
  std::vector<WantedLabel> labels;
};

// Most labels that one row may ask for.
inline constexpr std::int64_t kLabelCopiesMax = 1'000;

// Reads a table (csv_reader.h) whose first row names its columns: object (CODE, CODE/lot/L,
// CODE/serial/S, sscc/N), or code with lot or serial, or sscc; and gtin, production, best_before,
// expiry, name_fa, name_en, name_ar, copies (1 when empty). Empty fields are facts that are not
// there. All rows are read, and every fault is told; at most `labels_max` labels, copies counted.
LabelTable ReadLabelTable(std::istream& input, std::size_t labels_max);

}  // namespace radyab::cli
