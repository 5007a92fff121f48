#include "conversation/question_parts.hpp"

#include <algorithm>
#include <utility>

#include "conversation/small_talk.hpp"

namespace sahut::conversation {
namespace {

/// A torn-off word or two ("istri", "ada kah") is like too many things, and so is "tolong dibantu ya kak".
constexpr std::size_t emergency_words_min = 3;
constexpr double emergency_confidence_min = 0.95;

/// A stretch of words, [first, last), and whether what comes before it is more than a comma.
struct Piece {
  std::size_t first = 0;
  std::size_t last = 0;
  bool firmly_parted = true;
};

bool firm(std::string_view signs) {
  return signs.find_first_of("?\n;") != std::string_view::npos;
}

std::vector<Piece> pieces_of(const CuedText& text) {
  std::vector<Piece> pieces;
  Piece piece;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t joint = pieces.size() + 1 < pieces_max ? text.match(Cue::joiner, at) : 0;
    if (joint > 0 && at > piece.first) {
      piece.last = at;
      pieces.push_back(piece);
      piece = {at + joint, 0, true};
    } else if (joint > 0) {
      piece.first = at + joint;
      piece.firmly_parted = true;
    } else if (at + 1 < text.size() && text.break_after(at) && pieces.size() + 1 < pieces_max) {
      piece.last = at + 1;
      pieces.push_back(piece);
      piece = {at + 1, 0, firm(text.signs_after(at))};
    }
    at += std::max<std::size_t>(joint, 1);
  }
  if (piece.first < text.size()) {
    piece.last = text.size();
    pieces.push_back(piece);
  }
  return pieces;
}

/// "gmn ngurusnya" beside a service wants the whole answer.
nlu::Facet part_wanted(nlu::Facet facet) {
  return facet == nlu::Facet::procedure ? nlu::Facet::none : facet;
}

class Parts {
 public:
  void facet(nlu::Facet asked) {
    if (entry_.empty()) {
      waiting_.push_back(asked);
    } else {
      add({entry_, asked});
    }
  }

  void service(std::string_view entry, nlu::Facet asked) {
    entry_ = entry;
    for (const nlu::Facet facet : std::exchange(waiting_, {})) add({entry_, facet});
    add({entry_, part_wanted(asked)});
  }

  void subject(std::string_view entry) { entry_ = entry; }
  [[nodiscard]] bool names(std::string_view entry) const {
    return std::any_of(parts_.begin(), parts_.end(), [&](const QuestionPart& part) { return part.entry == entry; });
  }
  [[nodiscard]] std::vector<QuestionPart> take() { return std::move(parts_); }

 private:
  /// "ktp saya hilang. biayanya?" asks for the fee alone: a facet takes the place of the whole answer.
  void add(QuestionPart part) {
    for (QuestionPart& other : parts_) {
      if (other.entry != part.entry) continue;
      if (other.facet == part.facet || part.facet == nlu::Facet::none) return;
      if (other.facet == nlu::Facet::none) {
        other.facet = part.facet;
        return;
      }
    }
    parts_.push_back(std::move(part));
  }

  std::string entry_;
  std::vector<nlu::Facet> waiting_;
  std::vector<QuestionPart> parts_;
};

}  // namespace

QuestionParts parts_of(const CuedText& text, const Reading& whole, std::string_view subject,
                       const knowledge::Snapshot& snapshot) {
  const std::vector<Piece> pieces = pieces_of(text);
  if (pieces.size() < 2) return {};
  Parts parts;
  if (whole.understood.only_facet) parts.subject(subject);
  QuestionParts found;
  std::vector<std::string_view> open;
  for (const Piece& piece : pieces) {
    const Reading reading = read(text.text_of(piece.first, piece.last), snapshot);
    const bool torn = piece.last - piece.first < emergency_words_min || reading.best() < emergency_confidence_min;
    found.emergency = found.emergency || (!torn && alarm_of(reading, snapshot) == Alarm::certain);
    if (reading.understood.only_facet) {
      parts.facet(reading.understood.facet);
      continue;
    }
    const knowledge::PublishedEntry* entry = reading.sure() ? snapshot.find(reading.label) : nullptr;
    if (reading.sureness == Sureness::unsure) open.emplace_back(reading.label);
    if (entry == nullptr || is_small_talk(*entry, snapshot)) continue;
    // A comma parts a question from its circumstances far more often than from another question.
    if (!piece.firmly_parted && reading.understood.facet == nlu::Facet::none) continue;
    parts.service(entry->entry.id, reading.understood.facet);
  }
  if (whole.sure() && snapshot.find(whole.label) != nullptr && !parts.names(whole.label)) return {{}, found.emergency};
  found.parts = parts.take();
  found.agreed = found.parts.size() == 1 && whole.label == found.parts[0].entry &&
                 std::all_of(open.begin(), open.end(), [&](std::string_view label) { return label == whole.label; });
  return found;
}

}  // namespace sahut::conversation
