#include "clients/cli/import/csv_writer.h"

namespace radyab::cli {

std::string CsvRecordText(const std::vector<std::string>& fields, char separator) {
  std::string text;
  for (const std::string& field : fields) {
    if (&field != &fields.front()) text += separator;
    // Both separators: the first one that stands outside quotes decides what the table has.
    const bool quoted = field.find_first_of(",;\"\r\n") != std::string::npos ||
                        (fields.size() == 1 && field.empty());
    if (!quoted) {
      text += field;
      continue;
    }
    text += '"';
    for (const char c : field) {
      if (c == '"') text += '"';
      text += c;
    }
    text += '"';
  }
  return text + "\r\n";
}

}  // namespace radyab::cli
