// A refusal of the Graph API to a question about an account, as a finding.
#pragma once

#include <optional>
#include <string>

#include "adapters/examination.hpp"
#include "adapters/json_reader.hpp"

namespace sahut::adapters::whatsapp {

/// An answer of the Graph API: its JSON, or what its absence or its error means.
struct GraphAnswer {
  Json body;                     ///< null if there is none
  std::optional<Check> refusal;  ///< why there is no answer to the question
  std::string words;             ///< Meta's words for the refusal, numbers masked
};
[[nodiscard]] GraphAnswer graph_answer(const HttpAnswer& answer);

/// The finding of an error object of Meta's, wherever it stands: in an answer, in a token's description.
[[nodiscard]] Check check_error(const Json& error);

}  // namespace sahut::adapters::whatsapp
