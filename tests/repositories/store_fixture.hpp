// A new store with the program's own schema, and the rows most tests need in it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/migrations.hpp"
#include "storage/repositories/contacts.hpp"
#include "storage/repositories/conversations.hpp"
#include "storage/repositories/messages.hpp"
#include "storage/sqlite_connection.hpp"
#include "tests/storage/temporary_folder.hpp"

namespace sahut::storage {

class StoreFixture : public ::testing::Test {
 protected:
  StoreFixture() {
    // Not a durability test: the schema and the SQL are the same without waiting for the disk.
    db_->execute_script("PRAGMA synchronous = OFF");
    const auto migrated = migrate(*db_, built_in_migrations(), {1}, [](int) { return std::nullopt; });
    if (!migrated.ok()) throw std::runtime_error(migrated.problem().text());
  }

  ContactRecord contact(std::int64_t id, const std::string& address, const std::string& name = "Warga") {
    const std::vector<std::string> no_aliases;
    return find_or_create_contact(*db_, {.channel = "wa", .address = address, .aliases = no_aliases, .name = name},
                                  {id}, {1000});
  }

  ConversationRecord conversation(std::int64_t id, ContactId of, escalation::Ownership owner = {},
                                  UnixMillis updated = {1000}) {
    ConversationRecord record{.id = {id},
                              .contact = of,
                              .channel = "wa",
                              .owner = std::move(owner),
                              .case_file = {},
                              .memory = {},
                              .opened_at = {1000},
                              .updated_at = updated,
                              .last_inbound_at = {1000},
                              .unread = 0,
                              .last_author = "resident",
                              .last_text = "halo"};
    insert_conversation(*db_, record);
    return record;
  }

  static MessageRecord message(std::int64_t id, ConversationId in, ContactId of, const std::string& external_id = "") {
    MessageRecord record;
    record.id = {id};
    record.conversation = in;
    record.contact = of;
    record.channel = "wa";
    record.external_id = external_id;
    record.author = "resident";
    record.text = "halo";
    record.sent_at = {900};
    record.at = {1000};
    return record;
  }

  std::int64_t count(const std::string& table) {
    return db_
        ->query_one<std::int64_t>("SELECT COUNT(*) FROM " + table, {}, [](const Row& row) { return row.integer(0); })
        .value();
  }

  TemporaryFolder folder_;
  std::unique_ptr<Connection> db_ = open_sqlite(folder_.file("sahut.db"));
};

}  // namespace sahut::storage
