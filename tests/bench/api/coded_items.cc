#include "tests/bench/api/coded_items.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace radyab::bench {
namespace {

constexpr int kSyllablesOfWord = 5;

// A word made of syllables, as good as random: names of products lie anywhere in the order of
// names.
std::string Word(std::uint64_t number, const std::array<std::string_view, 16>& syllables) {
  std::string word;
  std::uint64_t drawn = Scatter(number);
  for (int i = 0; i < kSyllablesOfWord; ++i, drawn >>= 4) word.append(syllables[drawn & 15]);
  return word;
}

}  // namespace

std::string GtinOf(std::uint64_t number) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "626%09llu", static_cast<unsigned long long>(number));
  int sum = 0;
  for (int i = 0; i < 12; ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return std::string(digits) + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string NameOf(std::uint64_t number) {
  return Word(number, {"ba", "da", "fa", "ga", "ha", "ja", "ka", "la", "ma", "na", "pa", "ra", "sa",
                       "ta", "va", "za"}) +
         ' ' + std::to_string(number);
}

std::string PersianNameOf(std::uint64_t number) {
  return Word(number, {"با", "دا", "فا", "گا", "ها", "جا", "کا", "لا", "ما", "نا", "پا", "را", "سا",
                       "تا", "وا", "زا"}) +
         ' ' + std::to_string(number);
}

std::string RequestIdOf(std::uint64_t run, std::uint64_t number) {
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016llx%016llx",
                static_cast<unsigned long long>(Scatter(run ^ Scatter(number))),
                static_cast<unsigned long long>(number));
  return digits;
}

CodedItemsWriter::CodedItemsWriter(const std::string& path) : file_(std::fopen(path.c_str(), "w")) {
  if (file_ == nullptr) Fail(path + ": cannot be written");
}

CodedItemsWriter::~CodedItemsWriter() {
  if (std::fclose(file_) != 0) Fail("the file of items could not be written to its end");
}

void CodedItemsWriter::Add(std::string_view code, std::string_view gtin) {
  if (code.size() != kCodeDigits || gtin.size() != kGtinDigits) Fail("no code and GTIN-13");
  std::fprintf(file_, "%.*s\t%.*s\n", static_cast<int>(code.size()), code.data(),
               static_cast<int>(gtin.size()), gtin.data());
}

CodedItems::CodedItems(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat facts = {};
  if (file < 0 || fstat(file, &facts) != 0 || facts.st_size < static_cast<off_t>(kLineBytes)) {
    Fail(path + ": want a file of items");
  }
  byte_count_ = static_cast<std::size_t>(facts.st_size);
  void* bytes = mmap(nullptr, byte_count_, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (bytes == MAP_FAILED) Fail(path + ": cannot be read");
  bytes_ = static_cast<const char*>(bytes);
}

CodedItems::~CodedItems() { munmap(const_cast<char*>(bytes_), byte_count_); }

std::uint64_t Scatter(std::uint64_t number) {
  number += 0x9E3779B97F4A7C15;
  number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9;
  number = (number ^ number >> 27) * 0x94D049BB133111EB;
  return number ^ number >> 31;
}

void Fail(const std::string& why) {
  std::fprintf(stderr, "bench: %s\n", why.c_str());
  std::exit(1);
}

}  // namespace radyab::bench
