#include "tests/scanner/pdf_writer.h"

#include <zlib.h>

#include <cstdio>

namespace radyab::scanner {
namespace {

std::string Number(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4f", number);
  return text;
}

// Objects in order, numbered from 1; the first is the catalogue.
std::string Document(const std::vector<std::string>& objects, const std::string& trailer = "") {
  std::string pdf = "%PDF-1.5\n";
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    places.push_back(pdf.size());
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t place : places) {
    char row[24];
    std::snprintf(row, sizeof row, "%010zu 00000 n \n", place);
    pdf += row;
  }
  pdf += "trailer\n<< /Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R " + trailer +
         " >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  return pdf;
}

std::string Stream(const std::string& entries, std::string_view bytes) {
  return "<< " + entries + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" +
         std::string(bytes) + "\nendstream";
}

std::string Reference(std::size_t number) { return std::to_string(number) + " 0 R"; }

// `text` as often as told, deflated piece by piece.
std::string Deflated(std::string_view text, int repeated) {
  z_stream codec{};
  deflateInit(&codec, Z_BEST_COMPRESSION);
  std::string out;
  char piece[64 << 10];
  for (int i = 0; i < repeated; ++i) {
    codec.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    codec.avail_in = static_cast<uInt>(text.size());
    do {
      codec.next_out = reinterpret_cast<Bytef*>(piece);
      codec.avail_out = sizeof piece;
      deflate(&codec, i + 1 == repeated ? Z_FINISH : Z_NO_FLUSH);
      out.append(piece, sizeof piece - codec.avail_out);
    } while (codec.avail_out == 0);
  }
  deflateEnd(&codec);
  return out;
}

}  // namespace

std::string PdfOfPictures(const std::vector<PaperPicture>& pages) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", ""};
  std::string kids;
  for (const PaperPicture& page : pages) {
    const GreyPicture& picture = page.picture;
    const std::size_t first = objects.size() + 1;
    const std::string width = Number(picture.width * page.points_a_pixel);
    const std::string height = Number(picture.height * page.points_a_pixel);
    kids += Reference(first) + " ";
    objects.push_back("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + width + " " + height +
                      "] /Contents " + Reference(first + 1) + " /Resources << /XObject << /P " +
                      Reference(first + 2) + " >> >> >>");
    objects.push_back(Stream("", width + " 0 0 " + height + " 0 0 cm /P Do"));
    objects.push_back(Stream(
        "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Width " +
            std::to_string(picture.width) + " /Height " + std::to_string(picture.height),
        {reinterpret_cast<const char*>(picture.pixels.data()), picture.pixels.size()}));
  }
  objects[1] =
      "<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages.size()) + " >>";
  return Document(objects);
}

std::string PdfOfContent(double width, double height, std::string_view content, int repeated) {
  return Document({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + Number(width) + " " +
                       Number(height) + "] /Contents 4 0 R /Resources << >> >>",
                   Stream("/Filter /FlateDecode", Deflated(content, repeated))});
}

std::string PdfWithPassword() {
  const std::string key(64, 'a');  // 32 bytes in hexadecimal digits, which no password leads to
  return Document({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>",
                   "<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + key + "> /U <" + key + "> >>"},
                  "/Encrypt 3 0 R /ID [<" + key + "> <" + key + ">]");
}

}  // namespace radyab::scanner
