// A channel as a pure translation: bytes → events, message → request, answer → verdict. One implementation a kind of
// channel; nothing in this room opens a socket, reads a clock or knows the store.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/examination.hpp"
#include "adapters/http_call.hpp"
#include "adapters/media_fetch.hpp"
#include "conversation/event.hpp"
#include "conversation/outbound.hpp"
#include "conversation/position.hpp"
#include "values/problem.hpp"
#include "values/time.hpp"

namespace sahut::adapters {

/// A webhook as it came: nothing of it is believed yet.
struct WebhookRequest {
  std::string method;                        ///< "GET" or "POST"
  std::string path_secret;                   ///< what followed /webhooks/NAME/, percent-decoded; may be empty
  std::map<std::string, std::string> query;  ///< decoded; of a repeated key the first
  Headers headers;                           ///< as received, repeated ones repeated
  std::string_view body;                     ///< the bytes as received
};

/// What to answer at once, or the events to store first.
struct WebhookVerdict {
  int status = 200;    ///< anything but 200: answer this and store nothing
  std::string body;    ///< of the answer; plain text
  std::string reason;  ///< why it was refused: for the log and the counters, without personal data
  std::vector<conversation::InboundEvent> events;  ///< with 200: commit them, then answer
};

/// A file of ours. `mime_type` is one that media_type_of() calls sendable.
struct OutboundFile {
  std::string name;
  std::string mime_type;
  std::shared_ptr<const std::string> bytes;  ///< never null
  [[nodiscard]] bool is_picture() const { return mime_type.starts_with("image/"); }
};

/// Where a message of ours goes and how it can be recognised again.
struct Delivery {
  std::string contact;      ///< the resident's key in this channel (InboundMessage::contact)
  std::string correlation;  ///< our outbox id, at most 64 characters, sent along where the channel can carry it
  std::string quoted_id;    ///< external id of the resident's message answered; may be empty
  conversation::OutboundMessage message;
  bool ready_notice =
      false;  ///< not the message itself but the channel's notice that an answer waits (has_ready_notice)
  std::optional<OutboundFile> file = {};  ///< the message's text is then its caption
  std::string uploaded_id = {};           ///< what the channel calls the file, where upload() brings it first
  std::optional<conversation::Position> place = {};  ///< then there is no text
};

/// What an answer to a send means. `kind` decides what the outbox does next.
struct SendVerdict {
  enum class Kind {
    accepted,       ///< external_id says under which name
    retry,          ///< passing trouble: back off with jitter
    wait,           ///< throttled: not before retry_after_ms
    window_closed,  ///< WhatsApp: more than 24 h since the resident wrote
    unreachable,    ///< the resident blocked us or does not exist: stop until they write
    moved,          ///< the resident's key is now `moved_to`: send again there
    refused,        ///< our request is wrong or forbidden for ever: dead letter
    channel_down,   ///< token, account or session is dead: stop the channel's sender, alarm
  };
  Kind kind = Kind::retry;
  std::string external_id;
  std::int64_t retry_after_ms = 0;
  bool whole_channel = false;     ///< wait: true if the limit is the channel's, false if this contact's only
  bool may_have_arrived = false;  ///< retry: the peer may have taken it, a repeat may double it (counted)
  std::string moved_to;
  std::string error_code;
  std::string error_text;  ///< for an officer or operator: no secret, no personal data
};

/// How fast a channel may be fed. 0 = no limit.
struct Pace {
  int contact_burst = 0;                 ///< messages to one contact that may go at once …
  std::int64_t contact_interval_ms = 0;  ///< … and then one each so many ms
  int channel_per_second = 0;
};

/// One configured channel. Immutable after it was made; any thread may call it.
class Channel {
 public:
  virtual ~Channel() = default;
  [[nodiscard]] virtual std::string_view kind() const = 0;  ///< "whatsapp", "telegram", "gateway", "webchat"
  [[nodiscard]] virtual Pace pace() const = 0;

  /// Checks that it is authentic, then translates. Never throws; any bytes are accepted.
  [[nodiscard]] virtual WebhookVerdict receive(const WebhookRequest& request, UnixMillis now) const = 0;

  /// The request that brings the file of a message to the channel before the message itself, where the channel wants it
  /// so.
  [[nodiscard]] virtual std::optional<HttpCall> upload(const Delivery& delivery) const;
  /// Its answer; accepted: external_id is the file's name there (Delivery::uploaded_id).
  [[nodiscard]] virtual SendVerdict classify_upload(const HttpAnswer& answer) const;

  /// The request that delivers a message.
  [[nodiscard]] virtual HttpCall render(const Delivery& delivery) const = 0;
  [[nodiscard]] virtual SendVerdict classify(const HttpAnswer& answer) const = 0;

  /// The request that acknowledges a tapped button (Telegram's spinner), if this channel needs one.
  [[nodiscard]] virtual std::optional<HttpCall> acknowledge(const std::string& token) const;

  /// True where free words are refused some time after the resident's last message and a notice that an answer waits is
  /// still taken (WhatsApp, with an approved template).
  [[nodiscard]] virtual bool has_ready_notice() const;

  /// The request that shows the resident that a person read their message, if the channel has such marks.
  [[nodiscard]] virtual std::optional<HttpCall> mark_read(const std::string& contact,
                                                          const std::string& external_id) const;
  /// The request that shows the resident that somebody is writing; `external_id`: their last message.
  [[nodiscard]] virtual std::optional<HttpCall> typing(const std::string& contact,
                                                       const std::string& external_id) const;

  /// The first call on the way to the file that an attachment (InboundMessage::attachment) names; nothing if it names
  /// none that can be had.
  [[nodiscard]] virtual std::optional<HttpCall> seek_media(const std::string& attachment) const;
  /// What the answer to the call number `step` (0 is seek_media's) leads to.
  [[nodiscard]] virtual MediaStep next_media_step(const HttpAnswer& answer, int step) const;

  /// Questions to the channel about itself; nothing is sent and nothing is changed by them. None: nobody to ask.
  [[nodiscard]] virtual std::vector<Probe> probes() const;
  /// What the answers to probes() mean, one answer for each in their order. Never throws.
  [[nodiscard]] virtual std::vector<Check> examine(std::span<const HttpAnswer> answers,
                                                   const ExaminationContext& context) const;
};

/// The settings of one [channels.NAME] table, secrets resolved. Keys as in the configuration; `app_secret` may come
/// more than once while it is being rotated.
using ChannelSettings = std::multimap<std::string, std::string>;

/// Makes the channel of this kind, or says which setting is missing or unsafe (fail closed).
[[nodiscard]] Result<std::shared_ptr<const Channel>> make_channel(const std::string& name, const std::string& kind,
                                                                  const ChannelSettings& settings);

}  // namespace sahut::adapters
