// How like two items, or two services, are: whether somebody may have registered one twice.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "radyab/v1/catalog.pb.h"
#include "registry/storage/store.h"

namespace radyab::catalog {

// From here on two items may be one and are looked at; from there on they likely are.
inline constexpr double kReviewLikeness = 0.85;
inline constexpr double kSuggestedLikeness = 0.97;

// Of two folded names (coding/text_fold.h), 0 to 1. Names are words and numbers, whatever stands
// between them and in whatever order. Numbers and single letters tell sizes and models apart: they
// must be the same. Words answer each other when they are spelled nearly alike; each counts by its
// length. 0 when a name has no letter. Any thread.
double NameLikeness(std::string_view left, std::string_view right);

// The left one of many such comparisons.
class ComparedName {
 public:
  explicit ComparedName(std::string_view folded);
  // NameLikeness of it and the other folded name.
  double LikenessTo(std::string_view folded) const;

 private:
  struct Parts {
    std::vector<std::u32string> words;
    std::vector<std::u32string> marks;  // numbers without leading zeros, single letters; sorted
  };
  static Parts PartsOf(std::string_view folded);

  std::uint64_t sum_of_marks_;
  Parts parts_;
};

// Of two items of one member, 0 to 1: the mean over the languages in which both have a name, less
// for a class, a unit and each attribute that differs. 0 for items of other birth classes, of
// different generic items (their GTINs tell them apart), and for those that differ in an attribute
// that identifies goods of their class. Reads their class.
absl::StatusOr<double> ItemLikeness(storage::ReadTransaction& transaction, const v1::Item& one,
                                    const v1::Item& other);

}  // namespace radyab::catalog
