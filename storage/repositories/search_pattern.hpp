// What people type into a search box, as a pattern for LIKE … ESCAPE '!'.
#pragma once

#include <string>
#include <string_view>

namespace sahut::storage {

/// Matches every text that contains `words`, where % and _ are letters like others. Empty for no words: no search.
[[nodiscard]] std::string pattern_containing(std::string_view words);

}  // namespace sahut::storage
