// The laws of docs/architecture.md and the house rules of our libraries, each a function from the
// checkout to what breaks it. An empty answer means the law is kept. planted_faults_test.cc shows
// that each law can be broken.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "tests/house/source_tree.h"

namespace radyab::house {

struct Fault {
  std::string path;
  std::size_t line = 0;  // 1-based; 0 when the whole file, or a missing one, is meant
  std::string what;

  friend std::ostream& operator<<(std::ostream& out, const Fault& fault) {
    return out << "\n" << fault.path << ":" << fault.line << ": " << fault.what;
  }
};
using Faults = std::vector<Fault>;

// layer_laws.cc: who may include whom.
Faults CodingKnowsNobody(const SourceTree& tree);
Faults RegistryKnowsNoRpc(const SourceTree& tree);
// registry/linkage sees coding only, and is seen by registry/parties only.
Faults LinkageIsPlainValues(const SourceTree& tree);
Faults ScannerKnowsOnlyCoding(const SourceTree& tree);
Faults GrpcKnowsNoClient(const SourceTree& tree);
Faults ClientsKnowNoRegistry(const SourceTree& tree);
Faults OurIncludesAreQuotedFromTheRoot(const SourceTree& tree);
Faults OnlyMainFilesDefineMain(const SourceTree& tree);

// storage_laws.cc: engines, and the settings of LMDB that lose or mix data.
Faults OnlyStoresIncludeEngines(const SourceTree& tree);
Faults OnlyOpenStoreNamesBothEngines(const SourceTree& tree);
Faults LmdbIsUsedSafely(const SourceTree& tree);

// grpc_laws.cc: names that would replace gRPC's headers, server options, resources and services
// apart. `installed` is the folder of gRPC's own headers.
Faults GrpcNamesAreFree(const SourceTree& tree, const std::filesystem::path& installed);
Faults ServerIsBuiltSafely(const SourceTree& tree);
Faults ProtosKeepResourcesApart(const SourceTree& tree);

// style_laws.cc: sizes and words.
Faults FilesStaySmall(const SourceTree& tree);
Faults HeadersHavePragmaOnce(const SourceTree& tree);
Faults NoForbiddenWords(const SourceTree& tree);
Faults NoTestIsSkipped(const SourceTree& tree);

// docs_laws.cc: what is written about the code agrees with it.
Faults FoldersListTheirHeaders(const SourceTree& tree);
Faults LinksResolve(const SourceTree& tree);
Faults NoMachinePaths(const SourceTree& tree);
Faults LockFilesNameNoHost(const SourceTree& tree);

}  // namespace radyab::house
