// Labelled questions against a knowledge base: how many are answered right at once, which are not, and which entries
// are taken for each other. The figures of `sahut knowledge test` and of the sample city's test.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "knowledge/preview.hpp"

namespace sahut::knowledge {

/// `label`: an entry id, "oos" (belongs to no entry), "@handoff" or "@emergency".
struct LabelledQuestion {
  std::string text;
  std::string label;
};

/// What a question gets, with the entries offered as choices; "@handoff" among them if a person is one.
struct Offer {
  Reaction reaction;
  std::vector<std::string> choices;
};

struct MissedQuestion {
  LabelledQuestion question;
  std::string got;       ///< "answer ktp-el-baru", "clarify" …
  bool offered = false;  ///< the right entry was among the choices
};

/// A share of something that can be empty.
struct Share {
  std::size_t part = 0;
  std::size_t whole = 0;
  [[nodiscard]] double value() const { return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole); }
};

struct Measurement {
  Share first_right;         ///< of the questions that belong to an entry: answered with it at once
  Share right_or_offered;    ///< of the same: answered with it, or it is among the choices
  Share precision;           ///< of all questions answered with an entry: with the right one
  Share out_of_scope_quiet;  ///< of the "oos" questions: not answered and not handed over
  Share handoffs_seen;       ///< of the "@handoff" questions: handed over
  Share handoffs_meant;      ///< of all questions handed over because a person was asked for: "@handoff" ones
  Share emergencies_seen;    ///< of the "@emergency" questions: told the emergency numbers
  Share calm;                ///< of all others: not told the emergency numbers, unless that entry was asked for
  std::vector<MissedQuestion> missed;
  std::map<std::pair<std::string, std::string>, std::size_t> confusions;  ///< (meant, got) → how often; got an entry
};

/// The entries that answer an emergency.
inline constexpr std::string_view emergency_entries[] = {"darurat-112", "kebakaran"};

[[nodiscard]] Measurement measure(std::span<const LabelledQuestion> questions,
                                  const std::function<Offer(const std::string& text)>& ask);

/// Pairs of entries that were taken for each other at least `least` times, both directions added, most often first:
/// they should be merged, or told apart by more examples.
struct SisterEntries {
  std::string first;
  std::string second;
  std::size_t confused = 0;
  bool operator==(const SisterEntries&) const = default;
};
[[nodiscard]] std::vector<SisterEntries> sister_entries(const Measurement& measurement, std::size_t least);

}  // namespace sahut::knowledge
