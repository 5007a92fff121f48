#include "server/configuration/configuration.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "knowledge/json_fields.hpp"
#include "server/configuration/keys.hpp"

namespace sahut::server {
namespace {

constexpr std::string_view file_suffix = "_file";
constexpr std::size_t max_secret_file_bytes = 64 * 1024;

std::vector<std::string> names_of(std::string_view section) {
  std::vector<std::string> names;
  for (const Key& key : configuration_keys()) {
    if (key.section != section) continue;
    names.emplace_back(key.name);
    if (key.secret) names.push_back(std::string(key.name) + std::string(file_suffix));
  }
  return names;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const std::string meant = knowledge::nearest_word(word, known);
  return meant.empty() ? "Known here: " +
                             [&] {
                               std::string all;
                               for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
                               return all;
                             }() +
                             "."
                       : "Did you mean `" + meant + "`?";
}

std::string upper(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

/// The first line of a secret's file; a newline at its end is not part of it.
Result<std::string> read_secret(const std::string& path, const std::string& where) {
  std::ifstream file(path, std::ios::binary);
  std::string secret(max_secret_file_bytes + 1, '\0');
  file.read(secret.data(), static_cast<std::streamsize>(secret.size()));
  if (!file.is_open()) {
    return Problem{"unreadable", where, "the file `" + path + "` cannot be read.", "Check its path and permissions."};
  }
  secret.resize(static_cast<std::size_t>(file.gcount()));
  if (secret.size() > max_secret_file_bytes) {
    return Problem{"too_big", where, "the file `" + path + "` is too big for a secret.", "Point to the right file."};
  }
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  return secret;
}

class Loader {
 public:
  LoadedConfiguration load(const ConfigurationSources& sources) {
    for (const Key& key : configuration_keys()) {
      if (key.section == "channels") continue;
      loaded_.configuration.settings[full_name(key)] = {{std::string(key.fallback)}, "default"};
    }
    if (sources.file) read_file(*sources.file);
    for (const auto& [name, value] : sources.environment) read_variable(name, value);
    for (const auto& [name, value] : sources.flags) {
      loaded_.configuration.settings[name] = {{value}, "--" + name.substr(name.find('.') + 1)};
    }
    for (auto& [name, channel] : channels_) loaded_.configuration.channels.push_back(std::move(channel));
    check();
    return std::move(loaded_);
  }

 private:
  static std::string full_name(const Key& key) { return std::string(key.section) + "." + std::string(key.name); }

  void problem(std::string code, std::string where, std::string what, std::string cure) {
    loaded_.problems.push_back({std::move(code), std::move(where), std::move(what), std::move(cure)});
  }

  void read_file(const std::string& path) {
    std::ifstream probe(path);
    if (!probe.is_open()) {
      problem("unreadable", path, "the configuration file cannot be read.", "Check its path and permissions.");
      return;
    }
    try {
      const toml::table table = toml::parse_file(path);
      for (const auto& [section, node] : table) read_section(path, std::string(section.str()), node);
    } catch (const toml::parse_error& error) {
      problem("not_toml", path + " line " + std::to_string(error.source().begin.line),
              std::string(error.description()) + ".", "Correct this line; a text needs quotes.");
    }
  }

  static std::string place(const std::string& path, const toml::node& node) {
    return path + " line " + std::to_string(node.source().begin.line);
  }

  void read_section(const std::string& path, const std::string& section, const toml::node& node) {
    const toml::table* table = node.as_table();
    if (section == "channels" && table != nullptr) {
      for (const auto& [name, channel] : *table) {
        const toml::table* settings = channel.as_table();
        if (settings == nullptr) {
          problem("wrong_type", place(path, channel), "`" + std::string(name.str()) + "` is not a channel.",
                  "Write it as [channels." + std::string(name.str()) + "].");
          continue;
        }
        for (const auto& [key, value] : *settings) {
          read_value(path, "channels", std::string(name.str()), std::string(key.str()), value);
        }
        channel_named(std::string(name.str()));
      }
      return;
    }
    const bool known = section == "server" || section == "store" || section == "media" || section == "city";
    if (!known || table == nullptr) {
      problem("unknown_key", place(path, node), "`" + section + "` is not a known section.",
              did_you_mean(section, {"server", "store", "media", "city", "channels"}));
      return;
    }
    for (const auto& [key, value] : *table) read_value(path, section, "", std::string(key.str()), value);
  }

  void read_value(const std::string& path, const std::string& section, const std::string& channel,
                  const std::string& name, const toml::node& node) {
    std::vector<std::string> values;
    const auto add = [&](const toml::node& item) {
      if (const auto text = item.value_exact<std::string>()) {
        values.push_back(*text);
      } else if (const auto number = item.value_exact<std::int64_t>()) {
        values.push_back(std::to_string(*number));
      } else if (const auto truth = item.value_exact<bool>()) {
        values.emplace_back(*truth ? "true" : "false");
      } else {
        problem("wrong_type", place(path, node), "`" + name + "` has a value of the wrong type.",
                "Write a text in quotes or a whole number.");
      }
    };
    if (const toml::array* list = node.as_array()) {
      for (const toml::node& item : *list) add(item);
    } else {
      add(node);
    }
    if (!values.empty()) set(section, channel, name, std::move(values), place(path, node));
  }

  void read_variable(const std::string& variable, const std::string& value) {
    constexpr std::string_view prefix = "SAHUT_";
    if (!variable.starts_with(prefix)) return;
    const std::string name = variable.substr(prefix.size());
    for (const char* section : {"SERVER", "STORE", "CITY"}) {
      const std::string start = std::string(section) + "_";
      if (!name.starts_with(start)) continue;
      std::string key = name.substr(start.size());
      std::transform(key.begin(), key.end(), key.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      std::string lower_section(section);
      std::transform(lower_section.begin(), lower_section.end(), lower_section.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      set(lower_section, "", key, {value}, variable);
      return;
    }
    if (name.starts_with("CHANNELS_")) read_channel_variable(variable, name.substr(9), value);
  }

  /// SAHUT_CHANNELS_<NAME>_<KEY>: a name may hold underscores, so the longest key that fits the end decides.
  void read_channel_variable(const std::string& variable, const std::string& rest, const std::string& value) {
    std::string best;
    for (const std::string& key : names_of("channels")) {
      const std::string end = "_" + upper(key);
      if (rest.size() > end.size() && rest.ends_with(end) && key.size() > best.size()) best = key;
    }
    if (best.empty()) {
      problem("unknown_key", variable, "this names no key of a channel.", did_you_mean(rest, names_of("channels")));
      return;
    }
    const std::string upper_name = rest.substr(0, rest.size() - best.size() - 1);
    std::string name;
    for (const auto& [known, channel] : channels_) {
      if (upper(known) == upper_name) name = known;
    }
    if (name.empty()) {
      name = upper_name;
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    }
    set("channels", name, best, {value}, variable);
  }

  ChannelConfiguration& channel_named(const std::string& name) {
    ChannelConfiguration& channel = channels_[name];
    channel.name = name;
    return channel;
  }

  void set(const std::string& section, const std::string& channel, std::string name, std::vector<std::string> values,
           const std::string& source) {
    const Key* key = find_key(section, name);
    if (key == nullptr && name.ends_with(file_suffix)) {
      const std::string base = name.substr(0, name.size() - file_suffix.size());
      key = find_key(section, base);
      if (key != nullptr && !key->secret) key = nullptr;
      if (key != nullptr) {
        auto secret = read_secret(values.front(), source);
        if (!secret.ok()) {
          loaded_.problems.push_back(secret.problem());
          return;
        }
        name = base;
        values = {std::move(secret).value()};
      }
    }
    if (key == nullptr) {
      problem("unknown_key", source, "`" + name + "` is not a known key of [" + section + "].",
              did_you_mean(name, names_of(section)));
      return;
    }
    if (values.size() > 1 && !key->list) {
      problem("wrong_type", source, "`" + name + "` takes one value, not a list.", "Keep one.");
      return;
    }
    if (!check_type(*key, values.front(), source)) return;
    Setting setting{std::move(values), source};
    if (section == "channels") {
      channel_named(channel).settings[name] = std::move(setting);
    } else {
      loaded_.configuration.settings[section + "." + name] = std::move(setting);
    }
  }

  bool check_type(const Key& key, const std::string& value, const std::string& source) {
    if (key.type == KeyType::integer &&
        (value.empty() || value.find_first_not_of("0123456789") != std::string::npos || value.size() > 9)) {
      problem("wrong_type", source, "`" + std::string(key.name) + "` takes a whole number, not `" + value + "`.", "");
      return false;
    }
    if (key.type == KeyType::boolean && value != "true" && value != "false") {
      problem("wrong_type", source, "`" + std::string(key.name) + "` takes true or false, not `" + value + "`.", "");
      return false;
    }
    return true;
  }

  void check() {
    const Configuration& configuration = loaded_.configuration;
    const auto listen =
        parse_listen(configuration.text("server.listen"), configuration.settings.at("server.listen").source);
    if (!listen.ok()) loaded_.problems.push_back(listen.problem());
    for (const ChannelConfiguration& channel : configuration.channels) check_channel(channel);
  }

  void check_channel(const ChannelConfiguration& channel) {
    const bool plain = channel.name.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == std::string::npos;
    if (!plain || channel.name.empty()) {
      problem("bad_name", "channels." + channel.name, "this name cannot stand in a path.",
              "Use letters, digits, dashes and underscores.");
    }
    const std::string kind = channel.text("kind");
    const Key* kinds = find_key("channels", "kind");
    const std::string padded = "," + std::string(kinds->kinds) + ",";
    if (kind.empty() || padded.find("," + kind + ",") == std::string::npos) {
      problem("bad_kind", "channels." + channel.name + ".kind",
              kind.empty() ? "this channel has no kind." : "`" + kind + "` is not a kind of channel.",
              "Write whatsapp, telegram, gateway or webchat.");
      return;
    }
    for (const auto& [name, setting] : channel.settings) {
      const Key* key = find_key("channels", name);
      if (("," + std::string(key->kinds) + ",").find("," + kind + ",") == std::string::npos) {
        problem("unknown_key", setting.source, "`" + name + "` is not a key of a " + kind + " channel.", "Remove it.");
      }
    }
  }

  LoadedConfiguration loaded_;
  std::map<std::string, ChannelConfiguration> channels_;
};

std::string shown(const Key& key, const Setting& setting) {
  if (key.secret) return setting.text().empty() ? "(not set)" : "(set, hidden)";
  std::string all;
  for (const std::string& value : setting.values) all += (all.empty() ? "" : ", ") + value;
  return all.empty() ? "(empty)" : all;
}

}  // namespace

const std::string& Setting::text() const {
  static const std::string nothing;
  return values.empty() ? nothing : values.front();
}

std::string ChannelConfiguration::text(std::string_view key) const {
  const auto found = settings.find(std::string(key));
  return found == settings.end() ? std::string() : found->second.text();
}

const std::string& Configuration::text(std::string_view key) const {
  return settings.at(std::string(key)).text();
}

std::int64_t Configuration::integer(std::string_view key) const {
  std::int64_t value = 0;
  const std::string& digits = text(key);
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

LoadedConfiguration load_configuration(const ConfigurationSources& sources) {
  return Loader().load(sources);
}

Result<ListenAddress> parse_listen(std::string_view text, std::string_view where) {
  const Problem wrong{"bad_address", std::string(where), "`" + std::string(text) + "` is not an address and port.",
                      "Write it as 127.0.0.1:8080 or [::1]:8080."};
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return wrong;
  std::string_view address = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  if (address.front() == '[' && address.back() == ']') address = address.substr(1, address.size() - 2);
  std::uint32_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port > 65535) return wrong;
  return ListenAddress{std::string(address), static_cast<std::uint16_t>(port)};
}

std::string show_configuration(const Configuration& configuration) {
  std::ostringstream out;
  std::string_view section;
  for (const Key& key : configuration_keys()) {
    if (key.section == "channels") continue;
    if (key.section != section) out << (section.empty() ? "" : "\n") << "[" << key.section << "]\n";
    section = key.section;
    const Setting& setting = configuration.settings.at(std::string(key.section) + "." + std::string(key.name));
    out << key.name << " = " << shown(key, setting) << "    # " << setting.source << "\n";
  }
  for (const ChannelConfiguration& channel : configuration.channels) {
    out << "\n[channels." << channel.name << "]\n";
    for (const auto& [name, setting] : channel.settings) {
      out << name << " = " << shown(*find_key("channels", name), setting) << "    # " << setting.source << "\n";
    }
  }
  return out.str();
}

std::string example_configuration() {
  std::ostringstream out;
  out << "# Sahut's configuration: every key with its default. Keep only what you change.\n"
         "# Each key is also an environment variable: [server] listen is SAHUT_SERVER_LISTEN,\n"
         "# [channels.whatsapp] app_secret is SAHUT_CHANNELS_WHATSAPP_APP_SECRET.\n"
         "# A secret may stand in a file of its own: app_secret_file = \"/etc/sahut/secrets/app_secret\".\n";
  std::string_view section;
  const auto line = [&](const Key& key) {
    const bool bare = key.type != KeyType::text;
    out << "# " << key.meaning << "\n#" << key.name << " = " << (bare ? "" : "\"") << key.fallback << (bare ? "" : "\"")
        << "\n";
  };
  for (const Key& key : configuration_keys()) {
    if (key.section == "channels") continue;
    if (key.section != section) out << "\n[" << key.section << "]\n";
    section = key.section;
    line(key);
  }
  for (const char* kind : {"whatsapp", "telegram", "gateway", "webchat"}) {
    const bool web = std::string_view(kind) == "webchat";
    out << "\n#[channels." << (web ? "web" : kind) << "]\n#kind = \"" << kind << "\"\n";
    for (const Key& key : configuration_keys()) {
      if (key.section != "channels" || key.name == "kind") continue;
      if (("," + std::string(key.kinds) + ",").find("," + std::string(kind) + ",") != std::string::npos) line(key);
    }
  }
  return out.str();
}

}  // namespace sahut::server
