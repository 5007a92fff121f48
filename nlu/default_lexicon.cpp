#include "nlu/default_lexicon.hpp"

#include <cstdlib>
#include <embedded/lexicon.hpp>
#include <utility>

namespace sahut::nlu {

std::vector<LexiconFile> default_lexicon_files() {
  std::vector<LexiconFile> files;
  for (const embedded::File& file : embedded::lexicon()) files.push_back({file.path, file.bytes});
  return files;
}

std::shared_ptr<const Lexicon> default_lexicon() {
  const std::vector<LexiconFile> files = default_lexicon_files();
  Result<Lexicon> lexicon = Lexicon::parse(files);
  if (!lexicon) std::abort();
  return std::make_shared<const Lexicon>(std::move(lexicon).value());
}

}  // namespace sahut::nlu
