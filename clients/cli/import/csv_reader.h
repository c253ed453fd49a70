// Tables of comma- or semicolon-separated values, read strictly (RFC 4180, UTF-8).
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace radyab::cli {

inline constexpr std::size_t kCsvRecordBytesMax = 1 << 20;
inline constexpr std::size_t kCsvFieldsMax = 256;

// One record. When `fault` is not empty it says what is wrong and where, and `fields` is what was
// read before.
struct CsvRecord {
  std::int64_t line = 0;  // in which it begins, from 1
  std::vector<std::string> fields;
  std::string fault;
};

// Commas between fields, or semicolons: whichever the first record has first outside quotes. CRLF
// or LF after a record, the last one may be missing. A field in quotes may hold commas, line ends
// and doubled quotes. A byte order mark at the beginning is passed over, and so are empty lines.
// Faulty are: a quote inside a field without quotes, text behind a closing quote, a bare CR, a NUL,
// bytes that are no UTF-8, a quote that is never closed, and records above the limits; reading goes
// on in the next line. For one thread.
class CsvReader {
 public:
  // `input` outlives the reader.
  explicit CsvReader(std::istream& input) : input_(input) {}

  // The next record; nothing at the end.
  std::optional<CsvRecord> Next();

  std::int64_t bytes_read() const { return bytes_read_; }
  // ',' or ';', known once the first record was read.
  char separator() const { return separator_; }

 private:
  static constexpr int kEnd = -1;

  bool IsSeparator(int c);
  int Peek();
  int Take();
  void SkipByteOrderMark();
  // Each answers what is wrong, or an empty text. They leave the character that ends the field.
  std::string ReadPlainField(std::string& field);
  std::string ReadQuotedField(std::string& field);
  std::string ReadField(std::string& field);
  // Takes the line end, or says why there is none.
  std::string EndRecord();
  void SkipLine();
  bool TooLong() const { return bytes_read_ - record_begin_ > std::int64_t{kCsvRecordBytesMax}; }
  std::string AtLine(const std::string& what) const;

  std::istream& input_;
  std::int64_t bytes_read_ = 0;
  std::int64_t record_begin_ = 0;
  std::int64_t line_ = 1;
  char separator_ = 0;  // none yet
};

}  // namespace radyab::cli
