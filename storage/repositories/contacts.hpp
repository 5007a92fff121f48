// Residents as rows: found by any of their keys in a channel, never by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/connection.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::storage {

struct ContactRecord {
  ContactId id;
  std::string channel;
  std::string address;  ///< the channel's key, what replies are addressed to
  std::string name;
  bool reachable = true;
};

struct ContactKeys {
  std::string_view channel;
  std::string_view address;
  const std::vector<std::string>& aliases;
  std::string_view name;
};

/// Finds the resident by address or alias, or makes a new one with `fresh_id`; learns new aliases and the newest name,
/// and marks them reachable again.
[[nodiscard]] ContactRecord find_or_create_contact(Connection& connection, const ContactKeys& keys, ContactId fresh_id,
                                                   UnixMillis now);
[[nodiscard]] std::optional<ContactRecord> find_contact(Connection& connection, std::string_view channel,
                                                        std::string_view address);
[[nodiscard]] std::optional<ContactRecord> load_contact(Connection& connection, ContactId id);

/// The resident's key changed: history stays with them. If the new key already belongs to somebody the old one becomes
/// an alias of that contact. Nothing happens if the old key is unknown.
void move_contact(Connection& connection, std::string_view channel, std::string_view from, std::string_view to);
void set_reachable(Connection& connection, ContactId id, bool reachable);

}  // namespace sahut::storage
