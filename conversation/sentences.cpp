#include "conversation/sentences.hpp"

#include <embedded/sentences.hpp>
#include <optional>
#include <stdexcept>

namespace sahut::conversation {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

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
  std::size_t line_number = 0;
  while (!text.empty()) {
    ++line_number;
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::string where = std::string(file) + " line " + std::to_string(line_number);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      return Problem{"no_key", where, "there is no `=` in this line.", "Write `key = text`."};
    }
    const std::string key(trimmed(line.substr(0, equals)));
    const std::string sentence = unescaped(trimmed(line.substr(equals + 1)));
    if (sentence.empty()) return Problem{"empty", where, "`" + key + "` says nothing.", "Write the sentence."};
    if (!catalogue.emplace(key, sentence).second) {
      return Problem{"duplicate", where, "`" + key + "` stands twice.", "Keep one."};
    }
  }
  return std::nullopt;
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
