// Labels of every kind, read by two programs that are not ours: zbarimg and zxing-wasm.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "scanner/label_files.h"
#include "tests/scanner/labels/label_samples.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using nlohmann::json;

std::string OutputOf(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string output;
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    output.append(buffer, got);
  ::pclose(pipe);
  return output;
}

struct PrintedLabel {
  std::string name;
  std::string path;
  std::vector<CarrierPayload> payloads;
};

// Every template with every kind of symbol, in every language, at both resolutions.
std::vector<PrintedLabel> PrintAll(const TemporaryFolder& folder) {
  std::vector<PrintedLabel> printed;
  for (const TemplateCase& label : TemplateCases()) {
    for (const auto language : {LabelLanguage::kFa, LabelLanguage::kAr, LabelLanguage::kEn}) {
      for (const int dots_per_inch : {203, 300}) {
        const auto sheet = LayOutTemplate(SampleContent(label.label),
                                          {label.label, language, dots_per_inch, label.carriers});
        EXPECT_TRUE(sheet.ok()) << label.name << ": " << sheet.fault().message;
        const auto png = sheet.ok() ? WriteLabelPng(*sheet) : Outcome<std::string>(std::string());
        const std::string name = label.name + " " + std::string(LanguageWord(language)) + " " +
                                 std::to_string(dots_per_inch);
        printed.push_back(
            {name, folder.Write(std::to_string(printed.size()) + ".png", *png), PayloadsOf(label)});
      }
    }
  }
  return printed;
}

std::string ZbarName(Symbology symbology) {
  switch (symbology) {
    case Symbology::kQrCode:
      return "QR-Code";
    case Symbology::kCode128:
      return "CODE-128";
    case Symbology::kEan13:
      return "EAN-13";
    case Symbology::kItf:
      return "I2/5";
    default:
      return "";
  }
}

// zbar knows no Data Matrix; every other symbol it reads. A leading FNC1 of a GS1 QR code it gives
// as GS.
TEST(OtherReaders, ZbarReadsEveryKindThatItKnows) {
  const TemporaryFolder folder;
  std::set<Symbology> seen;
  for (const PrintedLabel& label : PrintAll(folder)) {
    const std::string output = OutputOf("zbarimg -q --set '*.enable' '" + label.path + "'");
    for (const CarrierPayload& payload : label.payloads) {
      const std::string name = ZbarName(payload.symbology);
      if (name.empty()) continue;
      seen.insert(payload.symbology);
      EXPECT_THAT(output, testing::HasSubstr(name + ":" + payload.message + "\n")) << label.name;
    }
  }
  EXPECT_EQ(seen.size(), 4u);
}

TEST(OtherReaders, ZxingWasmReadsEveryKind) {
  const TemporaryFolder folder;
  const auto printed = PrintAll(folder);
  std::string command = "node '" RADYAB_SOURCE_DIR "/tests/scanner/other_readers/read.mjs'";
  std::map<std::string, const PrintedLabel*> by_path;
  for (const PrintedLabel& label : printed) {
    command += " '" + label.path + "'";
    by_path[label.path] = &label;
  }
  const std::string output = OutputOf(command);
  std::size_t lines = 0;
  for (std::size_t begin = 0; begin < output.size(); ++lines) {
    const std::size_t end = std::min(output.find('\n', begin), output.size());
    const json line = json::parse(output.substr(begin, end - begin));
    begin = end + 1;
    const PrintedLabel& label = *by_path.at(line["file"]);
    std::vector<std::pair<std::string, bool>> read;
    for (const json& symbol : line["symbols"]) read.emplace_back(symbol["text"], symbol["gs1"]);
    std::vector<std::pair<std::string, bool>> wanted;
    for (const CarrierPayload& payload : label.payloads)
      wanted.emplace_back(payload.message, payload.gs1);
    EXPECT_THAT(read, testing::UnorderedElementsAreArray(wanted)) << label.name;
  }
  EXPECT_EQ(lines, printed.size()) << "npm modules are installed by tests/install_modules.sh";
}

}  // namespace
}  // namespace radyab::scanner
