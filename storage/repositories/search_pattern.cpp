#include "storage/repositories/search_pattern.hpp"

namespace sahut::storage {

std::string pattern_containing(std::string_view words) {
  if (words.empty()) return {};
  std::string pattern = "%";
  for (const char letter : words) {
    if (letter == '%' || letter == '_' || letter == '!') pattern += '!';
    pattern += letter;
  }
  return pattern + '%';
}

}  // namespace sahut::storage
