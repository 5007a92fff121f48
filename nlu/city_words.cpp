#include "nlu/city_words.hpp"

#include <algorithm>
#include <utility>

#include "nlu/default_lexicon.hpp"
#include "nlu/fold.hpp"
#include "nlu/word_normaliser.hpp"

namespace sahut::nlu {
namespace {

constexpr std::size_t longest_typed_word_bytes = 1'000;
constexpr std::string_view city_list_name = "chat-kota-ini.tsv";

std::string in_quotes(std::string_view words) {
  return "“" + std::string(words) + "”";
}

/// Folded, with single spaces and none around.
std::string tidied(std::string_view typed) {
  std::string words;
  for (const char c : fold(typed, longest_typed_word_bytes).text) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

bool folded_letter(char c) {
  return c >= 'a' && c <= 'z';
}

bool only_letters_digits_spaces(std::string_view words) {
  return std::ranges::all_of(words, [](char c) { return folded_letter(c) || (c >= '0' && c <= '9') || c == ' '; });
}

std::vector<std::string_view> parts_of(std::string_view standard) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < standard.size();) {
    const std::size_t end = std::min(standard.find(' ', at), standard.size());
    words.push_back(standard.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::optional<Problem> wrong_form(std::string_view form) {
  if (form.empty()) {
    return Problem{"missing", "form", "Katanya belum diisi.", "Tulis satu kata yang dipakai warga."};
  }
  if (form.find(' ') != std::string_view::npos) {
    return Problem{"not_one_word", "form", "Ini lebih dari satu kata.",
                   "Tulis satu kata saja; artinya boleh beberapa kata."};
  }
  if (!only_letters_digits_spaces(form)) {
    return Problem{"signs", "form", "Di sini hanya boleh huruf dan angka.", "Hapus tanda bacanya."};
  }
  if (form.size() > city_form_letters_max) {
    return Problem{"too_long", "form", "Kata ini terlalu panjang.",
                   "Paling banyak " + std::to_string(city_form_letters_max) + " huruf."};
  }
  // A number is understood as a number before any word list is asked.
  if (form.size() < city_form_letters_min || std::ranges::none_of(form, folded_letter)) {
    return Problem{"too_short", "form", "Kata ini terlalu pendek.", "Tulis dua huruf atau lebih."};
  }
  return std::nullopt;
}

std::optional<Problem> wrong_standard(std::string_view standard) {
  if (standard.empty()) {
    return Problem{"missing", "standard", "Artinya belum diisi.", "Tulis kata baku yang dimaksud warga."};
  }
  if (!only_letters_digits_spaces(standard)) {
    return Problem{"signs", "standard", "Di sini hanya boleh huruf, angka, dan spasi.", "Hapus tanda bacanya."};
  }
  if (standard.size() > city_standard_letters_max) {
    return Problem{"too_long", "standard", "Arti ini terlalu panjang.",
                   "Paling banyak " + std::to_string(city_standard_letters_max) + " huruf."};
  }
  return std::nullopt;
}

}  // namespace

Result<CityWord> tidy(const CityWord& typed) {
  CityWord word{tidied(typed.form), tidied(typed.standard)};
  if (auto problem = wrong_form(word.form)) return *std::move(problem);
  if (auto problem = wrong_standard(word.standard)) return *std::move(problem);
  return word;
}

std::optional<Problem> CityWords::refusal(const CityWord& word) const {
  if (standards_.size() >= city_words_max) {
    return Problem{"too_many_words", "form", "Sudah ada " + std::to_string(city_words_max) + " kata kota.",
                   "Hapus dulu kata yang tidak dipakai lagi."};
  }
  if (built_in_->standard_word(word.form)) {
    return Problem{"standard_word", "form", in_quotes(word.form) + " sudah kata baku yang Sahut pahami.",
                   "Pakai kata lain, atau tambahkan pertanyaan dengan kata ini sebagai contoh di sebuah entri."};
  }
  if (const auto other = meant_by_.find(word.form); other != meant_by_.end()) {
    return Problem{"used_as_meaning", "form",
                   in_quotes(word.form) + " dipakai sebagai arti kata " + in_quotes(other->second) + ".",
                   "Ubah dulu arti kata " + in_quotes(other->second) + "."};
  }
  for (const std::string_view part : parts_of(word.standard)) {
    if (part == word.form) {
      return Problem{"own_meaning", "standard", "Arti ini memuat kata itu sendiri.", "Tulis artinya dengan kata lain."};
    }
    const auto other = standards_.find(part);
    const std::string better = other == standards_.end() ? standard_form(part, *built_in_) : other->second;
    if (better != part) {
      return Problem{"not_standard", "standard", in_quotes(part) + " bukan kata baku.",
                     "Tulis " + in_quotes(better) + " sebagai gantinya."};
    }
  }
  return std::nullopt;
}

std::optional<Problem> CityWords::add(const CityWord& typed) {
  const Result<CityWord> word = tidy(typed);
  if (!word) return word.problem();
  if (auto problem = refusal(*word)) return problem;
  for (const std::string_view part : parts_of(word->standard)) meant_by_.emplace(part, word->form);
  standards_.emplace(word->form, word->standard);
  return std::nullopt;
}

Result<std::shared_ptr<const Lexicon>> CityWords::lexicon() const {
  if (standards_.empty()) return built_in_;
  std::string list;
  for (const auto& [form, standard] : standards_) list.append(form).append(1, '\t').append(standard).append(1, '\n');
  std::vector<LexiconFile> files = default_lexicon_files();
  files.push_back({.name = city_list_name, .tsv = list, .overrides = true});
  Result<Lexicon> parsed = Lexicon::parse(files);
  if (!parsed) return parsed.problem();
  return std::shared_ptr<const Lexicon>(std::make_shared<Lexicon>(std::move(parsed).value()));
}

}  // namespace sahut::nlu
