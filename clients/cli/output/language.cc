#include "clients/cli/output/language.h"

#include <algorithm>

namespace radyab::cli {
namespace {

struct Phrase {
  std::string_view english;
  std::string_view persian;
};

constexpr Phrase kPhrases[] = {
    // Titles of tables.
    {"ASKED", "دفعات پرسش"},
    {"ATTRIBUTES", "ویژگی‌ها"},
    {"BLOCKS", "بازه‌ها"},
    {"CAME IN", "دریافت"},
    {"CASE", "پرونده"},
    {"CHANNEL", "راه تماس"},
    {"CLASS", "رده"},
    {"CODE", "کد"},
    {"CONTAINER", "واحد لجستیکی"},
    {"CONTAINERS", "واحدهای لجستیکی"},
    {"CONTAINS", "در بر دارد"},
    {"CREATED", "ایجاد"},
    {"CUSTOMER", "مشتری"},
    {"ENDED", "پایان"},
    {"EVENT", "رویداد"},
    {"EXPIRES", "انقضا"},
    {"FAULTS", "ایرادها"},
    {"FIELDS", "فیلدها"},
    {"FILE", "پرونده رایانه‌ای"},
    {"FIRST", "نخستین"},
    {"FROM", "از"},
    {"GOES TO", "مقصد"},
    {"GS1 PREFIX", "پیش‌شماره GS1"},
    {"CLAIMANT", "مدعی"},
    {"HOLDER", "دارنده"},
    {"KEY", "کلید"},
    {"KIND", "نوع"},
    {"KIND OR REFUSAL", "نوع یا دلیل رد"},
    {"LAST", "آخرین"},
    {"LEVEL", "سطح بسته‌بندی"},
    {"MAY MOVE", "مجاز به جابه‌جایی"},
    {"MEMBER", "عضو"},
    {"METHOD", "عمل"},
    {"NAME", "نام"},
    {"NO", "شماره"},
    {"NOTES", "یادداشت"},
    {"OBJECT", "شیء"},
    {"OK", "درست"},
    {"OWNER", "صاحب"},
    {"PARTY", "طرف"},
    {"PLACE", "محل"},
    {"PROBABILITY", "احتمال"},
    {"LIKENESS", "همانندی"},
    {"QUANTITY", "مقدار"},
    {"REASON", "دلیل"},
    {"REFERENCE", "مرجع"},
    {"RESOURCE", "موضوع"},
    {"RESPONSE", "پاسخ"},
    {"REVOKED", "لغو"},
    {"ROLE", "نقش"},
    {"ROLES", "نقش‌ها"},
    {"ROTATED", "تعویض"},
    {"SCHEME", "طرح شناسه"},
    {"SECOND", "دومی"},
    {"SERIAL", "شماره سریال"},
    {"SINCE", "از زمان"},
    {"STATE", "وضعیت"},
    {"SUBJECTS", "موضوع‌ها"},
    {"TEXT", "متن"},
    {"TIME", "زمان"},
    {"TO", "به"},
    {"TOLD", "گفته شد"},
    {"TYPE", "گونه"},
    {"UNIT", "یکا"},
    {"UNITS", "دانه‌ها"},
    {"VALUE", "مقدار"},
    {"WHAT", "چه"},
    {"WHEN", "چه هنگام"},
    {"WHO", "چه کسی"},
    {"WHOSE", "از آنِ"},
    {"WRITTEN", "نوشته شد"},
    {"ZONE", "گروه"},
    {"ANNOUNCED", "اعلام‌شده"},
    {"EXPECTED", "زمان مورد انتظار"},
    {"LINES", "سطرها"},
    {"MISSING", "کم"},
    {"NOTICE", "اعلامیهٔ ارسال"},
    {"NUMBER", "شمارهٔ سند"},
    {"OUTSTANDING", "مانده"},
    {"RECEIVED", "رسیده"},
    {"SCANNED", "خوانده‌شده"},
    {"SHIPPED", "زمان ارسال"},
    {"TOO MUCH", "بیش از اعلام"},
    {"VERDICT", "نتیجه"},
    {"WANTED", "مورد انتظار"},
    // Verdicts of sessions.
    {"LOT", "سری ساخت"},
    {"counted", "شمرده شد"},
    {"unexpected", "خارج از انتظار"},
    {"double", "تکراری"},
    {"wrong lot", "سری ساخت نادرست"},
    {"wrong expiry", "تاریخ انقضای نادرست"},
    {"blocked", "مسدود"},
    {"expired", "تاریخ‌گذشته"},
    {"too many", "بیش از انتظار"},
    {"unknown", "ناشناخته"},
    {"malformed", "ناخوانا"},
    {"ambiguous", "مبهم"},
    {"no lot", "بدون سری ساخت"},
    {"not goods", "کالا نیست"},
    {"not begun", "هنوز آغاز نشده"},
    {"party wanted", "نخست طرف را بخوانید"},
    {"container wanted", "نخست واحد لجستیکی را بخوانید"},
    {"not counted", "شمرده نشده بود"},
    {"unit differs", "یکای دیگر"},
    {"full", "ظرفیت پر است"},
    {"begun", "آغاز شد"},
    {"party set", "طرف تعیین شد"},
    {"party refused", "طرف پذیرفته نشد"},
    {"container set", "واحد لجستیکی تعیین شد"},
    {"times set", "تعداد تعیین شد"},
    {"times refused", "تعداد پذیرفته نشد"},
    {"undone", "لغو شد"},
    {"nothing to undo", "چیزی برای لغو نیست"},
    {"accepted", "پذیرفته شد"},
    {"accept refused", "پذیرش ممکن نیست"},
    {"remove next", "بعدی کم می‌شود"},
    {"removed", "کم شد"},
    {"container next", "واحد لجستیکی بعدی"},
    {"bad command", "فرمان نادرست"},
    {"command refused", "فرمان پذیرفته نشد"},
    {"finishing", "در حال پایان"},
    {"nothing counted", "چیزی شمرده نشده"},
    {"missing", "کسری"},
    {"event refused", "رویداد رد شد"},
    {"event recorded", "رویداد ثبت شد"},
    {"nothing was scanned", "چیزی خوانده نشد"},
    {"the server is away; scans are kept and asked again",
     "سرور در دسترس نیست؛ خوانده‌ها نگه داشته می‌شوند"},
    {"the session is not finished; go on with --session {1} --resume --journal \"{2}\"",
     "نشست پایان نیافته است؛ با --session {1} --resume --journal \"{2}\" ادامه دهید"},
    // Words and sentences.
    {"yes", "بله"},
    {"no", "خیر"},
    {"none", "هیچ"},
    {"all as announced", "همه مطابق اعلامیه"},
    {"members", "عضوها"},
    {"classes", "رده‌ها"},
    {"items", "کالاها"},
    {"services", "خدمت‌ها"},
    {"parties", "طرف‌ها"},
    {"aliases", "شناسه‌های خارجی"},
    {"events", "رویدادها"},
    {"{1} accepted, {2} already there, {3} refused", "{1} پذیرفته، {2} از پیش موجود، {3} ردشده"},
    {"{1} acceptable, {2} already there, {3} refused", "{1} پذیرفتنی، {2} از پیش موجود، {3} ردشده"},
    {"{1}: {2} in {3} s", "{1}: {2} در {3} ثانیه"},
    {"{1}: {2} in {3} s: a dry run, nothing was stored",
     "{1}: {2} در {3} ثانیه: اجرای آزمایشی، چیزی ثبت نشد"},
    {"row {1} (line {2}): {3}{4} ({5})", "ردیف {1} (سطر {2}): {3}{4} ({5})"},
    {"{1} rows have their verdicts: go on with --from-row {2}",
     "نتیجهٔ {1} ردیف روشن است: با --from-row {2} ادامه دهید"},
    {"{1}: {2} rows as of change {3}", "{1}: {2} ردیف، تا تغییر {3}"},
    {"{1} reserved for {2} until {3}", "{1} کد برای {2} تا {3} رزرو شد"},
    {"places count from 0 in the {1} numbers that end with number {2}",
     "جاها از صفر در میان {1} شماره‌ای که به شمارهٔ {2} "
     "می‌رسد "
     "شمرده "
     "می‌شود"},
    {"{1} households among {2} persons", "{1} خانوار در میان {2} شخص"},
    {"{1} parties looked at, {2} to be changed, {3} changed, {4} values in no list",
     "{1} طرف بررسی شد، {2} نیازمند تغییر، {3} تغییر یافت، {4} مقدار در هیچ فهرستی نبود"},
    {"{1} labels, each read back", "{1} برچسب، هر یک بازخوانی شد"},
    {"{1} labels sent to the printer", "{1} برچسب به چاپگر فرستاده شد"},
    {"all of it was fetched", "همه دریافت شد"},
    {"{1} parts were new, {2} are gone", "{1} بخش تازه بود، {2} بخش دیگر نیست"},
    {"{1} codes as of change {2}", "{1} کد، تا تغییر {2}"},
    {"{1} is kept; it waits to be sent", "{1} نگه داشته شد و در نوبت ارسال است"},
    {"{1} wait on", "{1} همچنان در نوبت است"},
    {"{1} stored, {2} were there before, {3} refused",
     "{1} ثبت شد، {2} از پیش موجود بود، {3} رد شد"},
    {"did you mean {1}?", "آیا منظور {1} بود؟"},
    {" or ", " یا "},
    {", ", "، "},
};

bool speaks_persian = false;

}  // namespace

void SpeakPersian() { speaks_persian = true; }

std::string Local(std::string_view english) {
  if (!speaks_persian) return std::string(english);
  const auto* found = std::ranges::find(kPhrases, english, &Phrase::english);
  return std::string(found == std::end(kPhrases) ? english : found->persian);
}

std::string LocalSentence(std::string_view english, const std::vector<std::string>& parts) {
  const std::string pattern = Local(english);
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const bool place = pattern[at] == '{' && at + 2 < pattern.size() && pattern[at + 2] == '}';
    const std::size_t number = place ? static_cast<std::size_t>(pattern[at + 1] - '1') : 0;
    if (place && number < parts.size()) {
      text += parts[number];
      at += 2;
    } else {
      text += pattern[at];
    }
  }
  return text;
}

}  // namespace radyab::cli
