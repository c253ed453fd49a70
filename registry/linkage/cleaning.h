// A customer's record as it came, brought into one form before it is compared: every step told.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::linkage {

// One value of a record as it came: "gender" = "خانم". A record may give a field twice.
struct RawField {
  std::string name;
  std::string value;
};

// The words of one field that mean one thing: "city" has "تهران" for "tehran", "thr", "تهران".
// Looked up by the fold of coding::FoldText. Plain value.
class ValueList {
 public:
  // `wordings` of `value`, beside itself.
  void Add(std::string_view value, const std::vector<std::string>& wordings);
  // The value a wording stands for; nullptr when the list has none.
  const std::string* Find(std::string_view wording) const;

 private:
  std::map<std::string, std::string, std::less<>> by_fold_;
};

// What is known beforehand: the value lists of fields, and how fields of one form are written.
struct CleaningRules {
  enum class Form { kText, kDigits, kLowerCase };
  std::map<std::string, Form, std::less<>> forms;       // of a field; else kText
  std::map<std::string, ValueList, std::less<>> lists;  // fields that have one
};

// One change of one value.
struct CleaningStep {
  std::string field;
  std::string rule;  // "blanks", "digits", "lower case", "value list"
  std::string before;
  std::string after;

  friend bool operator==(const CleaningStep&, const CleaningStep&) = default;
};

// A value that the list of its field does not know, for a clerk to map.
struct UnmappedValue {
  std::string field;
  std::string value;

  friend bool operator==(const UnmappedValue&, const UnmappedValue&) = default;
};

// A field given with values that cannot both be true, kept apart with all of them.
struct Contradiction {
  std::string field;
  std::vector<std::string> values;  // cleaned, each once, in the order given

  friend bool operator==(const Contradiction&, const Contradiction&) = default;
};

struct CleanedRecord {
  // One value a field. A field in `contradictions` is not among them; one in `unmapped` is, as it
  // was given.
  std::map<std::string, std::string, std::less<>> values;
  std::vector<CleaningStep> steps;  // in the order done; before and after differ in each
  std::vector<UnmappedValue> unmapped;
  std::vector<Contradiction> contradictions;

  bool quarantined() const { return !contradictions.empty(); }
};

// Unifies forms, maps values to their lists, then looks for contradictions, in this order. Nothing
// is dropped but empty values. Cleaning what is clean changes nothing. Thread safe.
CleanedRecord CleanRecord(const std::vector<RawField>& fields, const CleaningRules& rules);

}  // namespace radyab::linkage
