// What became of the rows of an import, told as it happens.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "clients/cli/import/refused_rows.h"
#include "clients/cli/import/row_source.h"
#include "clients/cli/output/printer.h"
#include "clients/cli/output/progress_bar.h"
#include "clients/cpp/import_rows.h"

namespace radyab::cli {

// A row that is on its way: where it stands in the file, and what of it may be wanted again.
struct RowPlace {
  std::int64_t row = 0;
  std::int64_t line = 0;
  RowText text = {};
};

// The verdict as JsonLine writes it; those of rows that were accepted, of which an import has many,
// are written without looking at the message's description.
std::string VerdictLine(const v1::RowVerdict& verdict);

// Refused rows go to standard error with row, line and every fault; with --json each verdict is a
// line on standard output instead ({"row":…,"outcome":…,"name":…,"faults":[…]}). For one thread.
class VerdictReport {
 public:
  // `bytes_total` 0: not known. `dry_run`: nothing is stored, and the words say so. `refused`:
  // where refused rows go besides, or null.
  struct Options {
    std::int64_t bytes_total = 0;
    bool dry_run = false;
    RefusedRows* refused = nullptr;
  };
  VerdictReport(const Printer& printer, std::string word, const Options& options);

  // The verdict of the row at `place`; `bytes_done` moves the bar.
  void Tell(const RowPlace& place, v1::RowVerdict verdict, std::int64_t bytes_done);

  // The last line: how many of each, and how long it took.
  void End();

  // Writes out what was told until now.
  void Flush() const;

  const client::ImportCounts& counts() const { return counts_; }
  // The last row that was told of; 0 before the first.
  std::int64_t last_row() const { return last_row_; }

 private:
  Printer printer_;
  std::string word_;
  const Options options_;
  ProgressBar bar_;
  std::int64_t last_row_ = 0;
  client::ImportCounts counts_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace radyab::cli
