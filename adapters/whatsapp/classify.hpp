// Meta's answer to a send, as a verdict. The table is data/channels/whatsapp-errors.tsv.
#pragma once

#include "adapters/channel.hpp"
#include "adapters/whatsapp/error_table.hpp"

namespace sahut::adapters::whatsapp {

/// An unknown code is a retry whose error_text begins with "Unknown": the sender alarms and gives up after its
/// attempts.
[[nodiscard]] SendVerdict classify(const HttpAnswer& answer, const ErrorTable& table);

}  // namespace sahut::adapters::whatsapp
