// Receipts as JSON: stored with each reply, shown on the desk, printed by `sahut ask --json`.
#pragma once

#include <nlohmann/json.hpp>

#include "conversation/decision.hpp"

namespace sahut::conversation {

/// The whole receipt, for officers, editors and the terminal.
[[nodiscard]] nlohmann::json to_json(const Receipt& receipt);

/// What a resident may see of a stored receipt: action, entry and revision.
[[nodiscard]] nlohmann::json public_part(const nlohmann::json& receipt);

}  // namespace sahut::conversation
