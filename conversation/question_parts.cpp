#include "conversation/question_parts.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "conversation/small_talk.hpp"

namespace sahut::conversation {
namespace {

/// A part says less than the whole message: of one less sure than this it is open what it asks.
constexpr double sure_part_min = 0.85;
/// A question completed with the words of its twin lacks nothing.
constexpr double sure_whole_min = 0.7;
constexpr std::size_t coordinated_words_max = 2;
/// A torn-off word or two ("istri", "ada kah") is like too many things.
constexpr std::size_t emergency_words_min = 3;
/// A part is short, and its gate sees danger sooner: of less than this nothing is said of it.
constexpr double likely_emergency_min = 0.95;

/// A stretch of words, [first, last), and how it is parted from its neighbours. A comma or "terus" parts a question
/// from its circumstances far more often than from another question.
struct Piece {
  std::size_t first = 0;
  std::size_t last = 0;
  bool firm_before = true;
  bool firm_after = true;
};

bool firm(std::string_view signs) {
  return signs.find_first_of("?\n;") != std::string_view::npos;
}

std::vector<Piece> pieces_of(const CuedText& text) {
  std::vector<Piece> pieces;
  Piece piece;
  const auto part = [&](std::size_t last, std::size_t next, bool is_firm) {
    if (last > piece.first) {
      piece.last = last;
      piece.firm_after = is_firm;
      pieces.push_back(piece);
      piece = {.first = next, .last = 0, .firm_before = is_firm};
    } else {
      // Two separations in a row: the firmer counts.
      piece.first = next;
      piece.firm_before = piece.firm_before || is_firm;
      if (!pieces.empty()) pieces.back().firm_after = piece.firm_before;
    }
  };
  for (std::size_t at = 0; at < text.size() && pieces.size() + 1 < pieces_max;) {
    const std::size_t strong = text.match(Cue::joiner, at);
    const std::size_t joint = std::max(strong, text.match(Cue::weak_joiner, at));
    if (joint > 0) {
      part(at, at + joint, strong == joint);
    } else if (at + 1 < text.size() && text.break_after(at)) {
      part(at + 1, at + 1, firm(text.signs_after(at)));
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

  /// `asks`: a question of its own; else only what is talked about ("ktp saya hilang. biayanya?").
  void service(std::string_view entry, nlu::Facet asked, bool asks) {
    entry_ = entry;
    if (std::find(named_.begin(), named_.end(), entry) == named_.end()) named_.emplace_back(entry);
    for (const nlu::Facet facet : std::exchange(waiting_, {})) add({entry_, facet});
    if (asks) add({entry_, part_wanted(asked)});
  }

  void subject(std::string_view entry) { entry_ = entry; }
  [[nodiscard]] const std::vector<std::string>& named() const { return named_; }
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
  std::vector<std::string> named_;
  std::vector<QuestionPart> parts_;
};

/// What two coordinated words share is said once: before the first ("cara bikin ktp dan kk") or behind the second ("ktp
/// dan kk saya hilang"). Both questions whole, or nothing if that makes no two questions.
std::vector<Reading> coordinated(const CuedText& text, std::span<const Piece> pieces,
                                 const knowledge::Snapshot& snapshot) {
  const bool joined_by_word = pieces.size() == 2 && pieces[1].first > pieces[0].last;
  if (!joined_by_word) return {};
  const auto reading_of = [&](std::string words) {
    return settled_by_service(read(std::move(words), snapshot), snapshot);
  };
  const auto asks = [&](const Reading& reading) {
    const knowledge::PublishedEntry* entry = reading.sure() ? snapshot.find(reading.label) : nullptr;
    return entry != nullptr && reading.best() >= sure_whole_min && !is_small_talk(*entry, snapshot);
  };
  const auto [first, second] = std::pair(pieces[0], pieces[1]);
  std::vector<Reading> best;
  const auto consider = [&](Reading one, Reading other) {
    if (!asks(one) || !asks(other) || one.label == other.label) return;
    if (!best.empty() && std::min(best[0].best(), best[1].best()) >= std::min(one.best(), other.best())) return;
    best = {std::move(one), std::move(other)};
  };
  const auto words = [&](std::size_t from, std::size_t to) { return text.text_of(from, to); };
  for (std::size_t own = 1; own <= coordinated_words_max; ++own) {
    if (second.last - second.first <= coordinated_words_max && first.last - first.first > own) {
      consider(reading_of(words(first.first, first.last)),
               reading_of(words(first.first, first.last - own) + " " + words(second.first, second.last)));
    }
    if (first.last - first.first <= coordinated_words_max && second.last - second.first > own) {
      consider(reading_of(words(first.first, first.last) + " " + words(second.first + own, second.last)),
               reading_of(words(second.first, second.last)));
    }
  }
  return best;
}

}  // namespace

QuestionParts parts_of(const CuedText& text, const Reading& whole, std::string_view subject,
                       const knowledge::Snapshot& snapshot) {
  const std::vector<Piece> pieces = pieces_of(text);
  if (pieces.size() < 2) return {};
  if (const std::vector<Reading> both = coordinated(text, pieces, snapshot); !both.empty()) {
    QuestionParts found;
    for (const Reading& one : both) found.parts.push_back({std::string(one.label), part_wanted(one.understood.facet)});
    return found;
  }
  Parts parts;
  if (whole.understood.only_facet) parts.subject(subject);
  QuestionParts found;
  std::vector<std::string_view> open;
  for (const Piece& piece : pieces) {
    const Reading reading = settled_by_service(read(text.text_of(piece.first, piece.last), snapshot), snapshot);
    const nlu::Facet facet = reading.understood.facet;
    if (alarm_of(reading, snapshot) == Alarm::certain) {
      if (piece.last - piece.first >= emergency_words_min && reading.best() >= likely_emergency_min)
        found.alarm = std::max(found.alarm, is_plain_emergency(reading) ? Alarm::certain : Alarm::likely);
      continue;
    }
    if (reading.understood.only_facet) {
      parts.facet(facet);
    } else if (const knowledge::PublishedEntry* entry =
                   reading.sure() && reading.best() >= sure_part_min ? snapshot.find(reading.label) : nullptr) {
      if (is_small_talk(*entry, snapshot)) continue;
      const bool firmly_parted = piece.firm_before && piece.firm_after;
      parts.service(entry->entry.id, facet, firmly_parted || facet != nlu::Facet::none);
    } else if (reading.sureness != Sureness::nothing) {
      open.emplace_back(reading.label);
    } else {
      continue;
    }
    if (found.alarm == Alarm::certain) found.alarm = Alarm::likely;  // asked on after it
  }
  const auto is_named = [&](std::string_view entry) {
    return std::find(parts.named().begin(), parts.named().end(), entry) != parts.named().end();
  };
  const bool whole_is_another = whole.sure() && snapshot.find(whole.label) != nullptr && !is_named(whole.label);
  if (whole_is_another && !whole.understood.only_facet) return {{}, found.alarm};
  found.agreed = parts.named().size() == 1 && is_named(whole.label) &&
                 std::all_of(open.begin(), open.end(), [&](std::string_view label) { return label == whole.label; });
  const std::string only = found.agreed ? parts.named().front() : std::string();
  found.parts = parts.take();
  if (found.agreed && found.parts.empty()) found.parts.push_back({only, nlu::Facet::none});
  return found;
}

}  // namespace sahut::conversation
