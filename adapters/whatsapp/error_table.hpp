// data/channels/whatsapp-errors.tsv as a lookup. Read once; a row with a fault is a fault of the build (a test reads
// it).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/channel.hpp"
#include "values/problem.hpp"

namespace sahut::adapters::whatsapp {

struct ErrorMeaning {
  SendVerdict::Kind kind = SendVerdict::Kind::retry;
  bool whole_channel = false;  ///< of wait
  std::int64_t wait_ms = 0;    ///< of wait, when the answer names no time
  std::string meaning;
};

class ErrorTable {
 public:
  /// Problems name the line: unknown class, bad code, overlapping codes, a wait without its time.
  [[nodiscard]] static Result<ErrorTable> parse(std::string_view file, std::string_view bytes);

  /// The row of the code with this subcode, else of the code alone, else null: Meta adds codes without notice.
  [[nodiscard]] const ErrorMeaning* find(std::int64_t code, std::int64_t subcode = 0) const;
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

 private:
  struct Row {
    std::int64_t last = 0;  ///< of a range; the code itself otherwise
    ErrorMeaning meaning;
  };
  std::map<std::pair<std::int64_t, std::int64_t>, Row> rows_;  ///< by (subcode, first code): 0 = any subcode
};

/// The table that comes with the product.
[[nodiscard]] const ErrorTable& default_error_table();

}  // namespace sahut::adapters::whatsapp
