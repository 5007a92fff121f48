#include "nlu/normaliser.hpp"

#include <algorithm>
#include <utility>

#include "nlu/entities.hpp"
#include "nlu/fold.hpp"
#include "nlu/stemmer.hpp"
#include "nlu/word_normaliser.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t short_number_digits = 3;  // "112", "ak 1", "kelas 3": a name rather than a quantity

/// Adds the tokens of one message in order.
class TokenWriter {
 public:
  TokenWriter(Utterance& utterance, const Lexicon& lexicon) : utterance_(utterance), lexicon_(lexicon) {}

  void add_entity(const Entity& entity) {
    Token token;
    token.surface = entity.text;
    token.known = true;
    std::string class_word(1, '<');
    class_word.append(name_of(entity.kind)).push_back('>');
    token.normal = class_word;
    token.stem = class_word;
    if (entity.kind == EntityKind::number && entity.text.size() <= short_number_digits) token.normal = entity.text;
    utterance_.tokens.push_back(std::move(token));
  }

  /// A word of the text; one chat form may stand for several words.
  void add_word(std::string_view word, const Lexicon::Listed& listed) {
    if (word.front() == '<') {
      add_standard(word, word, listed);
      return;
    }
    if (is_plain(word) && !listed.standard() && listed.known()) {  // nearly all words
      if (utterance_.tokens.size() < max_tokens) add_standard(word, word, listed);
      return;
    }
    const std::string form = standard_form(word, lexicon_);
    for (std::size_t at = 0; at < form.size() && utterance_.tokens.size() < max_tokens;) {
      const std::size_t end = std::min(form.find(' ', at), form.size());
      const std::string_view part = std::string_view(form).substr(at, end - at);
      add_standard(word, part, lexicon_.listed(part));
      at = end + 1;
    }
  }

 private:
  void add_standard(std::string_view surface, std::string_view normal, const Lexicon::Listed& listed) {
    Token token;
    token.surface = surface;
    token.normal = normal;
    token.stop = listed.stop();
    token.known = normal.front() == '<' || listed.known();
    if (const auto stem = listed.stem()) {
      token.stem = *stem;
    } else {
      token.stem = normal.front() == '<' ? normal : stemmer_(normal);
    }
    utterance_.tokens.push_back(std::move(token));
  }

  Utterance& utterance_;
  const Lexicon& lexicon_;
  Stemmer stemmer_;
};

std::string_view text_of(std::string_view folded, Span span) {
  return folded.substr(span.begin, span.end - span.begin);
}

/// "anak-anak" is said once: the second word repeats the first and a hyphen joins them.
bool repeats(std::string_view folded, Span first, Span second) {
  return second.begin == first.end + 1 && folded[first.end] == '-' && first.end - first.begin > 1 &&
         text_of(folded, second).starts_with(text_of(folded, first));
}

/// "e-ktp", "e-kk": the letter belongs to the word.
bool electronic(std::string_view folded, Span first, Span second) {
  return second.begin == first.end + 1 && folded[first.end] == '-' && text_of(folded, first) == "e";
}

/// The words of a message, and what the lexicon says of each.
struct Words {
  std::string_view folded;
  std::vector<Span> spans;
  std::vector<Lexicon::Listed> listed;
};

void add_words(const Words& words, std::size_t first, std::size_t last, const Lexicon& lexicon, TokenWriter& writer) {
  const auto& [folded, spans, listed] = words;
  for (std::size_t i = first; i < last; ++i) {
    if (i + 1 < last && repeats(folded, spans[i], spans[i + 1])) continue;  // the second may carry a clitic
    if (i + 1 < last && electronic(folded, spans[i], spans[i + 1])) {
      ++i;
      const std::string word = std::string(1, 'e').append(text_of(folded, spans[i]));
      writer.add_word(word, lexicon.listed(word));
      continue;
    }
    writer.add_word(text_of(folded, spans[i]), listed[i]);
  }
}

}  // namespace

Utterance normalise(std::string_view text, const Lexicon& lexicon) {
  Utterance utterance;
  Folded folded = fold(text, max_text_bytes);
  utterance.folded = std::move(folded.text);
  const std::string_view plain = utterance.folded;
  Words words{.folded = plain, .spans = split_words(plain, max_tokens), .listed = {}};
  const std::vector<Span>& spans = words.spans;
  words.listed.reserve(spans.size());
  for (const Span& span : spans) words.listed.push_back(lexicon.listed(text_of(plain, span)));
  utterance.cut = folded.cut || (spans.size() == max_tokens && spans.back().end < plain.size());
  utterance.tokens.reserve(spans.size() + 4);
  TokenWriter writer(utterance, lexicon);
  std::size_t next = 0;
  for (const FoundEntity& found : recognise(plain, spans, words.listed, lexicon)) {
    const Span span{spans[found.first].begin, spans[found.last - 1].end};
    utterance.entities.push_back({found.kind, std::string(text_of(plain, span)), span});
    if (!found.replaces_words()) continue;
    add_words(words, next, found.first, lexicon, writer);
    writer.add_entity(utterance.entities.back());
    next = found.last;
  }
  add_words(words, next, spans.size(), lexicon, writer);
  return utterance;
}

}  // namespace sahut::nlu
