// The rows of a file, one message each, with what is wrong with them.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/cli/import/import_plan.h"
#include "coding/refusal.h"

namespace radyab::cli {

// Longest line of JSON.
inline constexpr std::size_t kJsonLineBytesMax = 8 << 20;

// How the rows are read.
struct RowReading {
  bool new_codes = false;  // what the server alone fills is passed over, not refused
  bool keep_text = false;  // ImportRow::cells or ::text is wanted
};

struct ImportRow {
  std::int64_t row = 0;   // from 1, without the header of a table
  std::int64_t line = 0;  // where it begins in the file, from 1
  std::unique_ptr<google::protobuf::Message> message;
  std::vector<v1::RowFault> faults;     // when not empty the message is not to be sent
  std::vector<std::string> cells = {};  // of a table, as far as the record could be read
  std::string text = {};                // the line of JSON
};

class RowSource {
 public:
  virtual ~RowSource() = default;
  // The next row; nothing at the end.
  virtual std::optional<ImportRow> Next() = 0;
  virtual std::int64_t bytes_read() const = 0;
  // The header of a table, and what stands between its fields; empty, and 0, of lines of JSON.
  virtual const std::vector<std::string>& columns() const = 0;
  virtual char separator() const = 0;
  // Whether Next may have to wait for a writer at the other end of a pipe.
  virtual bool MayWait() const = 0;
};

// Whether nothing can be read from the stream at this moment.
inline bool NothingToRead(std::istream& input) { return input.rdbuf()->in_avail() <= 0; }

// The rows of a table. Its first record names the columns; refused are a missing or faulty header,
// and columns that are not known or stand there twice. `input` and `plan` outlive the source.
coding::Parsed<std::unique_ptr<RowSource>> OpenCsvRows(std::istream& input, const ImportPlan& plan,
                                                       RowReading reading = {});

// The rows of a file with one JSON object a line; empty lines are passed over.
std::unique_ptr<RowSource> OpenJsonRows(std::istream& input, const ImportPlan& plan,
                                        RowReading reading = {});

}  // namespace radyab::cli
