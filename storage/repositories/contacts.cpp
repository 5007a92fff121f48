#include "storage/repositories/contacts.hpp"

namespace sahut::storage {
namespace {

ContactRecord read_contact(const Row& row) {
  return {.id = {row.integer(0)},
          .channel = row.string(1),
          .address = row.string(2),
          .name = row.string(3),
          .reachable = row.integer(4) != 0};
}

std::optional<ContactRecord> by_alias(Connection& connection, std::string_view channel, std::string_view alias) {
  return connection.query_one<ContactRecord>(
      "SELECT c.id, c.channel, c.address, c.name, c.reachable FROM contact_alias a JOIN contact c ON c.id = "
      "a.contact_id"
      " WHERE a.channel = $1 AND a.alias = $2",
      {channel, alias}, read_contact);
}

void add_alias(Connection& connection, std::string_view channel, std::string_view alias, ContactId contact) {
  connection.execute(
      "INSERT INTO contact_alias (channel, alias, contact_id) VALUES ($1, $2, $3) ON CONFLICT (channel, alias) DO "
      "NOTHING",
      {channel, alias, contact.value});
}

}  // namespace

std::optional<ContactRecord> find_contact(Connection& connection, std::string_view channel, std::string_view address) {
  // Aliases first: a key that moved to another resident is an alias of theirs and still the old one's address.
  auto found = by_alias(connection, channel, address);
  if (found) return found;
  return connection.query_one<ContactRecord>(
      "SELECT id, channel, address, name, reachable FROM contact WHERE channel = $1 AND address = $2",
      {channel, address}, read_contact);
}

std::optional<ContactRecord> load_contact(Connection& connection, ContactId id) {
  return connection.query_one<ContactRecord>("SELECT id, channel, address, name, reachable FROM contact WHERE id = $1",
                                             {id.value}, read_contact);
}

ContactRecord find_or_create_contact(Connection& connection, const ContactKeys& keys, ContactId fresh_id,
                                     UnixMillis now) {
  auto found = find_contact(connection, keys.channel, keys.address);
  for (const std::string& alias : keys.aliases) {
    if (!found) found = find_contact(connection, keys.channel, alias);
  }
  if (!found) {
    connection.execute(
        "INSERT INTO contact (id, channel, address, name, reachable, created_at) VALUES ($1, $2, $3, $4, 1, $5)",
        {fresh_id.value, keys.channel, keys.address, keys.name, now.value});
    for (const std::string& alias : keys.aliases) add_alias(connection, keys.channel, alias, fresh_id);
    return {.id = fresh_id,
            .channel = std::string(keys.channel),
            .address = std::string(keys.address),
            .name = std::string(keys.name)};
  }
  const bool renamed = !keys.name.empty() && found->name != keys.name;
  if (renamed || !found->reachable) {
    if (renamed) found->name = keys.name;
    found->reachable = true;
    connection.execute("UPDATE contact SET name = $2, reachable = 1 WHERE id = $1", {found->id.value, found->name});
  }
  if (found->address != keys.address) add_alias(connection, keys.channel, keys.address, found->id);
  for (const std::string& alias : keys.aliases) {
    if (alias != found->address) add_alias(connection, keys.channel, alias, found->id);
  }
  return *found;
}

void move_contact(Connection& connection, std::string_view channel, std::string_view from, std::string_view to) {
  const auto before = find_contact(connection, channel, from);
  if (!before) return;
  const auto target = find_contact(connection, channel, to);
  if (target && target->id == before->id) return;
  if (!target) connection.execute("UPDATE contact SET address = $2 WHERE id = $1", {before->id.value, to});
  connection.execute(
      "INSERT INTO contact_alias (channel, alias, contact_id) VALUES ($1, $2, $3)"
      " ON CONFLICT (channel, alias) DO UPDATE SET contact_id = excluded.contact_id",
      {channel, from, target ? target->id.value : before->id.value});
}

void set_reachable(Connection& connection, ContactId id, bool reachable) {
  connection.execute("UPDATE contact SET reachable = $2 WHERE id = $1", {id.value, reachable});
}

}  // namespace sahut::storage
