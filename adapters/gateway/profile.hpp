// What is special about one gateway to WhatsApp, as data: data/channels/gateways/NAME.json. All of them do the same
// (one message in, one text out) in other words; a new one is a new file. Places in a JSON body are JSON pointers
// ("/payload/from"); where several are listed, the first with a value is taken.
//
//   settings         further keys of [channels.NAME]; "default" or else required, with the cure for its absence
//   refused_secrets  secrets everybody knows
//   authentication   scheme hmac_sha256 | hmac_sha512 | jwt_hs256 (in `header` after `prefix`) | path (in the address)
//   message, status, health   each with `when`: a place, and what it must be (any text or number if `is` is missing)
//   examine          how it is asked for its session's state: method, path; states: the first whose place holds names a
//                    row of data/channels/findings.tsv; headers as in send
//   send             path, headers and body with {contact}, {text}, {basic} and the settings filled in
//   send_file        the same for a file: picture and document, each with path and body; {name}, {mime_type}, and the
//   file
//                    itself as base64 in {data}, or as the form field `file_field`
//   send_place       path and body with {title}, {address}, {latitude}, {longitude}; "{=latitude}" alone is a number
//   typing, read     path and body; {message_id} is the resident's last message, {jid} their address in full
//   media            how a file of a resident is had: from the address in the attachment's "url", or by a call with
//                    {media_id} that answers with base64 at a place; `hosts`: servers beside the gateway's own
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/channel.hpp"
#include "adapters/json_reader.hpp"
#include "conversation/event.hpp"

namespace sahut::adapters::gateway {

using Place = Json::json_pointer;
using Places = std::vector<Place>;

/// A place and what must stand there.
struct Condition {
  Place at;
  std::vector<std::string> is;  ///< one of these; empty: anything but null, "", false
  std::string starts;           ///< begins so; empty: anything
  bool literally_true = false;  ///< the literal true
  [[nodiscard]] bool holds(const Json& body) const;
};

struct KindRule {
  Condition when;
  conversation::MessageKind kind = conversation::MessageKind::other;
  std::string ignore;  ///< not empty: not a message of anybody, for this reason
};

enum class Scheme { hmac_sha256, hmac_sha512, jwt_hs256, path };

struct SettingRule {
  std::string key;
  std::string otherwise;  ///< default; empty: required
  std::string cure;
};

struct Authentication {
  Scheme scheme = Scheme::path;
  std::string header;
  std::string prefix;
};

struct MessageRules {
  Condition when;
  Places id;
  std::string id_after_last;  ///< only the part of the id behind the last of these; empty: all of it
  Places chat;                ///< must not be a group, a broadcast or a newsletter
  Places contact;
  Places aliases;
  std::optional<Place> own;  ///< true: sent by ourselves
  Places group;              ///< anything here: written in a group
  Places name;
  std::optional<Place> time;
  Places text;
  Places quoted;
  std::vector<KindRule> kinds;
  std::map<std::string, Places> attachment;  ///< "position" holds "LATITUDE,LONGITUDE"
};

struct StatusRules {
  Condition when;
  Places id;  ///< a text, or an array of them
  std::string id_after_last;
  Place value;
  std::map<std::string, conversation::DeliveryState> words;
};

struct HealthRules {
  Condition when;
  Place value;
  std::vector<std::string> up;
  std::vector<std::string> down;
};

/// A state of the session, by what stands somewhere in the answer.
struct StateRule {
  Condition when;
  std::string finding;  ///< of findings.tsv, channel "gateway"
};

struct ExamineRules {
  std::string method;
  std::string path;
  std::vector<StateRule> states;  ///< the first that holds
};

struct Failure {
  std::string words;  ///< part of the answer's body, in small letters
  SendVerdict::Kind kind = SendVerdict::Kind::refused;
  std::string meaning;
};

/// A request to the gateway: words in braces are filled in.
struct CallRules {
  std::string path;
  Json body;
  std::string file_field;  ///< not empty: a form with the file in this field, and `body` holds texts only
};

struct MediaRules {
  CallRules call;                  ///< with an empty path the attachment's "url" is fetched
  std::optional<Place> base64;     ///< where the answer to `call` holds the file
  std::vector<std::string> hosts;  ///< domains; they are not given the gateway's key
};

struct SendRules {
  std::string path;
  std::vector<std::pair<std::string, std::string>> headers;
  Json body;
  std::string phone_suffix;
  Places id;
  std::string id_after_last;
  std::optional<Place> failed;  ///< false here means refused although the status is 200
  std::vector<Failure> failures;
};

struct Profile {
  std::string name;
  std::vector<SettingRule> settings;
  std::string api_base;  ///< default; empty: required
  std::vector<std::string> refused_secrets;
  Authentication authentication;
  MessageRules message;
  StatusRules status;
  std::optional<HealthRules> health;  ///< not every gateway tells
  ExamineRules examine;
  SendRules send;
  CallRules send_picture;
  CallRules send_document;
  CallRules send_place;
  std::optional<CallRules> typing;  ///< not every gateway can
  std::optional<CallRules> read;
  MediaRules media;
};

/// Problems name the file and the key: unknown and missing keys, bad pointers, unknown kinds, classes and states.
[[nodiscard]] Result<Profile> read_profile(std::string_view file, std::string_view bytes);

/// The profile that comes with the product under this name, or null. Immutable, alive until the end.
[[nodiscard]] const Profile* find_profile(std::string_view name);
/// "evolution", "fonnte", …: for messages.
[[nodiscard]] std::vector<std::string> profile_names();

/// The value at a place, or null.
[[nodiscard]] const Json& at(const Json& body, const Place& place);
/// The text at the first place that has one (a whole number is written out), as word_of; empty if none has.
[[nodiscard]] std::string first_word(const Json& body, const Places& places);

}  // namespace sahut::adapters::gateway
