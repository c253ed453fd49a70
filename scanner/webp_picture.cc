// WebP by libwebp; of an animation the first frame.
#include <webp/decode.h>
#include <webp/demux.h>

#include "scanner/picture_formats.h"

namespace radyab::scanner {
namespace {

// The bytes of the first frame of an animation; empty when there is none.
std::string_view FirstFrame(std::string_view bytes) {
  const WebPData data = {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  WebPDemuxer* demuxer = WebPDemux(&data);
  if (demuxer == nullptr) return {};
  WebPIterator frame{};
  std::string_view found;
  if (WebPDemuxGetFrame(demuxer, 1, &frame) != 0) {
    found = {reinterpret_cast<const char*>(frame.fragment.bytes), frame.fragment.size};
    WebPDemuxReleaseIterator(&frame);
  }
  WebPDemuxDelete(demuxer);
  return found;
}

}  // namespace

Outcome<GreyPicture> DecodeWebp(std::string_view bytes) {
  WebPBitstreamFeatures features{};
  const auto look = [&features](std::string_view part) {
    return WebPGetFeatures(reinterpret_cast<const std::uint8_t*>(part.data()), part.size(),
                           &features) == VP8_STATUS_OK;
  };
  if (!look(bytes)) return DamagedPicture("WebP", "its header cannot be read");
  if (features.has_animation != 0) {
    bytes = FirstFrame(bytes);
    if (bytes.empty() || !look(bytes)) return DamagedPicture("WebP", "it has no first frame");
  }
  if (auto refused = RefuseSize("WebP", features.width, features.height)) return *refused;

  const int channels = features.has_alpha != 0 ? 4 : 3;
  const std::size_t stride = static_cast<std::size_t>(features.width) * channels;
  std::vector<std::uint8_t> colours(stride * features.height);
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  auto* const decode = channels == 4 ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
  if (decode(data, bytes.size(), colours.data(), colours.size(), static_cast<int>(stride)) ==
      nullptr) {
    return DamagedPicture("WebP", "its pixels cannot be decoded, or the file ends too early");
  }
  GreyPicture picture = GreyPicture::Blank(features.width, features.height);
  const std::uint8_t* colour = colours.data();
  for (std::uint8_t& pixel : picture.pixels) {
    pixel = GreyOfColour(colour[0], colour[1], colour[2]);
    if (channels == 4) pixel = OverWhite(pixel, colour[3]);
    colour += channels;
  }
  return picture;
}

}  // namespace radyab::scanner
