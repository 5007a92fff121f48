#include "conversation/case_number.hpp"

#include <cctype>

#include "values/ascii.hpp"

namespace sahut::conversation {
namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool is_joint(char c) {
  return c == '-' || c == ' ';
}
/// YYMM of this century's twenties or later.
bool is_month(std::string_view digits) {
  const std::string_view month = digits.substr(2);
  return digits.front() >= '2' && month >= "01" && month <= "12";
}

}  // namespace

std::optional<std::string> find_case_number(std::string_view text) {
  for (std::size_t start = 0; start < text.size(); ++start) {
    if (!is_letter(text[start]) || (start > 0 && is_letter(text[start - 1]))) continue;
    std::size_t at = start;
    std::string letters;
    while (at < text.size() && is_letter(text[at]))
      letters += static_cast<char>(std::toupper(static_cast<unsigned char>(text[at++])));
    if (letters.size() < 2 || letters.size() > 5 || at >= text.size() || !is_joint(text[at])) continue;
    std::string month;
    ++at;
    while (at < text.size() && is_digit(text[at])) month += text[at++];
    if (month.size() != 4 || at >= text.size() || !is_joint(text[at])) continue;
    std::string ordinal;
    ++at;
    while (at < text.size() && is_digit(text[at])) ordinal += text[at++];
    // "hp saya 0812 3456 7890" is a telephone.
    const bool goes_on = at + 1 < text.size() && is_joint(text[at]) && is_digit(text[at + 1]);
    if (goes_on || !is_month(month)) continue;
    if (ordinal.size() >= 4 && ordinal.size() <= 8) return letters + "-" + month + "-" + ordinal;
  }
  return std::nullopt;
}

std::string case_number(std::string_view prefix, std::string_view local_date, std::int64_t ordinal) {
  std::string digits = std::to_string(ordinal);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return std::string(prefix) + "-" + std::string(local_date.substr(2, 2)) + std::string(local_date.substr(5, 2)) + "-" +
         digits;
}

}  // namespace sahut::conversation
