#include "values/masking.hpp"

#include <cctype>

namespace sahut {
namespace {
constexpr std::string_view bullet = "\u2022";
constexpr std::size_t shortest_personal_number = 9;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_separator(char c) {
  return c == ' ' || c == '-' || c == '.';
}

std::string masked_digits(std::string_view digits, std::size_t keep_front, std::size_t keep_back) {
  std::string masked(digits.substr(0, keep_front));
  for (std::size_t i = keep_front; i + keep_back < digits.size(); ++i) masked += bullet;
  masked += digits.substr(digits.size() - keep_back);
  return masked;
}
}  // namespace

std::string mask_address(std::string_view address) {
  if (address.size() < 9) {
    const std::size_t keep = address.size() > 2 ? 2 : 0;
    return masked_digits(address, 0, keep);
  }
  std::string masked(address.substr(0, 4));
  for (int i = 0; i < 5; ++i) masked += bullet;
  masked += address.substr(address.size() - 3);
  return masked;
}

std::string mask_numbers(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      out += text[i++];
      continue;
    }
    std::string digits;
    std::size_t end = i;  // one past the last digit of the run
    for (std::size_t j = i; j < text.size(); ++j) {
      if (is_digit(text[j])) {
        digits += text[j];
        end = j + 1;
      } else if (!is_separator(text[j]) || j > end) {
        break;  // two separators in a row end the number
      }
    }
    if (digits.size() >= shortest_personal_number) {
      out += masked_digits(digits, 2, 2);
    } else {
      out += text.substr(i, end - i);
    }
    i = end;
  }
  return out;
}

}  // namespace sahut
