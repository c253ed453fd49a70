// One GS1 element: an application identifier and its value.
#pragma once

#include <string>

namespace radyab::coding {

struct Element {
  std::string ai;     // "01"
  std::string value;  // "09521234543213"

  friend bool operator==(const Element&, const Element&) = default;
};

}  // namespace radyab::coding
