#include "conversation/cues.hpp"

#include <algorithm>
#include <embedded/sentences.hpp>
#include <stdexcept>
#include <utility>

#include "conversation/keyed_lines.hpp"
#include "nlu/fold.hpp"
#include "nlu/normaliser.hpp"
#include "nlu/word_normaliser.hpp"
#include "values/ascii.hpp"

namespace sahut::conversation {
namespace {

/// In the order of Cue.
constexpr std::array<std::string_view, cue_kinds> kind_names = {"greeting",
                                                                "thanks",
                                                                "goodbye",
                                                                "acknowledgement",
                                                                "courtesy_beside",
                                                                "address",
                                                                "function_word",
                                                                "abuse",
                                                                "mild_abuse",
                                                                "mild_abuse_beside",
                                                                "yes",
                                                                "no",
                                                                "denial",
                                                                "denial_phrase",
                                                                "correction",
                                                                "correction_opener",
                                                                "contrast",
                                                                "joiner",
                                                                "weak_joiner",
                                                                "instead",
                                                                "online",
                                                                "online_told",
                                                                "by_proxy",
                                                                "by_proxy_told",
                                                                "source",
                                                                "source_beside",
                                                                "plea",
                                                                "about",
                                                                "name",
                                                                "telephone",
                                                                "identity"};

std::size_t index_of(Cue kind) {
  return static_cast<std::size_t>(kind);
}

}  // namespace

Result<Cues> Cues::parse(std::string_view text) {
  Cues cues;
  const auto take = [&](const std::string& where, std::string_view name,
                        std::string_view phrases) -> std::optional<Problem> {
    const auto* const kind = std::find(kind_names.begin(), kind_names.end(), name);
    if (kind == kind_names.end()) {
      return Problem{"unknown_kind", where, "`" + std::string(name) + "` is no kind of cue.",
                     "Write `kind = phrase, phrase` with a kind of conversation/cues.hpp."};
    }
    List& list = cues.lists_[static_cast<std::size_t>(kind - kind_names.begin())];
    while (true) {
      const std::size_t comma = phrases.find(',');
      const std::string phrase(trimmed(phrases.substr(0, comma)));
      const auto words = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
      if (phrase.empty() || words > cue_words_max) {
        return Problem{"bad_phrase", where, "`" + phrase + "` is empty or longer than five words.", "Shorten it."};
      }
      if (list.first.empty()) list.first = phrase;
      list.phrases.insert(phrase);
      if (comma == std::string_view::npos) return std::nullopt;
      phrases.remove_prefix(comma + 1);
    }
  };
  if (auto problem = each_keyed_line(text, "cues.txt", take)) return *std::move(problem);
  for (std::size_t i = 0; i < cue_kinds; ++i) {
    if (cues.lists_[i].phrases.empty()) {
      return Problem{"missing", "cues.txt", "`" + std::string(kind_names[i]) + "` has no phrase.", "Write one."};
    }
  }
  return cues;
}

bool Cues::has(Cue kind, std::string_view phrase) const {
  return lists_[index_of(kind)].phrases.contains(phrase);
}

const std::string& Cues::plainest(Cue kind) const {
  return lists_[index_of(kind)].first;
}

const Cues& built_in_cues() {
  static const Cues cues = [] {
    for (const embedded::File& file : embedded::sentences()) {
      if (file.path != "cues.txt") continue;
      auto parsed = Cues::parse(file.bytes);
      // Part of the build and read by a test, as the sentences are.
      if (!parsed.ok()) throw std::logic_error(parsed.problem().text());
      return std::move(parsed).value();
    }
    throw std::logic_error("cues.txt is not embedded");
  }();
  return cues;
}

CuedText::CuedText(std::string_view text, const nlu::Lexicon& lexicon, const Cues& cues)
    : cues_(&cues), folded_(nlu::fold(text, nlu::max_text_bytes).text), words_(nlu::split_words(folded_, words_max)) {
  standard_.reserve(words_.size());
  for (std::size_t i = 0; i < words_.size(); ++i) standard_.push_back(nlu::standard_form(surface(i), lexicon));
}

std::string_view CuedText::surface(std::size_t at) const {
  return std::string_view(folded_).substr(words_[at].begin, words_[at].end - words_[at].begin);
}

std::size_t CuedText::match(Cue kind, std::size_t at) const {
  std::size_t longest = 0;
  std::string typed;
  std::string standard;
  for (std::size_t n = 1; n <= cue_words_max && at + n <= words_.size(); ++n) {
    if (n > 1) {
      typed += ' ';
      standard += ' ';
    }
    typed += surface(at + n - 1);
    standard += standard_[at + n - 1];
    if (cues_->has(kind, typed) || cues_->has(kind, standard)) longest = n;
    if (n < cue_words_max && !signs_after(at + n - 1).empty() && break_after(at + n - 1)) break;
  }
  return longest;
}

std::size_t CuedText::find(Cue kind, std::size_t from) const {
  for (std::size_t at = from; at < size(); ++at) {
    if (match(kind, at) > 0) return at;
  }
  return size();
}

bool CuedText::break_after(std::size_t at) const {
  return at + 1 >= words_.size() || signs_after(at).find_first_of(",.;:!?\n") != std::string_view::npos;
}

std::string_view CuedText::signs_after(std::size_t at) const {
  const std::size_t begin = words_[at].end;
  const std::size_t end = at + 1 < words_.size() ? words_[at + 1].begin : folded_.size();
  return std::string_view(folded_).substr(begin, end - begin);
}

std::string CuedText::text_of(std::size_t first, std::size_t last) const {
  if (first >= last) return {};
  return folded_.substr(words_[first].begin, words_[last - 1].end - words_[first].begin);
}

std::string CuedText::rest_from(std::size_t at) const {
  return at >= words_.size() ? std::string() : folded_.substr(words_[at].begin);
}

}  // namespace sahut::conversation
