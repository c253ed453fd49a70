// Fontconfig keeps its caches to the end of the process; to a leak checker that looks like a leak.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
