// Who wrote. Since April 2026 a resident with a username has no phone number in webhooks but a business-scoped user id
// (BSUID, "ID." and up to 128 letters or digits), and either has been seen under the other's key: only the form of a
// value tells which it is (Meta: business-scoped-user-ids; nyaruka/courier, test data).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/json_reader.hpp"

namespace sahut::adapters::whatsapp {

/// Digits of a phone number in international form, without "+"; empty if the word is not one.
[[nodiscard]] std::string phone_digits(std::string_view word);
[[nodiscard]] bool is_bsuid(std::string_view word);

struct Identity {
  std::string contact;               ///< phone digits if there are any, else the BSUID; empty: nobody
  std::vector<std::string> aliases;  ///< the BSUID beside a phone
  std::string name;
};

/// The `contacts` of one change, found by either id: a batch may hold thousands of messages and contacts. Keeps
/// references: the JSON must outlive it.
class Contacts {
 public:
  explicit Contacts(const Json& contacts);  ///< of any type

  /// The entry that speaks of one of these ids; a single entry also if the message names nobody; else null.
  [[nodiscard]] const Json& of(const std::string& from, const std::string& user_id) const;

 private:
  std::map<std::string, const Json*, std::less<>> by_id_;
  const Json* only_ = nullptr;
};

/// The writer of a message, completed from the contacts of its change.
[[nodiscard]] Identity identity_of(const Json& message, const Contacts& contacts);

}  // namespace sahut::adapters::whatsapp
