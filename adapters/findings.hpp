// data/channels/findings.tsv: what an examination may find, with its sentence and its cure. Read once; a row with a
// fault is a fault of the build (a test reads it).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/examination.hpp"
#include "adapters/placeholders.hpp"
#include "values/problem.hpp"

namespace sahut::adapters {

struct Finding {
  std::string channel;  ///< telegram, whatsapp, gateway; "address" for our own public address
  std::string code;
  std::string check;
  Check::Status status = Check::Status::ok;
  std::vector<std::string> when;  ///< small letters; one of them in what the other side said means this row
  std::string what;
  std::string cure;  ///< empty: none
};

/// Problems name the line: wrong status, a code twice, a failure without a cure, words that are not in small letters.
[[nodiscard]] Result<std::vector<Finding>> parse_findings(std::string_view file, std::string_view bytes);

/// The table that comes with the product.
[[nodiscard]] const std::vector<Finding>& all_findings();

/// The row as a check, with {words} filled in. Throws std::logic_error if there is no such row.
[[nodiscard]] Check found(std::string_view channel, std::string_view code, const Words& words = {});

/// The first row of this check whose words are part of `said`, or nothing.
[[nodiscard]] std::optional<Check> recognised(std::string_view channel, std::string_view check, const std::string& said,
                                              const Words& words = {});

}  // namespace sahut::adapters
