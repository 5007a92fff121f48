#include "nlu/stemmer.hpp"

#include <libstemmer.h>

#include <new>

namespace sahut::nlu {

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

std::string_view Stemmer::operator()(std::string_view word) {
  if (!stemmer_) stemmer_.reset(sb_stemmer_new("indonesian", nullptr));  // most messages need none: the lexicon knows
  if (!stemmer_) throw std::bad_alloc();
  const auto* bytes = reinterpret_cast<const sb_symbol*>(word.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer_.get(), bytes, static_cast<int>(word.size()));
  if (stem == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()))};
}

}  // namespace sahut::nlu
