#include "nlu/entities.hpp"

#include <algorithm>
#include <optional>

#include "values/ascii.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t nik_digits = 16;        // NIK and KK numbers alike (Permendagri)
constexpr std::size_t phone_digits_min = 9;   // 08 + 7: the shortest fixed-mobile numbers still in use
constexpr std::size_t phone_digits_max = 15;  // E.164
constexpr std::size_t plate_digits_max = 4;
constexpr std::size_t place_words_max = 3;

bool all_digits(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, is_digit);
}
bool all_letters(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}
int small_number(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
  return value;
}

/// Reads the words of one message; each try_… returns the entity that starts at word `at`.
class Scanner {
 public:
  Scanner(std::string_view folded, std::span<const Span> words, std::span<const Lexicon::Listed> listed,
          const Lexicon& lexicon)
      : folded_(folded), words_(words), listed_(listed), lexicon_(lexicon) {}

  std::vector<FoundEntity> scan() const {
    std::vector<FoundEntity> found;
    for (std::size_t at = 0; at < words_.size();) {
      const auto entity = starts_at(at);
      if (entity) found.push_back(*entity);
      at = entity ? entity->last : at + 1;
    }
    return found;
  }

 private:
  using Found = std::optional<FoundEntity>;

  Found starts_at(std::size_t at) const {
    const std::string_view first = word(at);
    if (first.front() == '<') return std::nullopt;
    // Entities start at a digit or at a unit word; places at any word. All others leave here.
    const bool digit = is_digit(first.front());
    const bool mixed = !digit && is_digit(first.back());
    if (!digit && !mixed && !listed_[at].unit())
      return joined_plate(first) ? one(EntityKind::plate, at) : try_place(at);
    if (Found found = try_money(at)) return found;
    if (Found found = try_rt_rw(at)) return found;
    if (Found found = try_plate(at)) return found;
    if (!digit) return try_place(at);
    if (Found found = try_long_number(at)) return found;
    if (Found found = try_date(at)) return found;
    if (Found found = try_time(at)) return found;
    return all_digits(first) ? one(EntityKind::number, at) : try_place(at);
  }

  std::string_view word(std::size_t at) const {
    return at < words_.size() ? folded_.substr(words_[at].begin, words_[at].end - words_[at].begin)
                              : std::string_view{};
  }
  /// Text between word at−1 and word at.
  std::string_view gap(std::size_t at) const {
    if (at == 0 || at >= words_.size()) return {};
    return folded_.substr(words_[at - 1].end, words_[at].begin - words_[at - 1].end);
  }
  bool unit(std::string_view text, Unit unit) const { return !text.empty() && lexicon_.unit(text) == unit; }
  static FoundEntity one(EntityKind kind, std::size_t at) { return {kind, at, at + 1}; }

  /// First word after the digit groups that start at `at` and are joined by one of `joiners`.
  std::size_t digits_end(std::size_t at, std::string_view joiners) const {
    std::size_t end = at + 1;
    while (end < words_.size() && all_digits(word(end)) && gap(end).size() == 1 &&
           joiners.find(gap(end)[0]) != std::string_view::npos) {
      ++end;
    }
    return end;
  }

  Found try_long_number(std::size_t at) const {
    if (!all_digits(word(at))) return std::nullopt;
    const std::size_t end = digits_end(at, "- .");
    std::size_t digits = 0;
    for (std::size_t i = at; i < end; ++i) digits += word(i).size();
    if (digits == nik_digits) {
      const bool family =
          (at > 0 && unit(word(at - 1), Unit::family_card)) || (at > 1 && unit(word(at - 2), Unit::family_card));
      return FoundEntity{family ? EntityKind::kk : EntityKind::nik, at, end};
    }
    const std::string_view first = word(at);
    const bool plus = words_[at].begin > 0 && folded_[words_[at].begin - 1] == '+';
    const bool mobile = first.starts_with("08") || first.starts_with("628") || (first == "62" && end > at + 1);
    if ((plus || mobile) && digits >= phone_digits_min && digits <= phone_digits_max) {
      return FoundEntity{EntityKind::phone, at, end};
    }
    return std::nullopt;
  }

  Found try_money(std::size_t at) const {
    std::size_t amount = at;
    std::string_view first = word(at);
    bool money = false;
    if (unit(first, Unit::money_before) && is_digit(word(at + 1).empty() ? 'x' : word(at + 1).front())) {
      amount = at + 1;
      money = true;
    } else if (const auto digit = std::ranges::find_if(first, is_digit);
               digit != first.end() && digit != first.begin() &&
               unit(first.substr(0, static_cast<std::size_t>(digit - first.begin())), Unit::money_before)) {
      money = true;
    } else if (!is_digit(first.front())) {
      return std::nullopt;
    }
    std::size_t end = digits_end(amount, ".,");
    const std::string_view last = word(end - 1);
    const auto letter = std::ranges::find_if(last, [](char c) { return !is_digit(c); });
    if (letter != last.end() && unit(last.substr(static_cast<std::size_t>(letter - last.begin())), Unit::money_after))
      money = true;
    while (end < words_.size() && unit(word(end), Unit::money_after) &&
           gap(end).find_first_not_of(' ') == std::string_view::npos) {
      money = true;
      ++end;
    }
    return money ? Found(FoundEntity{EntityKind::money, at, end}) : std::nullopt;
  }

  Found try_rt_rw(std::size_t at) const {
    std::size_t end = at;
    while (end < words_.size()) {
      const std::string_view text = word(end);
      const bool joined = text.size() > 2 && unit(text.substr(0, 2), Unit::rt_rw) && all_digits(text.substr(2));
      if (joined) {
        ++end;
      } else if (unit(text, Unit::rt_rw) && all_digits(word(end + 1))) {
        end += 2;
      } else {
        break;
      }
    }
    return end > at ? Found(FoundEntity{EntityKind::rt_rw, at, end}) : std::nullopt;
  }

  bool joined_plate(std::string_view text) const {
    const auto digit = std::ranges::find_if(text, is_digit);
    const auto tail = std::find_if_not(digit, text.end(), is_digit);
    const auto area = text.substr(0, static_cast<std::size_t>(digit - text.begin()));
    return digit != text.end() && tail - digit >= 3 && tail - digit <= static_cast<std::ptrdiff_t>(plate_digits_max) &&
           text.end() - tail >= 1 && text.end() - tail <= 3 && unit(area, Unit::plate_area) &&
           all_letters(text.substr(static_cast<std::size_t>(tail - text.begin())));
  }

  Found try_plate(std::size_t at) const {
    if (joined_plate(word(at))) return one(EntityKind::plate, at);
    const std::string_view number = word(at + 1);
    const std::string_view series = word(at + 2);
    const bool plate = unit(word(at), Unit::plate_area) && all_digits(number) && number.size() >= 2 &&
                       number.size() <= plate_digits_max && all_letters(series) && series.size() <= 3 &&
                       gap(at + 1).size() == 1 && gap(at + 2).size() == 1 && !unit(series, Unit::clock);
    return plate ? Found(FoundEntity{EntityKind::plate, at, at + 3}) : std::nullopt;
  }

  Found try_date(std::size_t at) const {
    const std::string_view day = word(at);
    if (!all_digits(day)) return std::nullopt;
    if (day.size() == 4 && (day.starts_with("19") || day.starts_with("20"))) {
      const std::size_t end = digits_end(at, "-/");
      return FoundEntity{EntityKind::date, at, end == at + 3 ? end : at + 1};
    }
    if (day.size() > 2 || small_number(day) < 1 || small_number(day) > 31) return std::nullopt;
    if (unit(word(at + 1), Unit::month)) {
      const bool year = all_digits(word(at + 2)) && word(at + 2).size() == 4;
      return FoundEntity{EntityKind::date, at, at + (year ? 3U : 2U)};
    }
    const std::size_t end = std::min(digits_end(at, "-/"), at + 3);
    if (end < at + 2 || small_number(word(at + 1)) < 1 || small_number(word(at + 1)) > 12) return std::nullopt;
    return FoundEntity{EntityKind::date, at, end};
  }

  Found try_time(std::size_t at) const {
    const std::string_view hour = word(at);
    if (!all_digits(hour) || hour.size() > 2 || small_number(hour) > 24) return std::nullopt;
    const std::string_view minute = word(at + 1);
    if (digits_end(at, ".:") == at + 2 && minute.size() == 2 && small_number(minute) < 60) {
      return FoundEntity{EntityKind::time, at, at + 2};
    }
    return at > 0 && unit(word(at - 1), Unit::clock) ? Found(one(EntityKind::time, at)) : std::nullopt;
  }

  Found try_place(std::size_t at) const {
    if (!listed_[at].starts_place()) return std::nullopt;
    std::string words;
    std::size_t found_end = at;
    for (std::size_t end = at; end < words_.size() && end < at + place_words_max; ++end) {
      if (end > at) words += ' ';
      words += word(end);
      if (lexicon_.place(words)) found_end = end + 1;
    }
    return found_end > at ? Found(FoundEntity{EntityKind::place, at, found_end}) : std::nullopt;
  }

  std::string_view folded_;
  std::span<const Span> words_;
  std::span<const Lexicon::Listed> listed_;
  const Lexicon& lexicon_;
};

}  // namespace

std::vector<FoundEntity> recognise(std::string_view folded, std::span<const Span> words,
                                   std::span<const Lexicon::Listed> listed, const Lexicon& lexicon) {
  return Scanner(folded, words, listed, lexicon).scan();
}

}  // namespace sahut::nlu
