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
    {"MATCH", "راه یافتن"},
    {"SYMBOLOGY", "نوع نماد"},
    {"WHAT TELLS IT APART", "نشانهٔ تمایز"},
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
    // Why.
    {"announced by serial", "با شمارهٔ سریال اعلام شده است"},
    {"announced inside {1}", "درون {1} اعلام شده است"},
    {"announced of this item: lot {1}",
     "سری‌های اعلام‌شدهٔ این کالا: {1}"},
    {"a party is no goods", "طرف کالا نیست"},
    {"by the books there is none of it here", "بر پایهٔ دفترها از آن اینجا نیست"},
    {"by the notice: announced in {1}", "بر پایهٔ اعلامیه، یکا: {1}"},
    {"counted before", "پیش‌تر شمرده شده"},
    {"each scan is recorded by itself: undo takes the last one back",
     "هر خواندن جداگانه ثبت می‌شود: لغو، آخرین را "
     "بازمی‌گرداند"},
    {"expired on {1}", "تاریخ انقضا: {1}"},
    {"inside {1}, which was counted", "درون {1} که شمرده شده است"},
    {"it is no customer: what is sent could not arrive",
     "مشتری نیست: آنچه فرستاده شود نمی‌تواند برسد"},
    {"it is the container itself", "خود واحد لجستیکی است"},
    {"it was packed itself in this session",
     "خودش در این نشست بسته‌بندی شد"},
    {"more than expected", "بیش از انتظار"},
    {"no command said what is done", "هیچ فرمانی نگفت چه کاری است"},
    {"no more fits into this session: finish it", "این نشست پر است: آن را پایان دهید"},
    {"not announced", "اعلام نشده است"},
    {"nothing was counted", "چیزی شمرده نشده"},
    {"only packing has a container",
     "تنها بسته‌بندی واحد لجستیکی دارد"},
    {"scan first what is done: receive, ship, pack, count",
     "نخست بخوانید چه کاری است: دریافت، ارسال، "
     "بسته‌بندی، "
     "شمارش"},
    {"scan the code of who shall receive it", "کد گیرنده را بخوانید"},
    {"scan the container first", "نخست واحد لجستیکی را بخوانید"},
    {"so much of it was not counted", "این اندازه از آن شمرده نشده بود"},
    {"something inside expired on {1}", "تاریخ انقضای چیزی درون آن: {1}"},
    {"the label before was not set aside", "برچسب پیشین کنار گذاشته نشده بود"},
    {"the label names no lot and no serial, without which no custody can be told",
     "برچسب نه سری ساخت دارد و نه شمارهٔ سریال؛ بی آن نگهداری را "
     "نمی‌توان "
     "گفت"},
    {"the notice says {1}", "اعلامیه می‌گوید {1}"},
    {"the session is being finished", "نشست در حال پایان است"},
    {"want a lot, a unit or a container", "سری ساخت، دانه یا واحد لجستیکی لازم است"},
    {"what was counted before is recorded",
     "آنچه پیش‌تر شمرده شد ثبت شده است"},
    {"nothing was scanned", "چیزی خوانده نشد"},
    {"the server is away; scans are kept and asked again",
     "سرور در دسترس نیست؛ خوانده‌ها نگه داشته می‌شوند"},
    {"the session is not finished; go on with --session {1} --resume --journal \"{2}\"",
     "نشست پایان نیافته است؛ با --session {1} --resume --journal \"{2}\" ادامه دهید"},
    // Failures, and what to do.
    {"refused", "پذیرفته نشد"},
    {"not found", "یافت نشد"},
    {"no answer", "بی‌پاسخ"},
    {"fault", "خطا"},
    {"usage", "نحوهٔ نوشتن"},
    {"{1} cannot be reached: {2}", "دسترسی به {1} ممکن نیست: {2}"},
    {"is radyabd running at {1}? RADYAB_SERVER or --server HOST:PORT names another",
     "آیا radyabd در {1} اجرا می‌شود؟ نشانی دیگر با RADYAB_SERVER یا "
     "--server "
     "HOST:PORT "
     "داده "
     "می‌شود"},
    {"give it more time with --timeout SECONDS", "با --timeout SECONDS زمان بیشتری بدهید"},
    {"the server's log says more", "گزارش سرور بیشتر می‌گوید"},
    {"it may be done or not; to do it once only repeat with{1}",
     "شاید انجام شده باشد و شاید نه؛ تا تنها یک بار انجام شود، تکرار کنید با{1}"},
    {"set RADYAB_KEY, or give --key-file FILE (the first one is admin.key in the server's data "
     "folder)",
     "RADYAB_KEY را تعیین کنید یا --key-file FILE بدهید (نخستین کلید admin.key در پوشهٔ داده سرور "
     "است)"},
    {"the key is unknown or revoked: ask for a new one (radyab admin key create)",
     "کلید ناشناخته یا لغوشده است: کلید تازه‌ای بخواهید "
     "(radyab "
     "admin "
     "key "
     "create)"},
    {"use a key whose role may do this",
     "کلیدی به کار برید که نقش آن این کار را مجاز می‌کند"},
    {"check what was named, and whose key asks",
     "آنچه نام برده شد و اینکه کلید از آنِ کیست را بررسی کنید"},
    {"use what is there, or choose another", "آنچه هست را به کار برید یا دیگری را برگزینید"},
    {"somebody changed it meanwhile: look at it again and repeat",
     "در این میان کسی آن را تغییر داد: دوباره ببینید و تکرار کنید"},
    {"leave --request-id out, or give a new one",
     "--request-id را حذف کنید یا تازه‌ای بدهید"},
    {"radyab class list shows the classes",
     "radyab class list رده‌ها را نشان می‌دهد"},
    {"radyab class get KEYCODE shows the attributes of the class",
     "radyab class get KEYCODE ویژگی‌های رده را نشان می‌دهد"},
    {"radyab custody OBJECT tells where the goods are",
     "radyab custody OBJECT می‌گوید کالا کجاست"},
    {"radyab code reservations lists the codes that stand",
     "radyab code reservations کدهای رزروشده را نشان می‌دهد"},
    {"radyab resolve CODE tells its state and its successor",
     "radyab resolve CODE وضعیت و جانشین آن را می‌گوید"},
    {"the server has too much to do: repeat in a moment",
     "سرور بسیار سرگرم است: اندکی بعد تکرار کنید"},
    {"tell the operator: the store has reached its limit",
     "به متصدی بگویید: انبار داده به مرز خود رسیده است"},
    {"make room on the disk of that folder and repeat: what was kept is there",
     "در دیسک آن پوشه جا باز کنید و تکرار کنید: آنچه نگه داشته شده برجاست"},
    {"that is what the disk or the system said; nothing of this was kept",
     "این گفتهٔ دیسک یا سیستم است؛ چیزی از این کار نگه داشته نشد"},
    {"keep the folder; a damaged pack is fetched again (radyab pack fetch --whole)",
     "پوشه را نگه دارید؛ بستهٔ آسیب‌دیده دوباره دریافت "
     "می‌شود "
     "(radyab "
     "pack "
     "fetch "
     "--whole)"},
    {"the server is going down: repeat when it is back",
     "سرور در حال خاموش شدن است: پس از بازگشت آن تکرار کنید"},
    {"\"{1}\" is no verb of {2}", "«{1}» فرمانی از {2} نیست"},
    {"\"{1}\" is no option of {2}", "«{1}» گزینه‌ای از {2} نیست"},
    {"\"{1}\" is one word too many for {2}",
     "«{1}» برای {2} کلمه‌ای زیادی است"},
    {"{1} wants one of: {2}", "{1} یکی از این‌ها را می‌خواهد: {2}"},
    {"see {1} --help", "{1} --help را ببینید"},
    {"look at {1}", "به {1} نگاه کنید"},
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
    {"{1} rows read: nothing is wrong", "{1} ردیف خوانده شد: همه درست است"},
    {"{1} rows read: {2} faults", "{1} ردیف خوانده شد: {2} نادرستی"},
    {"all of it was fetched", "همه دریافت شد"},
    {"{1} parts were new, {2} are gone", "{1} بخش تازه بود، {2} بخش دیگر نیست"},
    {"{1} codes as of change {2}", "{1} کد، تا تغییر {2}"},
    {"{1} is kept; it waits to be sent", "{1} نگه داشته شد و در نوبت ارسال است"},
    {"{1} wait on", "{1} همچنان در نوبت است"},
    {"{1} stored, {2} were there before, {3} refused",
     "{1} ثبت شد، {2} از پیش موجود بود، {3} رد شد"},
    {"{1} wait again; send them (queue send)", "{1} دوباره در نوبت است؛ بفرستید (queue send)"},
    {"queue refused tells why; what was mended goes back by queue retry",
     "queue refused دلیل را می‌گوید؛ آنچه درست شد با queue retry باز "
     "می‌گردد"},
    {"{1} is not among the refused (queue refused)",
     "{1} در فهرست ردشده‌ها نیست (queue refused)"},
    {"which one? Want its number (queue refused), or --all",
     "کدام‌یک؟ شماره آن (queue refused) یا --all لازم است"},
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
