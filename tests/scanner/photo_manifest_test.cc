#include "tests/scanner/photo_manifest.h"

#include <gtest/gtest.h>

#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

TEST(PhotoManifest, ReadsRowsAndTheirEscapes) {
  const TemporaryFolder folder;
  folder.Write("manifest.tsv",
               "path\tsymbology\tkind\texpected\na/1.png\tQRCode\tpositive\ta\\tb\\\\n<GS>\\0.\n"
               "b/2.png\tnone\tnegative\t\n");
  const auto photos = ReadPhotoManifest(folder.path());
  ASSERT_EQ(photos.size(), 2U);
  EXPECT_EQ(photos[0].path, "a/1.png");
  EXPECT_EQ(photos[0].expected, std::string("a\tb\\n\x1D\0.", 8));
  EXPECT_EQ(photos[1].kind, "negative");
  EXPECT_EQ(photos[1].expected, "");
  EXPECT_TRUE(ReadPhotoManifest(folder.path() + "/absent").empty());
}

TEST(PhotoManifest, ComparesWithoutConventionsOfWriting) {
  EXPECT_EQ(NormalText("UPCE", "01234565"), NormalText("UPCA", "0012345000065"));
  EXPECT_EQ(NormalText("EAN13", "0012345000065"), NormalText("UPCA", "012345000065"));
  EXPECT_EQ(NormalText("DataBarExpanded", "(01)1(10)A\x1D(21)B"), "01110A21B");
  EXPECT_EQ(NormalText("QRCode", "a\r\nb"), NormalText("QRCode", "a\nb"));
  EXPECT_NE(NormalText("Code128", "0012"), NormalText("Code128", "12"));
}

}  // namespace
}  // namespace radyab::scanner
