// What each step of reading pictures tries, reads and costs.
#pragma once

#include <string>
#include <vector>

namespace radyab::scanner {

// Reads the pictures in this process, each twice, of which the quicker reading counts, and prints a
// line a step, the dearest first: how often it was taken, how many symbols it read, its processor
// time in all, and by how much it made the mean of the pictures longer.
void PrintRungFigures(const std::vector<std::string>& paths);

}  // namespace radyab::scanner
