#include "conversation/sentences.hpp"

#include <embedded/sentences.hpp>
#include <optional>
#include <stdexcept>

#include "conversation/keyed_lines.hpp"
#include "values/ascii.hpp"

namespace sahut::conversation {
namespace {

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n') {
      out += '\n';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

template <typename Catalogue>
std::optional<Problem> read(std::string_view text, std::string_view file, Catalogue& catalogue) {
  return each_keyed_line(
      text, file,
      [&](const std::string& where, std::string_view key, std::string_view value) -> std::optional<Problem> {
        const std::string name(key);
        const std::string sentence = unescaped(value);
        if (sentence.empty()) return Problem{"empty", where, "`" + name + "` says nothing.", "Write the sentence."};
        if (catalogue.emplace(name, sentence).second) return std::nullopt;
        return Problem{"duplicate", where, "`" + name + "` stands twice.", "Keep one."};
      });
}

}  // namespace

Result<Sentences> Sentences::parse(std::string_view indonesian, std::string_view english) {
  Sentences sentences;
  if (auto problem = read(indonesian, "id.txt", sentences.indonesian_)) return *problem;
  if (auto problem = read(english, "en.txt", sentences.english_)) return *problem;
  for (const auto& [key, text] : sentences.indonesian_) {
    if (!sentences.english_.contains(key)) {
      return Problem{"missing", "en.txt", "`" + key + "` of id.txt is missing.", "Translate it."};
    }
  }
  for (const auto& [key, text] : sentences.english_) {
    if (!sentences.indonesian_.contains(key)) {
      return Problem{"missing", "id.txt", "`" + key + "` of en.txt is missing.", "Translate it."};
    }
  }
  return sentences;
}

std::string Sentences::say(nlu::Language language, std::string_view key, Filling filling) const {
  const Catalogue& catalogue = language == nlu::Language::en ? english_ : indonesian_;
  const auto found = catalogue.find(key);
  if (found == catalogue.end()) throw std::out_of_range("no sentence " + std::string(key));
  const std::string& pattern = found->second;
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    bool filled = false;
    if (pattern[i] == '{') {
      const std::size_t end = pattern.find('}', i);
      for (const auto& [name, value] : filling) {
        if (end != std::string::npos && std::string_view(pattern).substr(i + 1, end - i - 1) == name) {
          out += value;
          i = end + 1;
          filled = true;
          break;
        }
      }
    }
    if (!filled) out += pattern[i++];
  }
  return out;
}

bool Sentences::has(std::string_view key) const {
  return indonesian_.contains(key);
}

std::shared_ptr<const Sentences> default_sentences() {
  std::string_view indonesian;
  std::string_view english;
  for (const embedded::File& file : embedded::sentences()) {
    if (file.path == "id.txt") indonesian = file.bytes;
    if (file.path == "en.txt") english = file.bytes;
  }
  auto parsed = Sentences::parse(indonesian, english);
  // The files are part of the build and read by a test; a mistake in them is a broken build, not bad input.
  if (!parsed.ok()) throw std::logic_error(parsed.problem().text());
  return std::make_shared<const Sentences>(std::move(parsed).value());
}

}  // namespace sahut::conversation
