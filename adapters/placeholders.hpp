// Patterns with {words} in braces, filled in: sentences, and the requests that gateway profiles describe.
#pragma once

#include <map>
#include <string>

namespace sahut::adapters {

using Words = std::map<std::string, std::string>;

/// Every {word} replaced by its value, unknown ones by nothing; what is filled in is never looked through again.
[[nodiscard]] std::string filled(const std::string& pattern, const Words& words);

}  // namespace sahut::adapters
