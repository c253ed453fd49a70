// The names of two records: which of their spellings agree best, and how common that name is.
#pragma once

#include "registry/linkage/comparison.h"

namespace radyab::linkage {

// Fills the levels and frequencies of given, family and firm name, and cannot_be_one when both bear
// different marks of a generation. Every spelling of one is held against every spelling of the
// other, also with given and family name changed over. Thread safe.
void CompareNames(const PreparedRecord& left, const PreparedRecord& right,
                  const NameFrequency& frequency, Comparison& comparison);

}  // namespace radyab::linkage
