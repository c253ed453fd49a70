#include <algorithm>
#include <initializer_list>
#include <regex>
#include <set>
#include <string_view>

#include "tests/house/laws.h"

namespace radyab::house {
namespace {

// Headers of the standard library that a pure value layer has a use for: no files, threads, clocks
// or signals.
const std::set<std::string, std::less<>> kPureStandardHeaders = {"algorithm",
                                                                 "any",
                                                                 "array",
                                                                 "atomic",
                                                                 "bit",
                                                                 "bitset",
                                                                 "cassert",
                                                                 "cctype",
                                                                 "cerrno",
                                                                 "cfloat",
                                                                 "charconv",
                                                                 "chrono",
                                                                 "cinttypes",
                                                                 "climits",
                                                                 "cmath",
                                                                 "compare",
                                                                 "complex",
                                                                 "concepts",
                                                                 "cstdarg",
                                                                 "cstddef",
                                                                 "cstdint",
                                                                 "cstdio",
                                                                 "cstdlib",
                                                                 "cstring",
                                                                 "cuchar",
                                                                 "cwchar",
                                                                 "deque",
                                                                 "exception",
                                                                 "forward_list",
                                                                 "functional",
                                                                 "initializer_list",
                                                                 "iomanip",
                                                                 "iosfwd",
                                                                 "iterator",
                                                                 "limits",
                                                                 "list",
                                                                 "map",
                                                                 "memory",
                                                                 "memory_resource",
                                                                 "new",
                                                                 "numbers",
                                                                 "numeric",
                                                                 "optional",
                                                                 "ostream",
                                                                 "queue",
                                                                 "ranges",
                                                                 "ratio",
                                                                 "set",
                                                                 "span",
                                                                 "sstream",
                                                                 "stack",
                                                                 "stdexcept",
                                                                 "string",
                                                                 "string_view",
                                                                 "system_error",
                                                                 "tuple",
                                                                 "type_traits",
                                                                 "typeindex",
                                                                 "typeinfo",
                                                                 "unordered_map",
                                                                 "unordered_set",
                                                                 "utility",
                                                                 "valarray",
                                                                 "variant",
                                                                 "vector",
                                                                 "version"};

// Words of allowed headers that read the world all the same.
constexpr std::string_view kImpureWords[] = {
    "system_clock", "steady_clock",  "high_resolution_clock",
    "utc_clock",    "clock_gettime", "gettimeofday",
    "getenv",       "fopen",         "fdopen",
    "printf",       "fprintf",       "fputs",
    "puts",         "system"};

bool StartsWithAny(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  return std::ranges::any_of(beginnings,
                             [&](auto beginning) { return text.starts_with(beginning); });
}

bool IsServiceHeader(std::string_view target) {
  return target.ends_with(".grpc.pb.h") || target.ends_with("_service.pb.h");
}

bool IsHttpHeader(std::string_view target) {
  return target.find("httplib") != std::string_view::npos ||
         StartsWithAny(target, {"curl/", "microhttpd", "boost/beast", "civetweb"});
}

// One fault for each include below `folder` that `forbidden(file, include)` names a reason for.
template <class Forbidden>
Faults CheckIncludes(const SourceTree& tree, std::string_view folder, Forbidden forbidden) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!file.Below(folder)) continue;
    for (const Include& include : file.includes) {
      const std::string reason = forbidden(file, include);
      if (!reason.empty())
        faults.push_back({file.path, include.line, include.target + ": " + reason});
    }
  }
  return faults;
}

std::string WhyCodingMayNot(const SourceFile& file, const Include& include) {
  const std::string& target = include.target;
  if (target.starts_with("openssl/")) {
    return file.path == "coding/permutation.cc" ? "" : "libcrypto only in coding/permutation.cc";
  }
  if (target.starts_with("unicode/")) {
    return file.path == "coding/text_fold.cc" ? "" : "ICU only in coding/text_fold.cc";
  }
  if (StartsWithAny(target, {"coding/", "absl/"})) return "";
  if (include.angled && kPureStandardHeaders.contains(target)) return "";
  return "coding may include std without I/O, clocks and threads, absl and itself only";
}

}  // namespace

Faults CodingKnowsNobody(const SourceTree& tree) {
  Faults faults = CheckIncludes(tree, "coding", WhyCodingMayNot);
  for (const SourceFile& file : tree.files) {
    if (!file.Below("coding")) continue;
    for (const std::string_view word : kImpureWords) {
      for (const std::size_t place : FindWord(file.code, word)) {
        faults.push_back({file.path, LineAt(file.code, place),
                          std::string(word) + ": coding does no I/O and knows no clock"});
      }
    }
  }
  return faults;
}

Faults RegistryKnowsNoRpc(const SourceTree& tree) {
  return CheckIncludes(tree, "registry",
                       [](const SourceFile&, const Include& include) -> std::string {
                         if (StartsWithAny(include.target, {"grpc/", "grpcpp/", "grpc++/"}))
                           return "registry never sees gRPC";
                         if (StartsWithAny(include.target, {"scanner/", "clients/"}))
                           return "registry never looks upward";
                         if (IsHttpHeader(include.target)) return "registry never sees HTTP";
                         if (IsServiceHeader(include.target))
                           return "registry sees resource messages, no service or request";
                         return "";
                       });
}

Faults LinkageIsPlainValues(const SourceTree& tree) {
  return CheckIncludes(
      tree, "registry", [](const SourceFile& file, const Include& include) -> std::string {
        const bool linkage = file.Below("registry/linkage");
        if (!linkage && include.target.starts_with("registry/linkage/")) {
          return file.Below("registry/parties") || file.Below("registry/catalog")
                     ? ""
                     : "linkage is called by registry/parties and registry/catalog only";
        }
        const bool plain =
            include.angled
                ? kPureStandardHeaders.contains(include.target)
                : StartsWithAny(include.target, {"coding/", "absl/", "registry/linkage/"});
        return linkage && !plain ? "linkage may include std without I/O, coding and itself only"
                                 : "";
      });
}

Faults ScannerKnowsOnlyCoding(const SourceTree& tree) {
  return CheckIncludes(
      tree, "scanner", [](const SourceFile&, const Include& include) -> std::string {
        if (StartsWithAny(include.target,
                          {"registry/", "grpc/", "grpcpp/", "clients/", "radyab/", "lmdb.h"}) ||
            IsServiceHeader(include.target)) {
          return "of our layers the scanner sees coding only";
        }
        return "";
      });
}

Faults GrpcKnowsNoClient(const SourceTree& tree) {
  return CheckIncludes(tree, "grpc", [](const SourceFile&, const Include& include) -> std::string {
    return include.target.starts_with("clients/") ? "the server never looks at its clients" : "";
  });
}

Faults ClientsKnowNoRegistry(const SourceTree& tree) {
  return CheckIncludes(tree, "clients",
                       [](const SourceFile&, const Include& include) -> std::string {
                         const bool ours = include.target.starts_with("registry/") ||
                                           (include.target.starts_with("grpc/") && !include.angled);
                         return ours ? "clients see protos, coding and scanner only" : "";
                       });
}

Faults OurIncludesAreQuotedFromTheRoot(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    for (const Include& include : file.includes) {
      const std::string& target = include.target;
      const std::string beside = file.Folder() + "/" + target;
      const bool ours = tree.Find(target) != nullptr || target.starts_with("radyab/");
      if (include.angled && ours) {
        faults.push_back(
            {file.path, include.line, "<" + target + ">: our own includes are quoted"});
      } else if (target.starts_with(".") || (!ours && tree.Find(beside) != nullptr)) {
        faults.push_back({file.path, include.line, target + ": write our includes from the root"});
      }
    }
  }
  return faults;
}

Faults OnlyMainFilesDefineMain(const SourceTree& tree) {
  static const std::regex definition(R"(\b(int|auto|void)\s+main\s*\()");
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!file.IsCpp() || file.Below("tests")) continue;
    const auto count =
        std::distance(std::sregex_iterator(file.code.begin(), file.code.end(), definition), {});
    const bool library = file.Below("coding") || file.Below("registry");
    if (file.EndsWith("_main.cc") && !library) {
      if (count != 1) faults.push_back({file.path, 0, "a *_main.cc defines main once"});
    } else if (count != 0) {
      faults.push_back({file.path, 0, "main belongs in a *_main.cc of scanner, grpc or clients"});
    }
  }
  return faults;
}

}  // namespace radyab::house
