// How sure the matcher is of one reading of a text, and what it takes the text for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/snapshot.hpp"

namespace sahut::conversation {

/// sure: to be answered; unsure: to be asked back; nothing: nobody knows.
enum class Sureness { nothing, unsure, sure };

/// One reading of a message or of a part of it.
struct Reading {
  std::string text;  ///< what was read
  knowledge::Understanding understood;
  /// Best first; without what was refused.
  std::vector<nlu::Candidate> candidates;
  Sureness sureness = Sureness::nothing;
  std::string_view label;  ///< of the best candidate; owned by the snapshot; empty if there is none

  [[nodiscard]] double best() const { return candidates.empty() ? 0 : candidates.front().confidence; }
  [[nodiscard]] bool sure() const { return sureness == Sureness::sure; }
  [[nodiscard]] bool sure_of(std::string_view wanted) const { return sure() && label == wanted; }
};

/// `refused`: entries the resident said no to; they are passed over.
[[nodiscard]] Reading read(std::string text, const knowledge::Snapshot& snapshot,
                           std::span<const std::string> refused = {});

/// "biaya ktp hilang": where the words leave it a little open which entry is meant, the service may be surer without
/// those that ask for the facet. That reading, if it is sure of what `reading` likely means, or of what stands second
/// and can tell that facet; else `reading` itself.
[[nodiscard]] Reading settled_by_service(Reading reading, const knowledge::Snapshot& snapshot);

/// Is the first the better reading? Sureness first, then confidence.
[[nodiscard]] bool better(const Reading& first, const Reading& second);

/// The text speaks of an emergency: surely, or not unlikely where nothing is sure.
enum class Alarm { none, likely, certain };
[[nodiscard]] Alarm alarm_of(const Reading& reading, const knowledge::Snapshot& snapshot);
/// A part of a message that is an emergency even though the whole was not taken for one.
[[nodiscard]] bool is_plain_emergency(const Reading& reading);

}  // namespace sahut::conversation
