// The items a bench asks for: which code and which GTIN the n-th one has.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace radyab::bench {

inline constexpr std::size_t kCodeDigits = 16, kGtinDigits = 13;

// The GTIN-13 of item `number`, with its check digit. `number` is below 10^9.
std::string GtinOf(std::uint64_t number);
// Its English and its Persian name.
std::string NameOf(std::uint64_t number);
std::string PersianNameOf(std::uint64_t number);
// The request_id of the n-th change of a run: 32 digits of which the first 16 are as good as
// random, like those that clients make up.
std::string RequestIdOf(std::uint64_t run, std::uint64_t number);

// Writes the file, one line of equal length an item, in order.
class CodedItemsWriter {
 public:
  explicit CodedItemsWriter(const std::string& path);
  ~CodedItemsWriter();
  CodedItemsWriter(const CodedItemsWriter&) = delete;
  CodedItemsWriter& operator=(const CodedItemsWriter&) = delete;
  void Add(std::string_view code, std::string_view gtin);

 private:
  std::FILE* file_;
};

// Reads it where it lies. Thread safe.
class CodedItems {
 public:
  explicit CodedItems(const std::string& path);
  ~CodedItems();
  CodedItems(const CodedItems&) = delete;
  CodedItems& operator=(const CodedItems&) = delete;
  std::uint64_t count() const { return byte_count_ / kLineBytes; }
  std::string_view Code(std::uint64_t number) const { return {Line(number), kCodeDigits}; }
  std::string_view Gtin(std::uint64_t number) const {
    return {Line(number) + kCodeDigits + 1, kGtinDigits};
  }

 private:
  static constexpr std::size_t kLineBytes = kCodeDigits + 1 + kGtinDigits + 1;
  const char* Line(std::uint64_t number) const { return bytes_ + number * kLineBytes; }

  const char* bytes_ = nullptr;
  std::size_t byte_count_ = 0;
};

// Spreads consecutive numbers over all of 64 bits (SplitMix64, Steele, Lea and Flood 2014).
std::uint64_t Scatter(std::uint64_t number);

// Ends the program with a line that says why.
[[noreturn]] void Fail(const std::string& why);

}  // namespace radyab::bench
