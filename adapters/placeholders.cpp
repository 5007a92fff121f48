#include "adapters/placeholders.hpp"

namespace sahut::adapters {

std::string filled(const std::string& pattern, const Words& words) {
  std::string out;
  std::size_t from = 0;
  for (;;) {
    const std::size_t open = pattern.find('{', from);
    const std::size_t close = open == std::string::npos ? open : pattern.find('}', open);
    if (close == std::string::npos) return out + pattern.substr(from);
    out += pattern.substr(from, open - from);
    if (const auto word = words.find(pattern.substr(open + 1, close - open - 1)); word != words.end()) {
      out += word->second;
    }
    from = close + 1;
  }
}

}  // namespace sahut::adapters
