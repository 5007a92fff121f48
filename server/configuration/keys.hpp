// Every key of the configuration, with what it means: the one table that loading, checking, showing and the example
// read.
#pragma once

#include <span>
#include <string_view>

namespace sahut::server {

enum class KeyType { text, integer, boolean };

struct Key {
  std::string_view section = {};  ///< "server", "store", "city", or "channels" for the keys of every [channels.NAME]
  std::string_view name = {};
  KeyType type = KeyType::text;
  std::string_view fallback = {};  ///< used when nobody sets it
  bool secret = false;             ///< never shown; may be given as NAME_file
  bool list = false;               ///< may be a list of texts
  std::string_view meaning = {};   ///< one line for `config example`
  std::string_view kinds = {};     ///< of channels: which kinds have it, comma-separated
};

[[nodiscard]] std::span<const Key> configuration_keys();
[[nodiscard]] const Key* find_key(std::string_view section, std::string_view name);

}  // namespace sahut::server
