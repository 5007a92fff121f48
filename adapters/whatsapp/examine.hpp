// What Meta's answers about a number, its token and its account say of their state.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/examination.hpp"
#include "adapters/whatsapp/account.hpp"

namespace sahut::adapters::whatsapp {

/// The number, the token, the callback URL; with waba_id also the subscription.
[[nodiscard]] std::vector<Probe> probes(const Account& account);

/// REQUIRES: the answers to probes(), in that order.
[[nodiscard]] std::vector<Check> examine(std::span<const HttpAnswer> answers, const Account& account,
                                         const ExaminationContext& context);

/// Of subscribe(): nothing if it was done.
[[nodiscard]] std::optional<Check> refusal_of_subscription(const HttpAnswer& answer);

/// What is wrong with the address Meta shall call: nothing if it may be entered there.
[[nodiscard]] std::optional<Check> check_address(const std::string& webhook_url);

}  // namespace sahut::adapters::whatsapp
