#include "adapters/numbered_choices.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "adapters/tab_table.hpp"
#include "adapters/text_limits.hpp"

namespace sahut::adapters {

std::string text_with_numbers(const conversation::OutboundMessage& message, std::size_t limit) {
  std::string lines;
  int number = 0;
  for (const conversation::Choice& choice : message.choices) {
    ++number;
    if (is_blank(choice.title)) continue;
    lines += "\n" + std::to_string(number) + ". " + choice.title;
  }
  const std::string text = is_blank(message.text) ? std::string(nothing_to_say) : message.text;
  if (lines.empty()) return fit_code_points(text, limit);
  lines = "\n\n" + channel_words("numbered_hint") + lines;
  const std::size_t kept = std::min(count_code_points(lines), limit - 2);
  return fit_code_points(text, limit - kept) + fit_code_points(lines, kept);
}

const std::string& channel_words(std::string_view key) {
  static const std::map<std::string, std::string, std::less<>> words = [] {
    const auto rows = read_tab_table("words.tsv", channel_file("words.tsv"), {"key", "words"});
    if (!rows) throw std::logic_error(rows.problem().text());
    std::map<std::string, std::string, std::less<>> all;
    for (const TabRow& row : rows.value()) all.emplace(row.cells[0], row.cells[1]);
    return all;
  }();
  const auto found = words.find(key);
  if (found == words.end()) throw std::logic_error("data/channels/words.tsv has no " + std::string(key));
  return found->second;
}

}  // namespace sahut::adapters
