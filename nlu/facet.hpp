// The side of a service that a question is about. Forty services × seven facets need forty entries, not 280.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sahut::nlu {

/// The names are those of the knowledge file's `facets`.
enum class Facet : std::uint8_t { none, requirements, procedure, duration, fee, place, hours, complaints };

[[nodiscard]] std::string_view name_of(Facet facet);
[[nodiscard]] std::optional<Facet> facet_named(std::string_view name);

}  // namespace sahut::nlu
