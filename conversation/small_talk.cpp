#include "conversation/small_talk.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "conversation/judgement.hpp"

namespace sahut::conversation {
namespace {

/// In the order of SmallTalkKind.
constexpr std::array<std::string_view, 6> kind_names = {"none",    "acknowledgement", "greeting",
                                                        "goodbye", "thanks",          "abuse"};

/// A kind of words and what it makes of a message; address makes the least.
struct Sign {
  Cue cue;
  SmallTalkKind kind;
};
constexpr std::array<Sign, 8> signs = {{{Cue::address, SmallTalkKind::none},
                                        {Cue::courtesy_beside, SmallTalkKind::none},
                                        {Cue::acknowledgement, SmallTalkKind::acknowledgement},
                                        {Cue::greeting, SmallTalkKind::greeting},
                                        {Cue::goodbye, SmallTalkKind::goodbye},
                                        {Cue::thanks, SmallTalkKind::thanks},
                                        {Cue::abuse, SmallTalkKind::abuse},
                                        {Cue::mild_abuse, SmallTalkKind::abuse}}};

struct Found {
  std::size_t words = 0;
  SmallTalkKind kind = SmallTalkKind::none;
};

/// The longest small talk at a word; of equally long ones the stronger.
Found small_talk_at(const CuedText& text, std::size_t at) {
  Found found;
  for (const Sign& sign : signs) {
    const std::size_t words = text.match(sign.cue, at);
    if (words > 0 && words >= found.words) found = {words, sign.kind};
  }
  return found;
}

constexpr std::array<std::pair<SmallTalkKind, Cue>, 3> with_entries = {{{SmallTalkKind::greeting, Cue::greeting},
                                                                        {SmallTalkKind::thanks, Cue::thanks},
                                                                        {SmallTalkKind::goodbye, Cue::goodbye}}};

}  // namespace

std::string_view name_of(SmallTalkKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

SmallTalkKind small_talk_named(std::string_view name) {
  const auto* const found = std::find(kind_names.begin(), kind_names.end(), name);
  return found == kind_names.end() ? SmallTalkKind::none : static_cast<SmallTalkKind>(found - kind_names.begin());
}

SmallTalkKind only_small_talk(const CuedText& text) {
  if (text.empty()) return SmallTalkKind::none;
  SmallTalkKind kind = SmallTalkKind::none;
  bool only = true;
  bool addressed = true;
  for (std::size_t at = 0; at < text.size() && only;) {
    const Found found = small_talk_at(text, at);
    kind = std::max(kind, found.kind);
    only = found.words > 0;
    addressed = addressed && text.match(Cue::address, at) > 0;
    at += found.words;
  }
  if (only && kind != SmallTalkKind::none) return kind;
  if (only) return addressed ? SmallTalkKind::greeting : SmallTalkKind::none;
  // "dasar bot bodoh": words that insult only in such company.
  bool insult = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t abuse = std::max(text.match(Cue::abuse, at), text.match(Cue::mild_abuse, at));
    const std::size_t beside = std::max({abuse, text.match(Cue::mild_abuse_beside, at), text.match(Cue::address, at)});
    if (beside == 0) return SmallTalkKind::none;
    insult = insult || abuse > 0;
    at += beside;
  }
  return insult ? SmallTalkKind::abuse : SmallTalkKind::none;
}

bool has_abuse(const CuedText& text) {
  return text.find(Cue::abuse) < text.size();
}

std::string without_small_talk(const CuedText& text) {
  std::size_t first = 0;
  while (first < text.size()) {
    const Found found = small_talk_at(text, first);
    if (found.words == 0 || text.match(Cue::mild_abuse, first) > 0) break;
    first += found.words;
  }
  std::size_t last = text.size();
  for (std::size_t n = cue_words_max; n > 0 && last > first;) {
    const bool ends =
        n <= last - first && small_talk_at(text, last - n).words == n && text.match(Cue::mild_abuse, last - n) == 0;
    last -= ends ? n : 0;
    n = ends ? cue_words_max : n - 1;
  }
  if (first >= last) return text.rest_from(0);
  return last == text.size() ? text.rest_from(first) : text.text_of(first, last);
}

const knowledge::PublishedEntry* small_talk_entry(SmallTalkKind kind, const knowledge::Snapshot& snapshot) {
  for (const auto& [with_entry, cue] : with_entries) {
    if (with_entry != kind) continue;
    const Reading reading = read(built_in_cues().plainest(cue), snapshot);
    return reading.sure() ? snapshot.find(reading.label) : nullptr;
  }
  return nullptr;
}

bool is_small_talk(const knowledge::PublishedEntry& entry, const knowledge::Snapshot& snapshot) {
  // Courtesies have no fee and no place: this spares most entries the reading.
  if (!entry.entry.facets.empty()) return false;
  return std::any_of(with_entries.begin(), with_entries.end(), [&](const auto& row) {
    const auto* const courtesy = small_talk_entry(row.first, snapshot);
    return courtesy != nullptr && courtesy->entry.id == entry.entry.id;
  });
}

}  // namespace sahut::conversation
