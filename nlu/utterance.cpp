#include "nlu/utterance.hpp"

#include <array>

namespace sahut::nlu {
namespace {
constexpr std::array<std::string_view, 10> names = {"nik",  "kk",    "phone", "money", "date",
                                                    "time", "rt_rw", "place", "plate", "number"};
}

std::string_view name_of(EntityKind kind) {
  return names[static_cast<std::size_t>(kind)];
}

std::string Utterance::normal_text() const {
  std::string text;
  for (const Token& token : tokens) {
    if (!text.empty()) text += ' ';
    text += token.normal;
  }
  return text;
}

}  // namespace sahut::nlu
