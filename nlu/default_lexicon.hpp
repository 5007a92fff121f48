// The lexicon that is built into the program (data/lexicon/*.tsv, embedded).
#pragma once

#include <memory>

#include "nlu/lexicon.hpp"

namespace sahut::nlu {

/// Parses the embedded lists; costs tens of milliseconds, so make one and share it. A broken embedded list stops the
/// program: it is a broken invariant, caught by the tests of the lists.
[[nodiscard]] std::shared_ptr<const Lexicon> default_lexicon();

/// The embedded files, for checkers.
[[nodiscard]] std::vector<LexiconFile> default_lexicon_files();

}  // namespace sahut::nlu
