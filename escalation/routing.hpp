// Which office a matter belongs to.
#pragma once

#include <string>
#include <string_view>

#include "escalation/city.hpp"

namespace sahut::escalation {

/// The office that answers for a topic: the entry's own office if it exists, else one that lists the topic or category,
/// else the front desk (the office that lists "umum", else the first). REQUIRES: the city has an office.
[[nodiscard]] const Office& route(const City& city, std::string_view entry_office, std::string_view topic,
                                  std::string_view category);

}  // namespace sahut::escalation
