#include "nlu/word_forms.hpp"

#include <algorithm>
#include <array>

#include "nlu/letters.hpp"

namespace sahut::nlu {
namespace {

bool one_syllable(std::string_view root) {
  return std::ranges::count_if(root, is_vowel) <= 1;
}

/// A loan cluster such as "pr", "tr", "kl" keeps its first letter: "memproses", "mentransfer".
bool cluster(std::string_view root) {
  return root.size() > 1 && !is_vowel(root[1]) && root[1] != 'y';
}

std::string join(std::string_view a, std::string_view b) {
  return std::string(a).append(b);
}

/// The nasal that stands before the root after me- and pe-, and the root without the letter it swallows.
struct Nasal {
  std::string_view nasal;
  std::string_view rest;
};
Nasal nasal_of(std::string_view root) {
  if (one_syllable(root)) return {"nge", root};
  const std::string_view rest = root.substr(1);
  switch (root.front()) {
    case 'k':
      return cluster(root) ? Nasal{"ng", root} : Nasal{"ng", rest};
    case 's':
      return cluster(root) ? Nasal{"n", root} : Nasal{"ny", rest};
    case 'p':
      return cluster(root) ? Nasal{"m", root} : Nasal{"m", rest};
    case 't':
      return cluster(root) ? Nasal{"n", root} : Nasal{"n", rest};
    case 'b':
    case 'f':
    case 'v':
      return {"m", root};
    case 'd':
    case 'c':
    case 'j':
    case 'z':
      return {"n", root};
    case 'l':
    case 'r':
    case 'm':
    case 'n':
    case 'w':
    case 'y':
      return {"", root};
    default:
      return {"ng", root};
  }
}

}  // namespace

std::string active_form(std::string_view root) {
  const Nasal nasal = nasal_of(root);
  return join("me", join(nasal.nasal, nasal.rest));
}

std::vector<std::string> nasal_forms(std::string_view root) {
  std::vector<std::string> forms;
  const Nasal nasal = nasal_of(root);
  if (!nasal.nasal.empty()) forms.push_back(join(nasal.nasal, nasal.rest));
  const char first = root.front();
  if (first == 'c' && !one_syllable(root)) forms.push_back(join("ny", root.substr(1)));
  if (!is_vowel(first) && !one_syllable(root)) forms.push_back(join("nge", root));
  if (first == 'j' && !one_syllable(root)) forms.push_back(join("ng", root));
  return forms;
}

std::vector<ChatForm> chat_forms(std::string_view root) {
  const std::string active = active_form(root);
  // A root that ends in a vowel takes -in as it stands ("cariin", "isiin") and without doubling ("isin").
  const std::string benefit = join(root, "in");
  std::vector<ChatForm> forms;
  const auto add = [&forms](std::string form, std::string standard) {
    forms.push_back({form + "nya", standard + "nya"});
    forms.push_back({std::move(form), std::move(standard)});
  };
  for (const std::string& nasal : nasal_forms(root)) {
    add(nasal, active);
    add(nasal + "in", active + "kan");
    forms.push_back({nasal + "kan", active + "kan"});
  }
  add(benefit, join(root, "kan"));
  add("di" + benefit, "di" + join(root, "kan"));
  forms.push_back({"tak" + std::string(root), std::string(root)});
  return forms;
}

std::vector<std::string> standard_forms(std::string_view root) {
  const Nasal nasal = nasal_of(root);
  const std::string active = active_form(root);
  const std::string person = join("pe", join(nasal.nasal, nasal.rest));
  const std::string bare(root);
  const std::array<std::string, 8> bases = {bare,         active, "di" + bare, "ter" + bare,
                                            "ber" + bare, person, "se" + bare, "memper" + bare};
  static constexpr std::array<std::string_view, 6> suffixes = {"", "kan", "i", "an", "nya", "kannya"};
  std::vector<std::string> forms;
  for (const std::string& base : bases) {
    for (const std::string_view suffix : suffixes) forms.push_back(join(base, suffix));
  }
  for (const std::string& form :
       {person + "annya", bare + "annya", "ke" + bare + "an", "per" + bare + "an", "pem" + bare + "an"})
    forms.push_back(form);
  return forms;
}

}  // namespace sahut::nlu
