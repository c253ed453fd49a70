#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>
#include <set>
#include <string_view>

#include "tests/house/laws.h"

namespace radyab::house {
namespace {

// Folders whose README lists what each header is for.
constexpr std::string_view kProductFolders[] = {"coding", "registry", "scanner", "grpc", "clients"};

// Spelled in halves, so that this file does not break its own law.
const std::string kMachinePaths[] = {std::string("/wo") + "rk/", std::string("/tmp/br") + "ief",
                                     std::string("radyab-bu") + "ild.lock"};

// The name by which a link reaches a heading: lower case, blanks as hyphens, other ASCII marks left
// out.
std::string Anchor(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ')
      anchor += '-';
    else if (c == '-' || c == '_' || byte >= 0x80 || std::isalnum(byte) != 0)
      anchor += static_cast<char>(std::tolower(byte));
  }
  return anchor;
}

// Text of a markdown file outside ``` fences and `code`, with line ends kept.
std::string Prose(const std::string& text) {
  std::string prose;
  bool fenced = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    if (line.starts_with("```"))
      fenced = !fenced;
    else if (!fenced)
      prose += line;
    prose += '\n';
    begin = end + 1;
  }
  static const std::regex code("`[^`\n]*`");
  return std::regex_replace(prose, code, "");
}

std::set<std::string> Anchors(const std::string& text) {
  static const std::regex heading(R"((^|\n)#{1,6} +([^\n]+))");
  std::set<std::string> anchors;
  std::string plain = text;
  std::erase(plain, '`');
  for (std::sregex_iterator match(plain.begin(), plain.end(), heading), end; match != end;
       ++match) {
    anchors.insert(Anchor(std::string((*match)[2])));
  }
  return anchors;
}

// What is wrong with a link of `file` to `target`, or nothing.
std::string WhyBroken(const SourceTree& tree, const SourceFile& file, const std::string& target) {
  if (target.find("://") != std::string::npos || target.starts_with("mailto:")) return "";
  const std::size_t hash = target.find('#');
  const std::string path = target.substr(0, hash);
  std::string reached = file.path;
  if (!path.empty()) {
    reached = (std::filesystem::path(file.Folder()) / path).lexically_normal().generic_string();
    if (reached.ends_with('/')) reached.pop_back();
    if (!std::filesystem::exists(tree.root / reached)) return target + ": there is no " + reached;
  }
  if (hash == std::string::npos) return "";
  const SourceFile* found = tree.Find(reached);
  if (found == nullptr || !Anchors(found->text).contains(target.substr(hash + 1))) {
    return target + ": " + reached + " has no such heading";
  }
  return "";
}

void CheckMarkdownLinks(const SourceTree& tree, const SourceFile& file, Faults& faults) {
  static const std::regex link(R"re(\]\(([^)\s]+)(\s+"[^"]*")?\))re");
  const std::string prose = Prose(file.text);
  for (std::sregex_iterator match(prose.begin(), prose.end(), link), end; match != end; ++match) {
    const std::string why = WhyBroken(tree, file, (*match)[1]);
    if (!why.empty()) {
      faults.push_back(
          {file.path, LineAt(prose, static_cast<std::size_t>(match->position())), why});
    }
  }
}

// Comments send readers to docs/NAME.md by its path from the root.
void CheckNamedDocs(const SourceTree& tree, const SourceFile& file, Faults& faults) {
  static const std::regex named(R"((^|[\s("'`])(docs/[\w./-]+\.md))");
  for (std::sregex_iterator match(file.text.begin(), file.text.end(), named), end; match != end;
       ++match) {
    if (tree.Find(std::string((*match)[2])) != nullptr) continue;
    faults.push_back({file.path, LineAt(file.text, static_cast<std::size_t>(match->position(2))),
                      std::string((*match)[2]) + ": there is no such page"});
  }
}

}  // namespace

Faults FoldersListTheirHeaders(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    const bool product =
        std::ranges::any_of(kProductFolders, [&](auto folder) { return file.Below(folder); });
    if (!product || !file.EndsWith(".h")) continue;
    const std::string page = file.Folder() + "/README.md";
    const SourceFile* readme = tree.Find(page);
    if (readme == nullptr) {
      faults.push_back({page, 0, "is missing: it lists " + file.Name()});
    } else if (FindWord(readme->text, file.Name()).empty()) {
      faults.push_back({page, 0, "does not list " + file.Name()});
    }
  }
  return faults;
}

Faults LinksResolve(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (file.Below("tests/house")) continue;  // plants broken links
    if (file.EndsWith(".md")) CheckMarkdownLinks(tree, file, faults);
    CheckNamedDocs(tree, file, faults);
  }
  return faults;
}

Faults NoMachinePaths(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    for (const std::string& path : kMachinePaths) {
      for (std::size_t at = file.text.find(path); at != std::string::npos;
           at = file.text.find(path, at + 1)) {
        faults.push_back({file.path, LineAt(file.text, at), path + ": a path of one machine"});
      }
    }
  }
  return faults;
}

Faults LockFilesNameNoHost(const SourceTree& tree) {
  static const std::regex resolved(R"re("resolved"\s*:\s*"https?://)re");
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (file.Name() != "package-lock.json") continue;
    if (std::smatch match; std::regex_search(file.text, match, resolved)) {
      faults.push_back({file.path, LineAt(file.text, static_cast<std::size_t>(match.position())),
                        "lock files name no host: npm install --omit-lockfile-registry-resolved"});
    }
  }
  return faults;
}

}  // namespace radyab::house
