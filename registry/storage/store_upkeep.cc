#include "registry/storage/store_upkeep.h"

namespace radyab::storage {

StoreUpkeep* UpkeepOf(Store& store) { return dynamic_cast<StoreUpkeep*>(&store); }

CountedRead* CountOf(ReadTransaction& transaction) {
  return dynamic_cast<CountedRead*>(&transaction);
}

}  // namespace radyab::storage
