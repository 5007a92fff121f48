// What a short message means after an answer: "biayanya?", "kalau diwakilkan?", "dasarnya apa?".
#pragma once

#include <optional>
#include <span>
#include <string>

#include "conversation/cues.hpp"
#include "conversation/judgement.hpp"
#include "knowledge/entry.hpp"

namespace sahut::conversation {

/// Asks on what the last answer rests, and nothing else.
[[nodiscard]] bool asks_source(const CuedText& text);

/// A side of a service that has no facet of its own.
enum class Aspect { none, online, by_proxy };

/// The aspect that the message asks for, if it names no service: all other words are fillers.
[[nodiscard]] Aspect only_aspect(const CuedText& text, const nlu::Lexicon& lexicon);

/// The facet of the entry that speaks of the aspect; Facet::none if only the whole answer, or nothing, does.
[[nodiscard]] nlu::Facet facet_about(Aspect aspect, const knowledge::Entry& entry, const nlu::Lexicon& lexicon);

/// The text says something on the aspect.
[[nodiscard]] bool speaks_of(Aspect aspect, std::string_view text, const nlu::Lexicon& lexicon);

/// "kalau kk?", "gimana kalau yang rusak": the last question, asked for something else. What else, or nothing.
[[nodiscard]] std::optional<std::string> asked_instead(const CuedText& text);

/// Of several readings of a few words ("kk"), the one that the last question points at: the best entry for `question`
/// and `words` together, not counting `refused`, if `alone` leaves it open too. Empty if they don't agree, or together
/// resemble nothing.
[[nodiscard]] std::string_view settled_by(std::string_view question, const Reading& alone,
                                          const knowledge::Snapshot& snapshot, std::span<const std::string> refused);

/// "kk hilang" / "kalau ktp?": the last question with a word of it exchanged for `alone`, if that is surely one of the
/// entries that `alone` may mean. Empty if none is.
[[nodiscard]] std::string_view exchanged_in(std::string_view question, const Reading& alone,
                                            const knowledge::Snapshot& snapshot, std::span<const std::string> refused);

/// Shares of the best candidate's confidence: what the words may well mean, and what they hint at.
constexpr double open_share = 0.3;
constexpr double trace_share = 0.1;
/// The label (of the matcher) has that share.
[[nodiscard]] bool leaves_open(const Reading& reading, std::uint32_t label, double share);

}  // namespace sahut::conversation
