// The sentences that come with the product: asking for a person, emergencies, and ordinary talk that belongs to no
// entry.
#pragma once

#include "knowledge/snapshot.hpp"

namespace sahut::knowledge {

/// From data/nlu/*.txt, one sentence a line; '#' starts a comment.
[[nodiscard]] const BuiltInLanguage& built_in_language();

}  // namespace sahut::knowledge
