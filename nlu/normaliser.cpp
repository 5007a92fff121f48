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
  void add_word(std::string_view word) {
    const std::string form = word.front() == '<' ? std::string(word) : standard_form(word, lexicon_);
    for (std::size_t at = 0; at < form.size() && utterance_.tokens.size() < max_tokens;) {
      const std::size_t end = std::min(form.find(' ', at), form.size());
      add_standard(word, std::string_view(form).substr(at, end - at));
      at = end + 1;
    }
  }

 private:
  void add_standard(std::string_view surface, std::string_view normal) {
    Token token;
    token.surface = surface;
    token.normal = normal;
    const Lexicon::Standing standing = lexicon_.standing(normal);
    token.stop = standing.stop;
    token.known = normal.front() == '<' || standing.known;
    if (const auto stem = lexicon_.stem(normal)) {
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

void add_words(std::span<const Span> words, std::size_t first, std::size_t last, TokenWriter& writer,
               std::string_view folded) {
  for (std::size_t i = first; i < last; ++i) {
    if (i + 1 < last && repeats(folded, words[i], words[i + 1])) continue;  // the second may carry a clitic
    if (i + 1 < last && electronic(folded, words[i], words[i + 1])) {
      ++i;
      writer.add_word(std::string(1, 'e').append(text_of(folded, words[i])));
      continue;
    }
    writer.add_word(text_of(folded, words[i]));
  }
}

}  // namespace

Utterance normalise(std::string_view text, const Lexicon& lexicon) {
  Utterance utterance;
  Folded folded = fold(text, max_text_bytes);
  utterance.folded = std::move(folded.text);
  const std::string_view plain = utterance.folded;
  const std::vector<Span> words = split_words(plain, max_tokens);
  utterance.cut = folded.cut || (words.size() == max_tokens && words.back().end < plain.size());
  utterance.tokens.reserve(words.size() + 4);
  TokenWriter writer(utterance, lexicon);
  std::size_t next = 0;
  for (const FoundEntity& found : recognise(plain, words, lexicon)) {
    const Span span{words[found.first].begin, words[found.last - 1].end};
    utterance.entities.push_back({found.kind, std::string(text_of(plain, span)), span});
    if (!found.replaces_words()) continue;
    add_words(words, next, found.first, writer, plain);
    writer.add_entity(utterance.entities.back());
    next = found.last;
  }
  add_words(words, next, words.size(), writer, plain);
  return utterance;
}

}  // namespace sahut::nlu
