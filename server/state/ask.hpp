// One question without a conversation around it: `sahut ask`, the editor's ask box, the preview.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "conversation/sentences.hpp"
#include "knowledge/preview.hpp"
#include "knowledge/snapshot.hpp"

namespace sahut::server {

/// {"action","entry","confidence","candidates","reply","choices","evidence", …} as the contract says.
[[nodiscard]] nlohmann::ordered_json ask(const knowledge::Snapshot& snapshot, const conversation::Sentences& sentences,
                                         const std::string& text, const std::string& local_date);

/// The same as a reaction only, for comparing.
[[nodiscard]] knowledge::Reaction react(const knowledge::Snapshot& snapshot, const conversation::Sentences& sentences,
                                        const std::string& text, const std::string& local_date);

}  // namespace sahut::server
