// Several questions in one message: "syarat ktp hilang apa dan biaya akta kelahiran berapa?"
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conversation/cues.hpp"
#include "conversation/judgement.hpp"
#include "nlu/facet.hpp"

namespace sahut::conversation {

/// One question of a message.
struct QuestionPart {
  std::string entry;
  nlu::Facet facet = nlu::Facet::none;
  bool operator==(const QuestionPart&) const = default;
};

struct QuestionParts {
  std::vector<QuestionPart> parts;  ///< in the order asked; more than two may be there
  /// An emergency breaks in at the end ("… eh ada kebakaran"): certain. One that is told first, and then asked about
  /// ("rumah kami terbakar, bantuan apa …"), most often is over: likely.
  Alarm alarm = Alarm::none;
  /// One entry is named, the whole message likely means it, and no piece likely means another: where the whole is
  /// unsure only because of the words around it, the part is the question.
  bool agreed = false;
};

/// Parts of a message that are read by themselves; the last takes the rest.
constexpr std::size_t pieces_max = 6;

/// Splits at signs and at joining words and reads each piece; what two joined words share is read with both ("cara
/// bikin ktp dan kk"). A piece that asks for a facet and names no service belongs to its neighbour's, or to `subject`
/// (the entry talked about; may be empty). Fewer than two parts: it is one question. `whole` is the reading of the
/// whole message: what it is sure of and no piece is speaks against a split.
[[nodiscard]] QuestionParts parts_of(const CuedText& text, const Reading& whole, std::string_view subject,
                                     const knowledge::Snapshot& snapshot);

}  // namespace sahut::conversation
