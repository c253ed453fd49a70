#include "clients/cli/import/csv_reader.h"

#include "coding/utf8_reader.h"

namespace radyab::cli {
namespace {

constexpr const char* kTooLong = "the record is longer than 1 MiB";

}  // namespace

bool CsvReader::IsSeparator(int c) {
  if (separator_ == 0 && (c == ',' || c == ';')) separator_ = static_cast<char>(c);
  return separator_ != 0 && c == separator_;
}

int CsvReader::Peek() {
  const int c = input_.rdbuf()->sgetc();
  return c == std::istream::traits_type::eof() ? kEnd : c;
}

int CsvReader::Take() {
  const int c = input_.rdbuf()->sbumpc();
  if (c == std::istream::traits_type::eof()) return kEnd;
  ++bytes_read_;
  if (c == '\n') ++line_;
  return c;
}

std::string CsvReader::AtLine(const std::string& what) const {
  return what + " (line " + std::to_string(line_) + ")";
}

void CsvReader::SkipByteOrderMark() {
  if (bytes_read_ > 0 || Peek() != 0xEF) return;
  std::string mark;
  while (mark.size() < 3 && Peek() != kEnd) mark += static_cast<char>(Take());
  if (mark == "\xEF\xBB\xBF") return;
  // It was the beginning of something else; the stream can take it back.
  for (auto c = mark.rbegin(); c != mark.rend(); ++c) input_.rdbuf()->sputbackc(*c);
  bytes_read_ = 0;
}

std::string CsvReader::ReadPlainField(std::string& field) {
  for (;;) {
    const int c = Peek();
    if (c == kEnd || c == '\n' || c == '\r' || IsSeparator(c)) return "";
    if (c == '"') return AtLine("a quote inside a field without quotes");
    if (c == 0) return AtLine("a NUL byte");
    if (TooLong()) return kTooLong;
    field += static_cast<char>(Take());
  }
}

std::string CsvReader::ReadQuotedField(std::string& field) {
  const std::string opened = AtLine("a quote that is never closed");
  Take();
  for (;;) {
    const int c = Take();
    if (c == kEnd) return opened;
    if (c == 0) return AtLine("a NUL byte");
    if (TooLong()) return kTooLong;
    if (c != '"') {
      field += static_cast<char>(c);
    } else if (Peek() == '"') {
      field += static_cast<char>(Take());
    } else {
      break;
    }
  }
  const int next = Peek();
  if (next == kEnd || next == '\n' || next == '\r' || IsSeparator(next)) return "";
  return AtLine("text behind a closing quote");
}

std::string CsvReader::ReadField(std::string& field) {
  std::string fault = Peek() == '"' ? ReadQuotedField(field) : ReadPlainField(field);
  if (fault.empty() && !coding::IsValidUtf8(field)) fault = AtLine("bytes that are no UTF-8");
  return fault;
}

std::string CsvReader::EndRecord() {
  const int c = Take();
  if (c == kEnd || c == '\n') return "";
  if (Peek() == '\n' || Peek() == kEnd) {  // behind a CR
    Take();
    return "";
  }
  return AtLine("a CR without LF");
}

void CsvReader::SkipLine() {
  for (int c = Take(); c != kEnd && c != '\n';) c = Take();
}

std::optional<CsvRecord> CsvReader::Next() {
  SkipByteOrderMark();
  CsvRecord record;
  for (;;) {  // empty lines
    record.line = line_;
    record_begin_ = bytes_read_;
    if (Peek() != '\n' && Peek() != '\r') break;
    record.fault = EndRecord();
    if (record.fault.empty()) continue;
    SkipLine();
    return record;
  }
  if (Peek() == kEnd) return std::nullopt;
  for (;;) {
    record.fault = ReadField(record.fields.emplace_back());
    if (record.fault.empty() && record.fields.size() > kCsvFieldsMax) {
      record.fault = "more than " + std::to_string(kCsvFieldsMax) + " fields";
    }
    if (!record.fault.empty()) {
      SkipLine();
      return record;
    }
    if (!IsSeparator(Peek())) break;
    Take();
  }
  if (separator_ == 0) separator_ = ',';  // a record of one field
  record.fault = EndRecord();
  if (!record.fault.empty()) SkipLine();
  return record;
}

}  // namespace radyab::cli
