#include "clients/cli/export/row_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "clients/cli/import/csv_writer.h"

namespace radyab::cli {

using google::protobuf::Message;

RowFile::RowFile(const ImportPlan& plan, RowForm form, std::string path)
    : plan_(plan),
      form_(form),
      path_(std::move(path)),
      part_(path_ + ".part"),
      columns_(plan, form.with_states) {
  output_ = path_.empty() ? stdout : std::fopen(part_.c_str(), "wb");
  if (output_ == nullptr) Fail("\"" + part_ + "\" cannot be written");
  if (form_.table) kept_ = std::tmpfile();
  if (form_.table && kept_ == nullptr) Fail("no temporary file");
}

RowFile::~RowFile() {
  if (kept_ != nullptr) std::fclose(kept_);
  if (output_ == nullptr || path_.empty()) return;
  std::fclose(output_);  // not whole
  unlink(part_.c_str());
}

bool RowFile::Fail(const std::string& what) {
  if (fault_.empty()) fault_ = what + (errno == 0 ? "" : std::string(": ") + std::strerror(errno));
  return false;
}

bool RowFile::Write(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), output_) == text.size()) return true;
  return Fail("\"" + path_ + "\" cannot be written");
}

bool RowFile::Keep(const Message& row) {
  const std::string bytes = row.SerializeAsString();
  const auto size = static_cast<std::uint32_t>(bytes.size());
  if (std::fwrite(&size, sizeof size, 1, kept_) == 1 &&
      std::fwrite(bytes.data(), 1, bytes.size(), kept_) == bytes.size()) {
    return true;
  }
  return Fail("the temporary file cannot be written");
}

bool RowFile::Add(Message& row) {
  if (!fault_.empty()) return false;
  errno = 0;
  if (!form_.table) return Write(JsonLineOf(plan_, row, form_.with_states));
  columns_.See(row);
  return Keep(row);
}

bool RowFile::WriteTable() {
  const std::vector<std::string> columns = columns_.Names();
  std::string text = form_.byte_order_mark ? "\xEF\xBB\xBF" : "";
  if (!Write(text + CsvRecordText(columns, form_.separator))) return false;
  std::rewind(kept_);
  const std::unique_ptr<Message> row(plan_.prototype().New());
  std::string bytes, why;
  for (std::uint32_t size = 0; std::fread(&size, sizeof size, 1, kept_) == 1;) {
    bytes.resize(size);
    if (std::fread(bytes.data(), 1, size, kept_) != size || !row->ParseFromString(bytes)) {
      return Fail("the temporary file cannot be read");
    }
    const auto cells = CellsOf(plan_, columns, *row, why);
    errno = 0;
    if (cells.empty()) return Fail(why + "; take --format jsonl");
    if (!Write(CsvRecordText(cells, form_.separator))) return false;
  }
  return std::ferror(kept_) == 0 || Fail("the temporary file cannot be read");
}

bool RowFile::End() {
  if (!fault_.empty()) return false;
  errno = 0;
  if (form_.table && !WriteTable()) return false;
  if (std::fflush(output_) != 0) return Fail("\"" + path_ + "\" cannot be written");
  if (path_.empty()) return true;
  const bool durable = fsync(fileno(output_)) == 0;
  const bool closed = std::fclose(output_) == 0;
  output_ = nullptr;
  if (durable && closed && std::rename(part_.c_str(), path_.c_str()) == 0) return true;
  Fail("\"" + path_ + "\" cannot be written");
  unlink(part_.c_str());
  return false;
}

}  // namespace radyab::cli
