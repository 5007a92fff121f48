// The built-in lexicon, parsed once for all tables of this program.
#pragma once

#include <memory>

#include "nlu/default_lexicon.hpp"

namespace sahut::nlu {

inline const std::shared_ptr<const Lexicon>& shared_lexicon() {
  static const std::shared_ptr<const Lexicon> shared = default_lexicon();
  return shared;
}
inline const Lexicon& lexicon() {
  return *shared_lexicon();
}

}  // namespace sahut::nlu
