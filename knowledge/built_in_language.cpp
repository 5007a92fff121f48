#include "knowledge/built_in_language.hpp"

#include <embedded/built_in_sentences.hpp>

namespace sahut::knowledge {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (!line.empty() && line.front() != '#') lines.emplace_back(line);
  }
  return lines;
}

BuiltInLanguage read() {
  BuiltInLanguage language;
  for (const embedded::File& file : embedded::built_in_sentences()) {
    if (file.path == "handoff.txt") language.handoff = lines_of(file.bytes);
    if (file.path == "emergency.txt") language.emergency = lines_of(file.bytes);
    if (file.path == "background.txt") language.background = lines_of(file.bytes);
    if (file.path.ends_with("-not.txt")) {
      for (std::string& line : lines_of(file.bytes)) language.near_misses.push_back(std::move(line));
    }
  }
  return language;
}

}  // namespace

const BuiltInLanguage& built_in_language() {
  static const BuiltInLanguage language = read();
  return language;
}

}  // namespace sahut::knowledge
