#include "clients/warehouse/frame_memory.h"

namespace radyab::warehouse {

std::vector<std::string> FrameMemory::NewIn(std::int64_t frame,
                                            const std::vector<std::string>& texts) {
  std::erase_if(
      seen_, [&](const auto& entry) { return frame - entry.second.last_frame > kFramesUntilGone; });
  std::map<std::string, std::size_t> here;
  std::vector<std::string> scans;
  for (const std::string& text : texts) {
    InView& view = seen_[text];
    view.last_frame = frame;
    if (++here[text] <= view.most_at_once) continue;
    view.most_at_once = here[text];
    scans.push_back(text);
  }
  return scans;
}

}  // namespace radyab::warehouse
