// The JSON of the API: conversations, messages, entries, as docs/openapi.yaml describes them. Addresses are masked
// here, so no handler can forget it (P7).
#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "escalation/city.hpp"
#include "server/http/response.hpp"
#include "storage/repositories/conversations.hpp"
#include "storage/repositories/entries.hpp"
#include "storage/repositories/gaps.hpp"
#include "storage/repositories/messages.hpp"

namespace sahut::server {

struct Services;

/// What shapes need besides the rows.
struct ShapeContext {
  std::string time_zone;
  std::function<bool(std::string_view channel)> has_window;  ///< stops taking free text after 24 hours
  std::shared_ptr<const escalation::City> city = {};         ///< names the districts of places; may be null

  [[nodiscard]] nlohmann::json time(UnixMillis moment) const;  ///< RFC 3339 with the city's offset; null if unknown
};
/// As the city and the channels are at this moment.
[[nodiscard]] ShapeContext shapes(const Services& services);

[[nodiscard]] nlohmann::ordered_json shape(const storage::ConversationSummary& summary, const ShapeContext& context);
/// For officers: with the whole receipt.
[[nodiscard]] nlohmann::ordered_json shape(const storage::MessageRecord& message, const ShapeContext& context);
/// For residents: without names of officers' accounts and with the public part of the receipt.
[[nodiscard]] nlohmann::ordered_json public_shape(const storage::MessageRecord& message, const ShapeContext& context);
/// `url`: where it is served to whoever asks.
[[nodiscard]] nlohmann::ordered_json shape(const storage::MediaRecord& media, const std::string& url);
[[nodiscard]] nlohmann::ordered_json shape(const storage::EntryRecord& entry, const ShapeContext& context);
[[nodiscard]] nlohmann::ordered_json shape(const storage::RevisionRecord& revision, const ShapeContext& context);

/// The entry with its revision as ETag: what the next PUT sends back as If-Match.
[[nodiscard]] http::Response entry_response(int status, const storage::EntryRecord& entry, const ShapeContext& context);

}  // namespace sahut::server
