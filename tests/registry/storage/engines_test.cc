// Which engines pass the conformance suite.
#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {

INSTANTIATE_TEST_SUITE_P(Engines, StoreConformance, testing::ValuesIn(AllEngines()), EngineName);

}  // namespace radyab::storage
