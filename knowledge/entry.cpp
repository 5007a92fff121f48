#include "knowledge/entry.hpp"

namespace sahut::knowledge {
std::string_view name_of(HandoffPolicy policy) {
  switch (policy) {
    case HandoffPolicy::never:
      return "never";
    case HandoffPolicy::offer:
      return "offer";
    case HandoffPolicy::always:
      return "always";
  }
  return "offer";
}

}  // namespace sahut::knowledge
