#include <algorithm>
#include <charconv>
#include <optional>

#include "scanner/labels/printer_graphics.h"

namespace radyab::scanner {
namespace {

// A digit said `count` times: letters G..Y are 1..19 times, g..z 20..400 times.
void AppendRun(std::string& packed, char digit, std::size_t count) {
  for (; count >= 400; count -= 400) packed += "z", packed += digit;
  if (count == 0) return;
  if (count >= 20) packed += static_cast<char>('g' + count / 20 - 1);
  if (count % 20 != 0 && count > 1) packed += static_cast<char>('G' + count % 20 - 1);
  packed += digit;
}

// One row as runs; "," stands for white up to the end of the row.
std::string PackRow(std::string_view bits) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string digits;
  for (const char byte : bits) {
    digits += kDigits[static_cast<unsigned char>(byte) >> 4];
    digits += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  const std::size_t ink = digits.find_last_not_of('0') + 1;  // 0 when there is none
  std::string packed;
  for (std::size_t begin = 0; begin < ink;) {
    const std::size_t end = std::min(digits.find_first_not_of(digits[begin], begin), ink);
    AppendRun(packed, digits[begin], end - begin);
    begin = end;
  }
  if (ink < digits.size()) packed += ',';
  return packed;
}

// ":" stands for the row before.
std::string PackField(const GraphicField& field) {
  std::string packed;
  std::string before;
  for (int y = 0; y < field.rows; ++y) {
    const auto row_bytes = static_cast<std::size_t>(field.row_bytes);
    std::string row = PackRow(
        std::string_view(field.bits).substr(static_cast<std::size_t>(y) * row_bytes, row_bytes));
    packed += row == before ? ":" : row;
    before = std::move(row);
  }
  return packed;
}

ScanFault NoLabel(std::string_view why) {
  return {FaultKind::kLabelUnreadable, "the ZPL is none of our labels: " + std::string(why)};
}

// Whole numbers with commas between them, and nothing else but line ends behind them.
std::optional<std::vector<int>> NumbersOf(std::string_view text, std::size_t count) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::vector<int> numbers;
  while (numbers.size() < count) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || number < 0) return std::nullopt;
    numbers.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    if (numbers.size() == count) break;
    if (!text.starts_with(',')) return std::nullopt;
    text.remove_prefix(1);
  }
  if (!text.empty()) return std::nullopt;
  return numbers;
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The rows of a packed field as digits; false when they do not come out even.
bool Unpack(std::string_view packed, GraphicField& field) {
  const std::size_t row_digits = static_cast<std::size_t>(field.row_bytes) * 2;
  std::string digits;
  std::size_t run = 0;
  for (const char c : packed) {
    if (c >= 'G' && c <= 'Y') {
      run += static_cast<std::size_t>(c - 'G' + 1);
    } else if (c >= 'g' && c <= 'z') {
      run += static_cast<std::size_t>(c - 'g' + 1) * 20;
    } else if (c == ',') {
      const std::size_t in_row = digits.size() % row_digits;
      if (run != 0) return false;
      digits.append(row_digits - in_row, '0');
    } else if (c == ':') {
      if (run != 0 || digits.size() % row_digits != 0 || digits.size() < row_digits) return false;
      digits += digits.substr(digits.size() - row_digits);
    } else if (DigitOf(c) >= 0) {
      digits.append(std::max<std::size_t>(run, 1), c);
      run = 0;
    } else {
      return false;
    }
    if (digits.size() > row_digits * static_cast<std::size_t>(field.rows)) return false;
  }
  if (run != 0 || digits.size() != row_digits * static_cast<std::size_t>(field.rows)) return false;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    field.bits += static_cast<char>(DigitOf(digits[i]) * 16 + DigitOf(digits[i + 1]));
  return true;
}

// The field of "^GFA,BYTES,BYTES,ROWBYTES,DATA" at (x, y).
std::optional<GraphicField> FieldOf(std::string_view command, int x, int y) {
  std::size_t data = 0;
  for (int commas = 0; commas < 4; ++commas) {
    data = command.find(',', data);
    if (data == std::string_view::npos) return std::nullopt;
    ++data;
  }
  const auto numbers = NumbersOf(command.substr(4, data - 5), 3);
  if (!numbers || (*numbers)[2] < 1 || (*numbers)[0] != (*numbers)[1] ||
      (*numbers)[0] % (*numbers)[2] != 0) {
    return std::nullopt;
  }
  GraphicField field;
  field.x = x;
  field.y = y;
  field.row_bytes = (*numbers)[2];
  field.rows = (*numbers)[0] / field.row_bytes;
  if ((*numbers)[0] > kPicturePixelsMax / 8) return std::nullopt;
  if (!Unpack(command.substr(data), field)) return std::nullopt;
  return field;
}

// One label, command by command.
class Painter {
 public:
  // False when the command is not understood.
  bool Do(std::string_view command) {
    if (command.starts_with("PW")) return Take(command, width_);
    if (command.starts_with("LL")) return Take(command, height_);
    if (command.starts_with("LH")) return command.starts_with("LH0,0");
    if (command.starts_with("FO")) {
      const auto place = NumbersOf(command.substr(2), 2);
      if (!place) return false;
      x_ = (*place)[0];
      y_ = (*place)[1];
      return true;
    }
    if (command.starts_with("GFA")) return Draw(command);
    return command.starts_with("FS");
  }

  std::optional<GreyPicture> TakeLabel() { return std::move(label_); }

 private:
  static bool Take(std::string_view command, int& number) {
    const auto numbers = NumbersOf(command.substr(2), 1);
    if (numbers) number = numbers->front();
    return numbers.has_value();
  }

  bool Draw(std::string_view command) {
    if (!label_) {
      if (width_ < 1 || height_ < 1 || std::int64_t{width_} * height_ > kPicturePixelsMax)
        return false;
      label_ = GreyPicture::Blank(width_, height_);
    }
    const auto field = FieldOf(command, x_, y_);
    return field && SetDots(*label_, *field);
  }

  int width_ = 0;
  int height_ = 0;
  int x_ = 0;
  int y_ = 0;
  std::optional<GreyPicture> label_;
};

}  // namespace

std::string WriteLabelZpl(const LabelSheet& sheet) {
  std::string zpl = "^XA\n^PW" + std::to_string(sheet.width) + "\n^LL" +
                    std::to_string(sheet.height) + "\n^LH0,0\n";
  for (const GraphicField& field : GraphicFields(sheet)) {
    const std::string bytes = std::to_string(field.bits.size());
    zpl += "^FO" + std::to_string(field.x) + "," + std::to_string(field.y) + "^GFA," + bytes + "," +
           bytes + "," + std::to_string(field.row_bytes) + "," + PackField(field) + "^FS\n";
  }
  return zpl + "^XZ\n";
}

Outcome<std::vector<GreyPicture>> PaintZpl(std::string_view zpl) {
  std::vector<GreyPicture> labels;
  std::optional<Painter> painter;
  std::size_t at = zpl.find('^');
  while (at != std::string_view::npos) {
    const std::size_t next = zpl.find('^', at + 1);
    const std::string_view command = zpl.substr(at + 1, std::min(next, zpl.size()) - at - 1);
    if (command.starts_with("XA")) {
      if (painter) return NoLabel("a label begins inside another");
      painter.emplace();
    } else if (!painter) {
      return NoLabel("a command outside of a label");
    } else if (command.starts_with("XZ")) {
      auto label = painter->TakeLabel();
      if (!label) return NoLabel("a label without a field");
      labels.push_back(*std::move(label));
      painter.reset();
    } else if (!painter->Do(command)) {
      return NoLabel("^" + std::string(command.substr(0, 24)));
    }
    at = next;
  }
  if (painter) return NoLabel("a label without an end");
  return labels;
}

}  // namespace radyab::scanner
