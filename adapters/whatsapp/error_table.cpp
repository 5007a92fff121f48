#include "adapters/whatsapp/error_table.hpp"

#include <charconv>
#include <optional>
#include <stdexcept>

#include "adapters/tab_table.hpp"

namespace sahut::adapters::whatsapp {
namespace {

using Kind = SendVerdict::Kind;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::optional<ErrorMeaning> meaning_of_class(std::string_view name) {
  static const std::map<std::string_view, ErrorMeaning> classes = {
      {"retry", {Kind::retry, false, 0, {}}},
      {"wait_contact", {Kind::wait, false, 0, {}}},
      {"wait_channel", {Kind::wait, true, 0, {}}},
      {"window_closed", {Kind::window_closed, false, 0, {}}},
      {"unreachable", {Kind::unreachable, false, 0, {}}},
      {"refused", {Kind::refused, false, 0, {}}},
      {"channel_down", {Kind::channel_down, false, 0, {}}}};
  const auto found = classes.find(name);
  return found == classes.end() ? std::nullopt : std::optional(found->second);
}

/// "first-last", "code/subcode" or "code".
struct Codes {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t subcode = 0;
};

std::optional<Codes> read_codes(std::string_view text) {
  const std::size_t mark = text.find_first_of("-/");
  const auto first = whole_number(text.substr(0, mark));
  if (!first) return std::nullopt;
  if (mark == std::string_view::npos) return Codes{*first, *first, 0};
  const auto second = whole_number(text.substr(mark + 1));
  if (!second) return std::nullopt;
  if (text[mark] == '/') return *second == 0 ? std::nullopt : std::optional(Codes{*first, *first, *second});
  return *second <= *first ? std::nullopt : std::optional(Codes{*first, *second, 0});
}

}  // namespace

Result<ErrorTable> ErrorTable::parse(std::string_view file, std::string_view bytes) {
  const auto rows = read_tab_table(file, bytes, {"code", "class", "wait_s", "meaning", "source", "date"});
  if (!rows) return rows.problem();
  ErrorTable table;
  for (const TabRow& row : rows.value()) {
    const std::string where = std::string(file) + ":" + std::to_string(row.line);
    const auto codes = read_codes(row.cells[0]);
    if (!codes) return Problem{"bad_code", where, "This is not a code, a range or code/subcode.", ""};
    auto meaning = meaning_of_class(row.cells[1]);
    if (!meaning) return Problem{"bad_class", where, "This class is not known.", ""};
    const auto wait = whole_number(row.cells[2]);
    if (wait.has_value() != (meaning->kind == Kind::wait)) {
      return Problem{"bad_wait", where, "Seconds to wait belong to the wait classes and to no other.", ""};
    }
    meaning->wait_ms = wait.value_or(0) * 1000;
    meaning->meaning = row.cells[3];
    for (std::int64_t code = codes->first; code <= codes->last; ++code) {
      const ErrorMeaning* const before = table.find(code, codes->subcode);
      const bool same_key = table.rows_.contains({codes->subcode, code});
      if (same_key || (codes->subcode == 0 && before != nullptr)) {
        return Problem{"repeated_code", where, "An earlier row speaks of this code.", ""};
      }
    }
    table.rows_.insert({{codes->subcode, codes->first}, Row{codes->last, std::move(*meaning)}});
  }
  return table;
}

const ErrorMeaning* ErrorTable::find(std::int64_t code, std::int64_t subcode) const {
  if (subcode != 0) {
    if (const auto exact = rows_.find({subcode, code}); exact != rows_.end()) return &exact->second.meaning;
  }
  auto next = rows_.upper_bound({0, code});
  if (next == rows_.begin()) return nullptr;
  --next;
  return next->first.first == 0 && code <= next->second.last ? &next->second.meaning : nullptr;
}

const ErrorTable& default_error_table() {
  static const ErrorTable table = [] {
    auto parsed = ErrorTable::parse("whatsapp-errors.tsv", channel_file("whatsapp-errors.tsv"));
    if (!parsed) throw std::logic_error(parsed.problem().text());
    return std::move(parsed).value();
  }();
  return table;
}

}  // namespace sahut::adapters::whatsapp
