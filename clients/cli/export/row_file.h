// Rows of an export into a file.
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "clients/cli/export/row_table.h"
#include "clients/cli/import/import_plan.h"

namespace radyab::cli {

struct RowForm {
  bool table = true;  // else lines of JSON
  char separator = ',';
  bool byte_order_mark = false;  // for programs that would take UTF-8 for something else
  bool with_states = false;
};

// A file that is there once it is whole: until then it is called `PATH.part`. An empty path is
// standard output. A table is written at the end, when all its columns are known; its rows wait in
// a file without a name. For one thread.
class RowFile {
 public:
  RowFile(const ImportPlan& plan, RowForm form, std::string path);
  ~RowFile();
  RowFile(const RowFile&) = delete;
  RowFile& operator=(const RowFile&) = delete;

  // False when it is of no use to go on: see fault().
  bool Add(google::protobuf::Message& row);
  // Makes the file whole and gives it its name. The same.
  bool End();
  const std::string& fault() const { return fault_; }

 private:
  bool Fail(const std::string& what);
  bool Write(const std::string& text);
  bool Keep(const google::protobuf::Message& row);
  bool WriteTable();

  const ImportPlan& plan_;
  const RowForm form_;
  const std::string path_, part_;
  std::FILE* output_ = nullptr;
  std::FILE* kept_ = nullptr;  // rows, each behind its length
  TableColumns columns_;
  std::string fault_;
};

}  // namespace radyab::cli
