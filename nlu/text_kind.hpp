#pragma once

#include <cstdint>

namespace sahut::nlu {

/// What a training text is. Only examples are held out; a keyword (title or tag) is heavier in the centroid, a
/// description (sentences of the answer) lighter.
enum class TextKind : std::uint8_t { example, keyword, description };

}  // namespace sahut::nlu
