#include "tests/registry/linkage/customer_names.h"

namespace radyab::linkage {

std::span<const KnownName> EnglishMen() {
  static const std::vector<KnownName> names = {{"", {"James"}, 30, {"Jim", "Jimmy"}},
                                               {"", {"John", "Jon"}, 28, {"Jack", "Johnny"}},
                                               {"", {"Robert"}, 24, {"Bob", "Rob", "Bobby"}},
                                               {"", {"Michael", "Micheal"}, 26, {"Mike", "Mick"}},
                                               {"", {"William"}, 22, {"Bill", "Will", "Liam"}},
                                               {"", {"David"}, 22, {"Dave"}},
                                               {"", {"Richard"}, 14, {"Rick", "Dick", "Richie"}},
                                               {"", {"Thomas"}, 14, {"Tom", "Tommy"}},
                                               {"", {"Christopher", "Kristopher"}, 12, {"Chris"}},
                                               {"", {"Daniel"}, 12, {"Dan", "Danny"}},
                                               {"", {"Matthew", "Mathew"}, 11, {"Matt"}},
                                               {"", {"Anthony", "Antony"}, 10, {"Tony"}},
                                               {"", {"Steven", "Stephen"}, 12, {"Steve"}},
                                               {"", {"Andrew"}, 10, {"Andy", "Drew"}},
                                               {"", {"Edward"}, 7, {"Ed", "Ted", "Ned"}},
                                               {"", {"Brian", "Bryan"}, 8},
                                               {"", {"Jeffrey", "Geoffrey"}, 7, {"Jeff", "Geoff"}},
                                               {"", {"Nicholas", "Nicolas"}, 6, {"Nick"}},
                                               {"", {"Frederick", "Fredrick"}, 3, {"Fred"}},
                                               {"", {"Alistair", "Alastair"}, 1}};
  return names;
}

std::span<const KnownName> EnglishWomen() {
  static const std::vector<KnownName> names = {
      {"", {"Mary"}, 26, {"Molly"}},
      {"", {"Patricia"}, 14, {"Pat", "Trish"}},
      {"", {"Jennifer"}, 15, {"Jen", "Jenny"}},
      {"", {"Elizabeth", "Elisabeth"}, 17, {"Liz", "Beth", "Betty", "Lizzie"}},
      {"", {"Margaret"}, 9, {"Maggie", "Meg", "Peggy"}},
      {"", {"Susan", "Suzan"}, 11, {"Sue"}},
      {"", {"Katherine", "Catherine", "Kathryn"}, 10, {"Kate", "Kathy", "Cathy"}},
      {"", {"Sarah", "Sara"}, 13},
      {"", {"Deborah", "Debra"}, 6, {"Debbie"}},
      {"", {"Emily", "Emilie"}, 9},
      {"", {"Rebecca", "Rebekah"}, 7, {"Becky"}},
      {"", {"Nancy"}, 6},
      {"", {"Ann", "Anne"}, 8},
      {"", {"Anna"}, 6},
      {"", {"Laura", "Lora"}, 6}};
  return names;
}

std::span<const KnownName> EnglishFamilies() {
  static const std::vector<KnownName> names = {{"", {"Smith", "Smyth", "Smithe"}, 30},
                                               {"", {"Johnson", "Johnston"}, 22},
                                               {"", {"Williams"}, 18},
                                               {"", {"Brown", "Browne"}, 16},
                                               {"", {"Jones"}, 16},
                                               {"", {"Davis", "Davies"}, 12},
                                               {"", {"Miller"}, 12},
                                               {"", {"Wilson", "Willson"}, 10},
                                               {"", {"Taylor", "Tayler"}, 10},
                                               {"", {"Anderson", "Andersen"}, 9},
                                               {"", {"Thompson", "Thomson"}, 8},
                                               {"", {"Clark", "Clarke"}, 7},
                                               {"", {"Lewis", "Louis"}, 6},
                                               {"", {"Walker"}, 6},
                                               {"", {"Hall"}, 6},
                                               {"", {"Hill"}, 4},
                                               {"", {"Green", "Greene"}, 5},
                                               {"", {"O'Brien", "OBrien", "O Brien"}, 4},
                                               {"", {"McDonald", "MacDonald"}, 4},
                                               {"", {"Reid", "Reed", "Read"}, 3},
                                               {"", {"Stewart", "Stuart"}, 3},
                                               {"", {"Phillips", "Philips"}, 3},
                                               {"", {"Whitehead"}, 1},
                                               {"", {"Wainwright"}, 1},
                                               {"", {"Featherstone"}, 0.5},
                                               {"", {"Fitzgerald"}, 1},
                                               {"", {"Hargreaves", "Hargraves"}, 1},
                                               {"", {"Nightingale"}, 0.5}};
  return names;
}

std::span<const KnownName> FirmNames() {
  static const std::vector<KnownName> names = {
      {"پارس", {"Pars"}, 12},      {"آریا", {"Aria", "Arya"}, 8}, {"کیان", {"Kian"}, 5},
      {"البرز", {"Alborz"}, 6},    {"زاگرس", {"Zagros"}, 5},      {"سپاهان", {"Sepahan"}, 4},
      {"مهر", {"Mehr"}, 5},        {"توس", {"Toos", "Tous"}, 3},  {"خزر", {"Khazar"}, 4},
      {"کارون", {"Karoun"}, 3},    {"سپید", {"Sepid"}, 3},        {"نوین", {"Novin"}, 6},
      {"دماوند", {"Damavand"}, 3}, {"ارس", {"Aras"}, 2},          {"یزدان", {"Yazdan"}, 2},
      {"بهساز", {"Behsaz"}, 2},    {"راه آبی", {"Rah Abi"}, 1},   {"گلستان", {"Golestan"}, 3}};
  return names;
}

std::span<const KnownName> FirmTrades() {
  static const std::vector<KnownName> names = {{"فولاد", {"Steel"}, 6},
                                               {"پخش", {"Distribution"}, 8},
                                               {"دارو", {"Pharma"}, 5},
                                               {"صنعت", {"Industry"}, 8},
                                               {"تجارت", {"Trading"}, 9},
                                               {"پلاستیک", {"Plastics"}, 4},
                                               {"غذا", {"Food"}, 5},
                                               {"نساجی", {"Textile"}, 3},
                                               {"حمل", {"Transport"}, 4},
                                               {"لبنیات", {"Dairy"}, 3},
                                               {"رایانه", {"Computer"}, 3},
                                               {"چوب", {"Wood"}, 2},
                                               {"ساختمان", {"Construction"}, 5},
                                               {"شیمی", {"Chemical"}, 3}};
  return names;
}

std::span<const KnownName> Streets() {
  static const std::vector<KnownName> names = {{"خیابان ولیعصر", {"Valiasr Street"}, 10},
                                               {"خیابان انقلاب", {"Enghelab Street"}, 8},
                                               {"خیابان آزادی", {"Azadi Street"}, 8},
                                               {"بلوار کشاورز", {"Keshavarz Boulevard"}, 4},
                                               {"خیابان شریعتی", {"Shariati Street"}, 7},
                                               {"خیابان امام خمینی", {"Emam Street"}, 9},
                                               {"خیابان طالقانی", {"Taleghani Street"}, 6},
                                               {"خیابان بهشتی", {"Beheshti Street"}, 6},
                                               {"خیابان گلستان", {"Golestan Street"}, 3},
                                               {"خیابان مدرس", {"Modarres Street"}, 4},
                                               {"کوچه یاس", {"Yas Alley"}, 3},
                                               {"خیابان سعدی", {"Saadi Street"}, 4}};
  return names;
}

}  // namespace radyab::linkage
