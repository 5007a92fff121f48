// What residents get: the published entries and the matcher compiled from them, as one immutable value. It is built off
// the request path and swapped whole; whoever holds one sees the same answers until he lets go.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "knowledge/entry.hpp"
#include "nlu/facets.hpp"
#include "nlu/lexicon.hpp"
#include "nlu/matcher.hpp"
#include "nlu/utterance.hpp"
#include "values/problem.hpp"

namespace sahut::knowledge {

struct PublishedEntry {
  Entry entry;
  std::int64_t revision = 0;
};

/// What the bot itself must understand besides the entries. Labels start with '@', so no entry can be called so.
constexpr std::string_view handoff_label = "@handoff";
constexpr std::string_view emergency_label = "@emergency";

/// Sentences that come with the product, not with a city.
struct BuiltInLanguage {
  std::vector<std::string> handoff;      ///< asking for a person
  std::vector<std::string> emergency;    ///< an emergency now
  std::vector<std::string> background;   ///< belonging to nothing
  std::vector<std::string> near_misses;  ///< neither asking for a person nor an emergency, though it sounds like it
};

/// One message, understood.
struct Understanding {
  nlu::Utterance utterance;
  nlu::Match match;
  nlu::Facet facet = nlu::Facet::none;
  bool only_facet = false;  ///< asks a facet and names no service: "biayanya?"
};

class Snapshot {
 public:
  /// Tenths of a second for a few hundred entries; the same snapshot whatever `for_each` does and
  /// `known_texts` (nlu::BuildOptions) holds. A bad rule is a Problem that names the entry.
  [[nodiscard]] static Result<std::shared_ptr<const Snapshot>> build(std::int64_t version,
                                                                     std::vector<PublishedEntry> entries,
                                                                     const BuiltInLanguage& language,
                                                                     std::shared_ptr<const nlu::Lexicon> lexicon,
                                                                     nlu::ForEach for_each = nlu::one_after_another,
                                                                     nlu::NormalisedTexts* known_texts = nullptr);

  /// Grows with each publication; receipts name it.
  [[nodiscard]] std::int64_t version() const { return version_; }
  [[nodiscard]] const std::vector<PublishedEntry>& entries() const { return entries_; }
  [[nodiscard]] const PublishedEntry* find(std::string_view id) const;
  [[nodiscard]] const nlu::Matcher& matcher() const { return *matcher_; }
  [[nodiscard]] const nlu::Lexicon& lexicon() const { return *lexicon_; }
  /// The same, to build the next snapshot with.
  [[nodiscard]] const std::shared_ptr<const nlu::Lexicon>& shared_lexicon() const { return lexicon_; }

  /// Microseconds; any thread; any bytes.
  [[nodiscard]] Understanding understand(std::string_view text) const;

 private:
  Snapshot() = default;

  std::int64_t version_ = 0;
  std::vector<PublishedEntry> entries_;
  std::unordered_map<std::string_view, std::size_t> by_id_;  ///< keys point into entries_
  std::shared_ptr<const nlu::Lexicon> lexicon_;
  std::shared_ptr<const nlu::Matcher> matcher_;
};

}  // namespace sahut::knowledge
