#include "grpc/serving.h"

namespace radyab::rpc {

const char kServerVersion[] = RADYAB_VERSION;

}  // namespace radyab::rpc
