#include "adapters/whatsapp/identity.hpp"

#include <algorithm>
#include <initializer_list>

namespace sahut::adapters::whatsapp {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_alphanumeric(char c) {
  return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z');
}

constexpr std::size_t longest_bsuid_tail = 128;

}  // namespace

std::string phone_digits(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  const bool phone =
      word.size() >= 6 && word.size() <= 15 && word.front() != '0' && std::all_of(word.begin(), word.end(), is_digit);
  return phone ? std::string(word) : std::string();
}

bool is_bsuid(std::string_view word) {
  if (word.size() < 4 || !is_upper(word[0]) || !is_upper(word[1]) || word[2] != '.') return false;
  word.remove_prefix(3);
  if (word.starts_with("ENT.")) word.remove_prefix(4);
  return !word.empty() && word.size() <= longest_bsuid_tail && std::all_of(word.begin(), word.end(), is_alphanumeric);
}

Contacts::Contacts(const Json& contacts) {
  for (const Json& contact : elements(contacts)) {
    for (const char* const key : {"wa_id", "user_id"}) {
      if (std::string id = word_of(member(contact, key)); !id.empty()) by_id_.emplace(std::move(id), &contact);
    }
  }
  if (elements(contacts).size() == 1) only_ = &elements(contacts).front();
}

const Json& Contacts::of(const std::string& from, const std::string& user_id) const {
  for (const std::string* id : {&from, &user_id}) {
    if (const auto found = by_id_.find(*id); found != by_id_.end()) return *found->second;
  }
  static const Json nobody;
  return only_ != nullptr && from.empty() && user_id.empty() ? *only_ : nobody;
}

Identity identity_of(const Json& message, const Contacts& contacts) {
  const std::string from = word_of(member(message, "from"));
  const std::string user_id = word_of(member(message, "from_user_id"));
  const Json& contact = contacts.of(from, user_id);

  std::string phone;
  std::string bsuid;
  for (const std::string& id :
       {from, user_id, word_of(member(contact, "wa_id")), word_of(member(contact, "user_id"))}) {
    if (phone.empty()) phone = phone_digits(id);
    if (bsuid.empty() && is_bsuid(id)) bsuid = id;
  }
  Identity identity;
  identity.contact = phone.empty() ? bsuid : phone;
  if (!phone.empty() && !bsuid.empty()) identity.aliases.push_back(bsuid);
  identity.name = name_of(member(contact, "profile", "name"));
  if (identity.name.empty()) identity.name = name_of(member(contact, "profile", "username"));
  return identity;
}

}  // namespace sahut::adapters::whatsapp
