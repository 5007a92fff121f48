// Reads a profile strictly: a key nobody knows or a misspelt pointer would otherwise lose residents' messages silently.
#include <algorithm>
#include <array>
#include <set>

#include "adapters/findings.hpp"
#include "adapters/gateway/profile.hpp"

namespace sahut::adapters::gateway {
namespace {

using conversation::DeliveryState;
using conversation::MessageKind;

/// Thrown and caught in this file only: a recursive description is read most clearly straight on.
struct Fault {
  std::string key;
  std::string what;
};

/// An object whose every key must be asked for.
class Section {
 public:
  Section(const Json& value, std::string name) : value_(value), name_(std::move(name)) {
    if (!value_.is_object()) throw Fault{name_, "An object is missing here."};
  }
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  void done() const {
    for (const auto& [key, value] : value_.items()) {
      if (!asked_.contains(key)) throw Fault{name_ + "." + key, "This key is not known."};
    }
  }

  [[nodiscard]] bool has(const std::string& key) {
    asked_.insert(key);
    return value_.contains(key);
  }
  const Json& get(const std::string& key) {
    if (!has(key)) throw Fault{name_ + "." + key, "This key is missing."};
    return value_[key];
  }
  std::string text(const std::string& key) { return text(get(key), key); }
  std::string text_or_empty(const std::string& key) { return has(key) ? text(key) : std::string(); }
  /// A text or a list of texts.
  std::vector<std::string> texts(const std::string& key) {
    std::vector<std::string> all;
    if (get(key).is_string()) return {text(key)};
    if (!get(key).is_array()) throw Fault{name_ + "." + key, "A list of texts is missing here."};
    for (const Json& one : get(key)) all.push_back(text(one, key));
    return all;
  }
  Place place(const std::string& key) { return pointer(text(key), key); }
  std::optional<Place> optional_place(const std::string& key) {
    const std::string place = text_or_empty(key);
    return place.empty() ? std::nullopt : std::optional(pointer(place, key));
  }
  Places places(const std::string& key) {
    Places all;
    for (const std::string& one : texts(key)) all.push_back(pointer(one, key));
    return all;
  }
  std::vector<std::pair<std::string, std::string>> pairs(const std::string& key) {
    std::vector<std::pair<std::string, std::string>> all;
    if (!get(key).is_object()) throw Fault{name_ + "." + key, "An object is missing here."};
    for (const auto& [name, value] : get(key).items()) all.emplace_back(name, text(value, key));
    return all;
  }
  [[nodiscard]] std::string path(const std::string& key) const { return name_ + "." + key; }

  Place pointer(const std::string& text, const std::string& key) const {
    try {
      if (text.starts_with('/')) return Place(text);
    } catch (const Json::exception&) {  // a stray ~
    }
    throw Fault{path(key), "\"" + text + "\" is not a JSON pointer."};
  }

 private:
  std::string text(const Json& value, const std::string& key) const {
    if (!value.is_string()) throw Fault{path(key), "A text is missing here."};
    return value.get<std::string>();
  }

  const Json& value_;
  std::string name_;
  std::set<std::string> asked_;
};

template <typename T, std::size_t N>
T named(const std::array<std::pair<std::string_view, T>, N>& names, const std::string& name, const std::string& key) {
  for (const auto& [word, value] : names) {
    if (word == name) return value;
  }
  throw Fault{key, "\"" + name + "\" is not known here."};
}

constexpr std::array<std::pair<std::string_view, Scheme>, 4> schemes = {{{"hmac_sha256", Scheme::hmac_sha256},
                                                                         {"hmac_sha512", Scheme::hmac_sha512},
                                                                         {"jwt_hs256", Scheme::jwt_hs256},
                                                                         {"path", Scheme::path}}};
constexpr std::array<std::pair<std::string_view, MessageKind>, 7> kinds = {{{"image", MessageKind::image},
                                                                            {"video", MessageKind::video},
                                                                            {"audio", MessageKind::audio},
                                                                            {"document", MessageKind::document},
                                                                            {"sticker", MessageKind::sticker},
                                                                            {"location", MessageKind::location},
                                                                            {"contacts", MessageKind::contacts}}};
constexpr std::array<std::pair<std::string_view, DeliveryState>, 4> states = {{{"sent", DeliveryState::sent},
                                                                               {"delivered", DeliveryState::delivered},
                                                                               {"read", DeliveryState::read},
                                                                               {"failed", DeliveryState::failed}}};
constexpr std::array<std::pair<std::string_view, SendVerdict::Kind>, 4> classes = {
    {{"retry", SendVerdict::Kind::retry},
     {"channel_down", SendVerdict::Kind::channel_down},
     {"unreachable", SendVerdict::Kind::unreachable},
     {"refused", SendVerdict::Kind::refused}}};

/// REQUIRES: the caller asks for its own keys too and then calls done().
Condition read_condition(Section& section) {
  Condition condition;
  condition.at = section.place("at");
  if (section.has("is") && section.get("is").is_boolean()) {
    condition.literally_true = true;
  } else if (section.has("is")) {
    condition.is = section.texts("is");
  }
  condition.starts = section.text_or_empty("starts");
  return condition;
}

Condition read_when(Section& section) {
  Section when(section.get("when"), section.path("when"));
  Condition condition = read_condition(when);
  when.done();
  return condition;
}

std::vector<SettingRule> read_settings(Section& root) {
  std::vector<SettingRule> rules;
  for (const Json& value : root.get("settings")) {
    Section section(value, "settings");
    SettingRule rule{section.text("key"), section.text_or_empty("default"), {}};
    if (rule.otherwise.empty()) rule.cure = section.text("cure");
    section.done();
    rules.push_back(std::move(rule));
  }
  return rules;
}

Authentication read_authentication(Section& root) {
  Section section(root.get("authentication"), "authentication");
  Authentication rules;
  rules.scheme = named(schemes, section.text("scheme"), section.path("scheme"));
  rules.header = section.text("header");
  rules.prefix = section.text("prefix");
  section.done();
  return rules;
}

KindRule read_kind(const Json& value) {
  Section section(value, "message.kinds");
  KindRule rule{read_condition(section), MessageKind::other, section.text_or_empty("ignore")};
  if (rule.ignore.empty()) rule.kind = named(kinds, section.text("kind"), section.path("kind"));
  section.done();
  return rule;
}

MessageRules read_message(Section& root) {
  Section section(root.get("message"), "message");
  MessageRules rules;
  rules.when = read_when(section);
  rules.id = section.places("id");
  rules.id_after_last = section.text("id_after_last");
  rules.chat = section.places("chat");
  rules.contact = section.places("contact");
  rules.aliases = section.places("aliases");
  rules.own = section.optional_place("own");
  rules.group = section.places("group");
  rules.name = section.places("name");
  rules.time = section.optional_place("time");
  rules.text = section.places("text");
  rules.quoted = section.places("quoted");
  for (const Json& kind : section.get("kinds")) rules.kinds.push_back(read_kind(kind));
  Section attachment(section.get("attachment"), section.path("attachment"));
  for (const auto& [name, place] : section.get("attachment").items()) {
    rules.attachment.emplace(name, attachment.places(name));
  }
  section.done();
  return rules;
}

StatusRules read_status(Section& root) {
  Section section(root.get("status"), "status");
  StatusRules rules;
  rules.when = read_when(section);
  rules.id = section.places("id");
  rules.id_after_last = section.text("id_after_last");
  rules.value = section.place("value");
  for (const auto& [word, state] : section.pairs("words")) {
    rules.words.emplace(word, named(states, state, section.path("words")));
  }
  section.done();
  return rules;
}

HealthRules read_health(Section& root) {
  Section section(root.get("health"), "health");
  HealthRules rules{read_when(section), section.place("value"), section.texts("up"), section.texts("down")};
  section.done();
  return rules;
}

ExamineRules read_examine(Section& root) {
  Section section(root.get("examine"), "examine");
  ExamineRules rules{section.text("method"), section.text("path"), {}};
  for (const Json& value : section.get("states")) {
    Section state(value, "examine.states");
    rules.states.push_back({read_condition(state), state.text("finding")});
    state.done();
    const auto& findings = all_findings();
    const bool known = std::any_of(findings.begin(), findings.end(), [&](const Finding& one) {
      return one.channel == "gateway" && one.code == rules.states.back().finding;
    });
    if (!known) throw Fault{state.path("finding"), "findings.tsv has no such row."};
  }
  section.done();
  return rules;
}

/// Nested as deep as a gateway wants it; what is not a text goes as it stands.
Json read_body(Section& section) {
  if (!section.get("body").is_object()) throw Fault{section.path("body"), "An object is missing here."};
  return section.get("body");
}

CallRules read_call(const Json& value, const std::string& name) {
  Section section(value, name);
  CallRules rules{section.text("path"), read_body(section), section.text_or_empty("file_field")};
  for (const auto& [key, part] : rules.body.items()) {
    if (!rules.file_field.empty() && !part.is_string()) throw Fault{section.path("body"), "A form holds texts only."};
  }
  section.done();
  return rules;
}

std::optional<CallRules> read_optional_call(Section& root, const std::string& name) {
  return root.has(name) ? std::optional(read_call(root.get(name), name)) : std::nullopt;
}

MediaRules read_media(Section& root) {
  Section section(root.get("media"), "media");
  MediaRules rules;
  if (section.has("call")) {
    rules.call = read_call(section.get("call"), "media.call");
    rules.base64 = section.place("base64");
  }
  if (section.has("hosts")) rules.hosts = section.texts("hosts");
  section.done();
  return rules;
}

SendRules read_send(Section& root) {
  Section section(root.get("send"), "send");
  SendRules rules;
  rules.path = section.text("path");
  rules.headers = section.pairs("headers");
  rules.body = read_body(section);
  rules.phone_suffix = section.text("phone_suffix");
  rules.id = section.places("id");
  rules.id_after_last = section.text("id_after_last");
  rules.failed = section.optional_place("failed");
  for (const Json& value : section.get("failures")) {
    Section failure(value, "send.failures");
    rules.failures.push_back(
        {failure.text("words"), named(classes, failure.text("class"), failure.path("class")), failure.text("meaning")});
    failure.done();
  }
  section.done();
  return rules;
}

}  // namespace

Result<Profile> read_profile(std::string_view file, std::string_view bytes) {
  const Result<Json> parsed = parse_json(bytes);
  if (!parsed) return Problem{parsed.problem().code, std::string(file), parsed.problem().what, ""};
  try {
    Section root(parsed.value(), std::string(file));
    Profile profile;
    profile.name = root.text("name");
    (void)root.text("about");
    profile.settings = read_settings(root);
    profile.api_base = root.text_or_empty("api_base");
    profile.refused_secrets = root.texts("refused_secrets");
    profile.authentication = read_authentication(root);
    profile.message = read_message(root);
    profile.status = read_status(root);
    if (root.has("health")) profile.health = read_health(root);
    profile.examine = read_examine(root);
    profile.send = read_send(root);
    Section files(root.get("send_file"), "send_file");
    profile.send_picture = read_call(files.get("picture"), "send_file.picture");
    profile.send_document = read_call(files.get("document"), "send_file.document");
    files.done();
    profile.send_place = read_call(root.get("send_place"), "send_place");
    profile.typing = read_optional_call(root, "typing");
    profile.read = read_optional_call(root, "read");
    profile.media = read_media(root);
    root.done();
    return profile;
  } catch (const Fault& fault) {
    return Problem{"bad_profile", std::string(file) + ": " + fault.key, fault.what, ""};
  }
}

}  // namespace sahut::adapters::gateway
