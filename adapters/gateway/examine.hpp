// What a gateway says of its session, by the rules of its profile.
#pragma once

#include <span>
#include <vector>

#include "adapters/examination.hpp"
#include "adapters/gateway/profile.hpp"
#include "adapters/placeholders.hpp"

namespace sahut::adapters::gateway {

/// One question. `settings` fill in the profile's path and headers.
[[nodiscard]] std::vector<Probe> probes(const Profile& profile, const std::string& api_base, const Words& settings);

/// REQUIRES: the answers to probes().
[[nodiscard]] std::vector<Check> examine(std::span<const HttpAnswer> answers, const Profile& profile,
                                         const ExaminationContext& context);

}  // namespace sahut::adapters::gateway
