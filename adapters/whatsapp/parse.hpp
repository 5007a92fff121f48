// A whole webhook body of the Cloud API. Meta batches up to a thousand updates in one body of up to 3 MB, over several
// entries and changes: every one is looked at, and one that is broken never loses its neighbours.
#pragma once

#include <string_view>
#include <vector>

#include "conversation/event.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::adapters::whatsapp {

/// The events in the order of the body; what is not ours (another number, field or product) is Ignored with its reason.
/// A Problem only when it is no JSON object.
[[nodiscard]] Result<std::vector<conversation::InboundEvent>> parse(std::string_view body,
                                                                    std::string_view phone_number_id, UnixMillis now);

}  // namespace sahut::adapters::whatsapp
