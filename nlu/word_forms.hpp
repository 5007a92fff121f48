// Forms made from an Indonesian verb root: the standard ones (mengurus, diuruskan, pengurusan) and those of chat, with
// the short nasal prefix and -in (ngurus, nyariin, diurusin). Generated, so that the root list stays short enough to
// review.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sahut::nlu {

/// "urus" → "mengurus", "cari" → "mencari", "tulis" → "menulis", "cek" → "mengecek".  REQUIRES: root is not empty.
[[nodiscard]] std::string active_form(std::string_view root);

/// Prefixes of chat put before the root: "ngurus", "nyari", "nulis", "mbayar", "ngecek".
[[nodiscard]] std::vector<std::string> nasal_forms(std::string_view root);

struct ChatForm {
  std::string form;
  std::string standard;
};
/// Chat forms of a verb with their standard forms: nasal prefix, -in, di-…-in, each with and without -nya.
[[nodiscard]] std::vector<ChatForm> chat_forms(std::string_view root);

/// Standard forms whose stem is the root.
[[nodiscard]] std::vector<std::string> standard_forms(std::string_view root);

}  // namespace sahut::nlu
