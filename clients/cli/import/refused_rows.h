// The rows that were refused, in a file that can be mended and imported again.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "clients/cli/import/row_source.h"

namespace radyab::cli {

// What is kept of a row until its verdict is there.
struct RowText {
  std::vector<std::string> cells;
  std::string text;
};

// A file of the form of the one that is imported: the same columns or keys, and in
// kRefusedBecause why the row was refused. A record of a table that could not be read has the
// fields that could; a line that is no JSON, or too long, is told of as the text of an object that
// holds nothing else. Made when the first row is refused; an older file of the name is replaced
// then. For one thread.
class RefusedRows {
 public:
  // `source` outlives it.
  RefusedRows(std::string path, const RowSource& source)
      : path_(std::move(path)), source_(source) {}

  void Add(const RowText& row, const v1::RowVerdict& verdict);

  // Whether all could be written. Closes the file.
  bool End();

 private:
  std::string path_;
  const RowSource& source_;
  std::ofstream file_;
  bool begun_ = false;
};

}  // namespace radyab::cli
