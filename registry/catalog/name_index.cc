#include "registry/catalog/name_index.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "coding/text_fold.h"
#include "coding/utf8_reader.h"
#include "registry/catalog/item_registry.h"
#include "registry/fault_list.h"
#include "registry/page_scan.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

// The match keys of a name; equal ones and empty ones once.
std::vector<std::string> FoldedNames(const v1::LocalizedText& name) {
  std::vector<std::string> folded;
  for (const std::string* text : {&name.fa(), &name.en()}) {
    std::string key = coding::FoldText(*text);
    if (!key.empty() && (folded.empty() || folded.front() != key)) folded.push_back(std::move(key));
  }
  return folded;
}

bool HasLetterOrDigit(std::string_view text) {
  // Most names have one that is seen at once; any other may need to be folded first.
  const auto is_plain = [](unsigned char c) { return c < 0x80 && std::isalnum(c) != 0; };
  return std::ranges::any_of(text, is_plain) || !coding::FoldText(text).empty();
}

void CheckOneLanguage(const std::string& text, const std::string& field, FaultList& faults) {
  if (text.empty()) return;
  const std::size_t characters = coding::CountCharacters(text, text.size());
  if (!coding::IsValidUtf8(text)) {
    faults.Add(field, "not valid UTF-8");
  } else if (characters > kNameCharactersMax) {
    faults.Add(field, "has " + std::to_string(characters) + " characters, want at most " +
                          std::to_string(kNameCharactersMax));
  } else if (!HasLetterOrDigit(text)) {
    faults.Add(field, "\"" + text + "\" has no letter or digit, want a name");
  }
}

}  // namespace

absl::Status IndexName(storage::WriteTransaction& transaction, coding::Code code, MemberId scope,
                       const v1::LocalizedText& name) {
  for (const std::string& folded : FoldedNames(name)) {
    auto status = storage::PutMark(transaction, keyspace::Name(code.kind(), scope, folded, code));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status UnindexName(storage::WriteTransaction& transaction, coding::Code code, MemberId scope,
                         const v1::LocalizedText& name) {
  for (const std::string& folded : FoldedNames(name)) {
    auto status = transaction.Delete(keyspace::Name(code.kind(), scope, folded, code));
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<Page<coding::Code>> FindNames(storage::ReadTransaction& transaction,
                                             coding::Kind kind, MemberId scope,
                                             std::string_view prefix, const PageRequest& page) {
  const std::string folded = coding::FoldText(prefix);
  if (folded.empty()) {
    return RefuseField("name_prefix",
                       "\"" + std::string(prefix).substr(0, 80) + "\" has no letter or digit");
  }
  const std::string begin = keyspace::NamePrefix(kind, scope, folded);
  Page<coding::Code> found;
  std::string last_key;
  bool corrupt = false;
  auto status = transaction.Scan(
      RangeAfter(begin, page), storage::Direction::kForward, page.row_count_max + 1,
      [&](std::string_view key, std::string_view) {
        if (found.rows.size() == page.row_count_max) {
          found.next = last_key;
          return false;
        }
        storage::OrderedKeyReader reader(key.substr(key.size() - sizeof(std::uint64_t)));
        const auto code = coding::Code::FromNumber(reader.U64());
        if (!code.ok()) {
          corrupt = true;
          return false;
        }
        found.rows.push_back(*code);
        last_key = std::string(key);
        return true;
      });
  if (!status.ok()) return status;
  if (corrupt) return storage::CorruptRecord(last_key);
  return found;
}

bool NameBegins(const v1::LocalizedText& name, std::string_view folded_prefix) {
  if (folded_prefix.size() <= keyspace::kNameBytesMax) return true;
  return std::ranges::any_of(FoldedNames(name), [&](const std::string& folded) {
    return folded.starts_with(folded_prefix);
  });
}

absl::Status CheckName(const v1::LocalizedText& name, std::string_view field) {
  FaultList faults;
  if (name.fa().empty() && name.en().empty()) {
    faults.Add(field, "missing; want a name in fa or en", Reason::kMissingField);
  }
  CheckOneLanguage(name.fa(), std::string(field) + ".fa", faults);
  CheckOneLanguage(name.en(), std::string(field) + ".en", faults);
  return faults.status();
}

}  // namespace radyab::catalog
