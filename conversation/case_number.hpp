// Case numbers as people write them: BPN-2611-0042.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sahut::conversation {

/// The first case number in a text, in upper case with dashes: letters, then YYMM, then at least four digits. Spaces
/// instead of dashes are understood ("bpn 2611 0042").
[[nodiscard]] std::optional<std::string> find_case_number(std::string_view text);

/// REQUIRES: local_date is YYYY-MM-DD. ("BPN", "2026-11-24", 42) → "BPN-2611-0042"
[[nodiscard]] std::string case_number(std::string_view prefix, std::string_view local_date, std::int64_t ordinal);

}  // namespace sahut::conversation
