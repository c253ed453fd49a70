// Of ZXing-cpp 3.1: nothing of it is used, that it is there tells the version.
#pragma once
