#include "scanner/labels/label_wording.h"

#include "coding/jalali_date.h"

namespace radyab::scanner {
namespace {

enum class Fact : std::uint8_t {
  kCode,
  kSscc,
  kGtin,
  kLot,
  kSerial,
  kProduction,
  kBestBefore,
  kExpiry,
};

// A title in the order of LabelLanguage: fa, ar, en.
constexpr std::string_view kTitles[][3] = {
    {"کد", "الرمز", "Code"},
    {"واحد لجستیکی", "الوحدة اللوجستية", "SSCC"},
    {"GTIN", "GTIN", "GTIN"},
    {"سری ساخت", "رقم التشغيلة", "Lot"},
    {"شماره سریال", "الرقم التسلسلي", "Serial"},
    {"تاریخ تولید", "تاريخ الإنتاج", "Produced"},
    {"مصرف بهینه تا", "يفضل استخدامه قبل", "Best before"},
    {"تاریخ انقضا", "تاريخ الانتهاء", "Expires"},
};

constexpr std::string_view kLanguageWords[] = {"fa", "ar", "en"};

// U+2068 and U+2069 around what runs by itself.
std::string Isolated(const std::string& value) { return "\xE2\x81\xA8" + value + "\xE2\x81\xA9"; }

// "۱۴۰۶/۰۱/۱۱": ASCII digits of an Iranian date in Persian ones.
std::string PersianDay(const coding::JalaliDate& date) {
  std::string day;
  for (const char c : coding::WriteJalaliDate(date)) {
    if (c == '-') {
      day += '/';
    } else {
      day += "\xDB";
      day += static_cast<char>(0xB0 + (c - '0'));
    }
  }
  return day;
}

class RowWriter {
 public:
  explicit RowWriter(LabelLanguage language) : language_(language) {}

  void Add(Fact fact, const std::string& value) {
    const auto title = kTitles[static_cast<std::size_t>(fact)][static_cast<std::size_t>(language_)];
    rows_.push_back(std::string(title) + ": " +
                    (RunsRightToLeft(language_) ? Isolated(value) : value));
  }

  void Add(Fact fact, const std::optional<std::string>& value) {
    if (value) Add(fact, *value);
  }

  void Add(Fact fact, const std::optional<coding::CivilDate>& date) {
    if (!date) return;
    const coding::JalaliDate iranian = coding::JalaliOf(*date);
    Add(fact, coding::WriteIsoDate(*date));
    if (language_ == LabelLanguage::kFa && iranian.year != 0)
      rows_.back() += " (" + Isolated(PersianDay(iranian)) + ")";
  }

  std::vector<std::string> TakeRows() { return std::move(rows_); }

 private:
  LabelLanguage language_;
  std::vector<std::string> rows_;
};

}  // namespace

std::string_view LanguageWord(LabelLanguage language) {
  return kLanguageWords[static_cast<std::size_t>(language)];
}

std::optional<LabelLanguage> LanguageOfWord(std::string_view word) {
  for (const auto language : {LabelLanguage::kFa, LabelLanguage::kAr, LabelLanguage::kEn}) {
    if (LanguageWord(language) == word) return language;
  }
  return std::nullopt;
}

std::vector<LabelName> NamesOf(const LabelContent& content, LabelLanguage language) {
  const LabelName fa = {content.name_fa, true};
  const LabelName ar = {content.name_ar, true};
  const LabelName en = {content.name_en, false};
  std::vector<LabelName> names;
  switch (language) {
    case LabelLanguage::kFa:
      names = {fa, en, ar};
      break;
    case LabelLanguage::kAr:
      names = {ar, en, fa};
      break;
    case LabelLanguage::kEn:
      names = {en, fa, ar};
      break;
  }
  std::erase_if(names, [](const LabelName& name) { return name.text.empty(); });
  return names;
}

std::vector<std::string> FactRows(const LabelContent& content, LabelLanguage language) {
  RowWriter rows(language);
  if (content.code) rows.Add(Fact::kCode, content.code->Grouped());
  rows.Add(Fact::kSscc, content.sscc);
  rows.Add(Fact::kGtin, content.gtin);
  rows.Add(Fact::kLot, content.lot);
  rows.Add(Fact::kSerial, content.serial);
  rows.Add(Fact::kProduction, content.production);
  rows.Add(Fact::kBestBefore, content.best_before);
  rows.Add(Fact::kExpiry, content.expiry);
  return rows.TakeRows();
}

}  // namespace radyab::scanner
