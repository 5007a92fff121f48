#include "nlu/facet.hpp"

#include <array>

namespace sahut::nlu {
namespace {
constexpr std::array<std::string_view, 8> names = {"none", "requirements", "procedure", "duration",
                                                   "fee",  "place",        "hours",     "complaints"};
}

std::string_view name_of(Facet facet) {
  return names[static_cast<std::size_t>(facet)];
}

std::optional<Facet> facet_named(std::string_view name) {
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Facet>(i);
  }
  return std::nullopt;
}

}  // namespace sahut::nlu
