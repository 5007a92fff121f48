#include "adapters/gateway/jid.hpp"

#include <algorithm>

namespace sahut::adapters::gateway {
namespace {

bool is_number(std::string_view text) {
  return text.size() >= 6 && text.size() <= 20 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

JidKind kind_of(std::string_view jid) {
  const std::size_t mark = jid.rfind('@');
  if (mark == std::string_view::npos) {
    return is_number(jid.starts_with('+') ? jid.substr(1) : jid) ? JidKind::person : JidKind::unknown;
  }
  const std::string_view server = jid.substr(mark + 1);
  if (server == "g.us") return JidKind::group;
  if (server == "broadcast") return JidKind::broadcast;
  if (server == "newsletter") return JidKind::newsletter;
  const bool person = server == "c.us" || server == "s.whatsapp.net" || server == "lid";
  return person && !contact_key(jid).empty() ? JidKind::person : JidKind::unknown;
}

std::string contact_key(std::string_view jid) {
  if (jid.starts_with('+')) jid.remove_prefix(1);
  const std::size_t mark = jid.rfind('@');
  const std::string_view user = jid.substr(0, mark);
  const std::string_view number = user.substr(0, user.find(':'));
  if (!is_number(number)) return {};
  if (mark == std::string_view::npos) return std::string(number);
  const std::string_view server = jid.substr(mark + 1);
  if (server == "c.us" || server == "s.whatsapp.net") return std::string(number);
  return server == "lid" ? std::string(number) + "@lid" : std::string();
}

std::string address_of(const std::string& contact, const std::string& phone_suffix) {
  return is_number(contact) ? contact + phone_suffix : contact;
}

std::string after_last(const std::string& id, const std::string& separator) {
  if (separator.empty()) return id;
  const std::size_t found = id.rfind(separator);
  return found == std::string::npos ? id : id.substr(found + separator.size());
}

}  // namespace sahut::adapters::gateway
