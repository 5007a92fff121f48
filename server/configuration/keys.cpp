#include "server/configuration/keys.hpp"

#include <array>

namespace sahut::server {
namespace {

constexpr std::array keys = {
    Key{.section = "server", .name = "listen", .fallback = "127.0.0.1:8080", .meaning = "address and port to answer on"},
    Key{.section = "server", .name = "public_url", .fallback = "",
        .meaning = "how the world reaches this server, such as https://layanan.example.go.id; needed for webhooks"},
    Key{.section = "server", .name = "threads", .type = KeyType::integer, .fallback = "0",
        .meaning = "threads that answer requests; 0 = one a processor"},
    Key{.section = "server", .name = "metrics_listen", .fallback = "",
        .meaning = "another address for /metrics; empty = on the same one"},
    Key{.section = "server", .name = "trusted_proxies", .fallback = "",
        .meaning = "addresses whose X-Forwarded-For is believed, comma-separated"},
    Key{.section = "store", .name = "url", .fallback = "sqlite:sahut.db",
        .meaning = "sqlite:FILE, relative to the data folder"},
    Key{.section = "city", .name = "name", .fallback = "Kota", .meaning = "shown on the pages"},
    Key{.section = "city", .name = "time_zone", .fallback = "Asia/Makassar", .meaning = "of office hours and figures"},
    Key{.section = "city", .name = "language", .fallback = "id", .meaning = "first language of the pages: id or en"},
    Key{.section = "city", .name = "case_prefix", .fallback = "BPN", .meaning = "case numbers are PREFIX-YYMM-NNNN"},
    Key{.section = "channels", .name = "kind", .fallback = "", .meaning = "whatsapp, telegram, gateway or webchat",
        .kinds = "whatsapp,telegram,gateway,webchat"},
    Key{.section = "channels", .name = "phone_number_id", .fallback = "",
        .meaning = "from WhatsApp Manager: the number's id, not the number", .kinds = "whatsapp"},
    Key{.section = "channels", .name = "access_token", .fallback = "", .secret = true,
        .meaning = "of the system user that owns the number", .kinds = "whatsapp"},
    Key{.section = "channels", .name = "app_secret", .fallback = "", .secret = true, .list = true,
        .meaning = "of the Meta app; two while it is being changed", .kinds = "whatsapp"},
    Key{.section = "channels", .name = "verify_token", .fallback = "", .secret = true,
        .meaning = "any words of yours; Meta sends them back once", .kinds = "whatsapp"},
    Key{.section = "channels", .name = "bot_token", .fallback = "", .secret = true, .meaning = "from @BotFather",
        .kinds = "telegram"},
    Key{.section = "channels", .name = "secret_token", .fallback = "", .secret = true,
        .meaning = "1-256 of A-Z a-z 0-9 _ -; Telegram sends it with each webhook", .kinds = "telegram"},
    Key{.section = "channels", .name = "mode", .fallback = "webhook",
        .meaning = "webhook, or polling where the server has no public address", .kinds = "telegram"},
    Key{.section = "channels", .name = "profile", .fallback = "", .meaning = "waha, gowa, evolution or fonnte",
        .kinds = "gateway"},
    Key{.section = "channels", .name = "secret", .fallback = "", .secret = true,
        .meaning = "signs the gateway's webhooks; for fonnte it is part of the path", .kinds = "gateway"},
    Key{.section = "channels", .name = "api_key", .fallback = "", .secret = true,
        .meaning = "what the gateway wants with each send", .kinds = "gateway"},
    Key{.section = "channels", .name = "session", .fallback = "", .meaning = "waha: the session's name",
        .kinds = "gateway"},
    Key{.section = "channels", .name = "username", .fallback = "", .meaning = "gowa: basic authentication",
        .kinds = "gateway"},
    Key{.section = "channels", .name = "password", .fallback = "", .secret = true,
        .meaning = "gowa: basic authentication", .kinds = "gateway"},
    Key{.section = "channels", .name = "device_id", .fallback = "", .meaning = "gowa: which device sends",
        .kinds = "gateway"},
    Key{.section = "channels", .name = "instance", .fallback = "", .meaning = "evolution: the instance's name",
        .kinds = "gateway"},
    Key{.section = "channels", .name = "api_base", .fallback = "", .meaning = "where its API answers",
        .kinds = "whatsapp,telegram,gateway"},
    Key{.section = "channels", .name = "enabled", .type = KeyType::boolean, .fallback = "true",
        .meaning = "false turns the web chat off", .kinds = "webchat"},
};

}  // namespace

std::span<const Key> configuration_keys() { return keys; }

const Key* find_key(std::string_view section, std::string_view name) {
  for (const Key& key : keys) {
    if (key.section == section && key.name == name) return &key;
  }
  return nullptr;
}

}  // namespace sahut::server
