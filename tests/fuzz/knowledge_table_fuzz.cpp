// Any bytes as a knowledge table: read or refused, and what is read is read again from what is written of it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "knowledge/entry_csv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sahut::knowledge;
  const ParsedTable table = parse_table({reinterpret_cast<const char*>(data), size}, "fuzz.csv");
  if (!table.file.problems.empty()) return 0;
  if (table.lines.size() != table.file.entries.size()) std::abort();
  const ParsedTable again = parse_table(to_table(table.file.entries), "again.csv");
  if (!again.file.problems.empty() || again.file.entries != table.file.entries) std::abort();
  return 0;
}
