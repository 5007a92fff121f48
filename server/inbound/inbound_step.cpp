#include "server/inbound/inbound_step.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "conversation/position.hpp"
#include "conversation/receipt_json.hpp"
#include "conversation/turn.hpp"
#include "escalation/district.hpp"
#include "escalation/local_time.hpp"
#include "nlu/normaliser.hpp"
#include "server/inbound/case_opening.hpp"
#include "storage/repositories/cases.hpp"
#include "storage/repositories/channel_months.hpp"
#include "storage/repositories/contacts.hpp"
#include "storage/repositories/conversations.hpp"
#include "storage/repositories/gaps.hpp"
#include "storage/repositories/media.hpp"
#include "storage/repositories/messages.hpp"
#include "storage/repositories/outbox.hpp"
#include "values/masking.hpp"

namespace sahut::server {
namespace {

using conversation::InboundMessage;
using conversation::Outcome;
using storage::Connection;
using storage::ConversationRecord;
using storage::MessageRecord;

/// The longest wording kept as the key of an unanswered question.
constexpr std::size_t longest_gap_bytes = 300;

class Taker {
 public:
  Taker(Connection& connection, const InboundChannel& channel, UnixMillis now, const InboundContext& context)
      : connection_(connection),
        channel_(channel),
        now_(now),
        context_(context),
        local_date_(escalation::local_moment(now, context.city.time_zone).date) {}

  void operator()(const InboundMessage& message) {
    const ContactId fresh{context_.ids.next(now_)};
    const storage::ContactRecord contact = storage::find_or_create_contact(connection_,
                                                                           {.channel = channel_.name,
                                                                            .address = message.contact,
                                                                            .aliases = message.aliases,
                                                                            .name = message.contact_name},
                                                                           fresh, now_);
    auto open = storage::open_conversation(connection_, contact.id);
    const bool is_new = !open;
    if (is_new && already_taken(message.external_id)) {
      ++effects_.duplicates;
      return;
    }
    ConversationRecord thread = is_new ? new_conversation(contact.id) : std::move(*open);
    if (is_new) storage::insert_conversation(connection_, thread);
    const auto stored = store_inbound(message, thread);
    if (!stored) {
      ++effects_.duplicates;
      return;
    }
    if (context_.fetch_media && conversation::is_file(message.kind)) want_file(message, thread, *stored);
    if (!message.acknowledge.empty()) add_acknowledgement(message, contact.id);
    release_parked(contact.id);

    const escalation::Office* office = office_of_link(message);
    const conversation::Thread before{.owned_by_people = thread.owner.state == escalation::ThreadState::claimed,
                                      .waits_for_people = thread.owner.state == escalation::ThreadState::waiting,
                                      .memory = thread.memory,
                                      .office = office == nullptr ? "" : office->name,
                                      .place = place_of(message)};
    Outcome outcome = take_turn(before, message);
    if (waits_to_be_said(outcome, contact.id)) {
      outcome.reply.reset();
      outcome.memory.offered = before.memory.offered;  // the choices that count are those of the bubble that leaves
    }
    const std::string district = district_of(message);
    thread.memory = outcome.memory;
    if (!district.empty()) thread.memory.district = district;
    if (office != nullptr) thread.memory.office = office->id;
    thread.updated_at = now_;
    if (message.sent_at > thread.last_inbound_at) thread.last_inbound_at = message.sent_at;
    thread.last_author = "resident";
    thread.last_text = message.text.empty() ? "[" + std::string(name_of(message.kind)) + "]" : message.text;
    thread.unread += 1;
    thread.urgent = thread.urgent || outcome.urgent;
    perform(message, outcome, contact, thread);
    storage::save_conversation(connection_, thread);
    effects_.contacts_with_news.push_back(contact.id);
    if (thread.owner.state != escalation::ThreadState::bot) announce(thread);
  }

  void operator()(const conversation::DeliveryUpdate& update) {
    auto target = storage::find_delivery(connection_, channel_.name, update.external_id);
    if (!target) target = by_correlation(update);
    if (!target) {
      storage::park_status(connection_, channel_.name, update);
      return;
    }
    if (!update.pricing.empty() && storage::price_message(connection_, target->message, update.pricing)) {
      storage::count_priced(connection_, channel_.name, local_date_.substr(0, 7), update.pricing);
    }
    if (!storage::raise_delivery(connection_, target->message, name_of(update.state), update.error_text)) return;
    const auto thread = storage::load_conversation(connection_, target->conversation);
    if (thread && thread->owner.state != escalation::ThreadState::bot) announce(*thread);
  }

  void operator()(const conversation::ContactMoved& moved) {
    storage::move_contact(connection_, channel_.name, moved.from, moved.to);
  }

  void operator()(const conversation::ContactUnreachable& gone) {
    if (const auto contact = storage::find_contact(connection_, channel_.name, gone.contact)) {
      storage::set_reachable(connection_, contact->id, false);
    }
  }

  void operator()(const conversation::ChannelHealth& health) { effects_.health.push_back(health); }
  void operator()(const conversation::Ignored&) {}

  InboundEffects& effects() { return effects_; }

 private:
  [[nodiscard]] bool already_taken(const std::string& external_id) {
    return connection_
        .query_one<bool>("SELECT 1 FROM message WHERE channel = $1 AND external_id = $2", {channel_.name, external_id},
                         [](const storage::Row&) { return true; })
        .has_value();
  }

  /// The office whose poster was scanned, or null: Telegram's links bring its id along.
  [[nodiscard]] const escalation::Office* office_of_link(const InboundMessage& message) const {
    if (message.kind != conversation::MessageKind::text || message.attachment.empty()) return nullptr;
    const auto attachment = nlohmann::json::parse(message.attachment, nullptr, /*allow_exceptions=*/false);
    if (!attachment.is_object() || !attachment.contains("start") || !attachment["start"].is_string()) return nullptr;
    return context_.city.find(attachment["start"].get_ref<const std::string&>());
  }

  /// A pin in the city's words.
  [[nodiscard]] std::string place_of(const InboundMessage& message) const {
    if (message.kind != conversation::MessageKind::location) return {};
    const auto position = conversation::position_of(message.attachment);
    return position ? escalation::spoken_place(context_.city, *position) : std::string();
  }

  /// Where the matter is, if this message says so by a pin or by a name.
  [[nodiscard]] std::string district_of(const InboundMessage& message) const {
    if (message.kind == conversation::MessageKind::location) {
      const auto position = conversation::position_of(message.attachment);
      if (!position) return {};
      const auto near = escalation::districts_near(context_.city, *position, 1);
      return near.empty() ? std::string() : near.front().district->code;
    }
    if (message.kind == conversation::MessageKind::choice) return {};
    const escalation::District* named = escalation::district_named(context_.city, message.text);
    return named == nullptr ? std::string() : named->code;
  }

  /// Five pictures in a row need one "I cannot see pictures", ten unclear messages one question back: a bubble that has
  /// not left yet says the same, and each one costs money. A question that is asked twice is answered twice.
  [[nodiscard]] bool waits_to_be_said(const Outcome& outcome, ContactId contact) const {
    const std::string_view action = outcome.receipt.action;
    return !channel_.local && outcome.reply && action != "answer" && action != "handoff" &&
           storage::same_words_wait(connection_, contact, outcome.reply->text);
  }

  /// The turn puts pieces of one question together by when they were sent; a channel that doesn't say sent it now.
  [[nodiscard]] Outcome take_turn(const conversation::Thread& before, const InboundMessage& message) const {
    if (message.sent_at.known()) {
      return conversation::take_turn(before, message, context_.snapshot, context_.sentences, local_date_);
    }
    InboundMessage timed = message;
    timed.sent_at = now_;
    return conversation::take_turn(before, timed, context_.snapshot, context_.sentences, local_date_);
  }

  [[nodiscard]] ConversationRecord new_conversation(ContactId contact) {
    return {.id = {context_.ids.next(now_)},
            .contact = contact,
            .channel = channel_.name,
            .owner = {},
            .case_file = {},
            .memory = {},
            .opened_at = now_,
            .updated_at = now_,
            .last_inbound_at = {},
            .last_author = {},
            .last_text = {}};
  }

  /// Nothing if it is there already.
  [[nodiscard]] std::optional<MessageId> store_inbound(const InboundMessage& message,
                                                       const ConversationRecord& thread) {
    MessageRecord record;
    record.id = {context_.ids.next(now_)};
    record.conversation = thread.id;
    record.contact = thread.contact;
    record.channel = channel_.name;
    record.external_id = message.external_id;
    record.author = "resident";
    record.kind = name_of(message.kind);
    record.text = message.text;
    record.attachment = message.attachment;
    record.sent_at = message.sent_at.known() ? message.sent_at : now_;
    record.at = now_;
    return storage::insert_message(connection_, record) ? std::optional(record.id) : std::nullopt;
  }

  /// The file itself is fetched in the background; the webhook does not wait for it.
  void want_file(const InboundMessage& message, const ConversationRecord& thread, MessageId stored) {
    const auto attachment = nlohmann::json::parse(message.attachment, nullptr, /*allow_exceptions=*/false);
    storage::MediaRecord media;
    media.id = {context_.ids.next(now_)};
    media.message = stored;
    media.conversation = thread.id;
    media.contact = thread.contact;
    media.channel = channel_.name;
    media.state = "waiting";
    media.ready_at = now_;
    media.created_at = now_;
    if (attachment.is_object() && attachment.contains("file_name") && attachment["file_name"].is_string()) {
      media.file_name = attachment["file_name"].get<std::string>();
    }
    storage::insert_media(connection_, media);
    effects_.media = true;
  }

  void add_acknowledgement(const InboundMessage& message, ContactId contact) {
    storage::add_to_outbox(connection_, {.id = {context_.ids.next(now_)},
                                         .channel = channel_.name,
                                         .contact = contact,
                                         .message = {},
                                         .kind = "acknowledge",
                                         .payload = message.acknowledge,
                                         .ready_at = now_,
                                         .created_at = now_});
    effects_.outbox = true;
  }

  /// What officers left while the channel took no free words goes out now, before anything new.
  void release_parked(ContactId contact) {
    for (const MessageId message : storage::release_parked(connection_, contact)) {
      storage::add_to_outbox(connection_, {.id = {context_.ids.next(now_)},
                                           .channel = channel_.name,
                                           .contact = contact,
                                           .message = message,
                                           .kind = "message",
                                           .payload = "",
                                           .ready_at = now_,
                                           .created_at = now_});
      effects_.outbox = true;
    }
  }

  void perform(const InboundMessage& message, Outcome& outcome, const storage::ContactRecord& contact,
               ConversationRecord& thread) {
    if (std::holds_alternative<conversation::Silence>(outcome.decision)) return;
    if (const auto* handoff = std::get_if<conversation::HandOff>(&outcome.decision)) {
      const escalation::CaseFile file =
          open_case(connection_, {.thread = thread, .contact = contact.id, .handoff = *handoff}, now_, context_);
      const std::string notice =
          escalation::opening_notice(file, context_.city, now_, outcome.language, context_.sentences);
      const std::string before = outcome.reply ? outcome.reply->text + "\n\n" : "";
      outcome.reply = conversation::OutboundMessage{.text = before + notice, .choices = {}};
    } else if (const auto* status = std::get_if<conversation::CaseStatus>(&outcome.decision)) {
      outcome.reply =
          conversation::OutboundMessage{.text = status_of(status->number, contact.id, outcome.language), .choices = {}};
    }
    if (outcome.unanswered) count_unanswered(outcome.question);
    storage::count_turn(connection_, local_date_, outcome.receipt.action, outcome.receipt.entry);
    effects_.actions.push_back(outcome.receipt.action);
    if (outcome.reply) say(*outcome.reply, outcome.receipt, message, thread);
  }

  [[nodiscard]] std::string status_of(const std::string& number, ContactId contact, nlu::Language language) {
    const auto file = storage::find_case(connection_, number, contact);
    if (!file) return context_.sentences.say(language, "case.status_unknown", {{"number", number}});
    const auto thread = storage::load_conversation(connection_, file->conversation);
    const std::string_view state = thread ? name_of(thread->owner.state) : std::string_view("resolved");
    return escalation::status_notice(*file, state, context_.city, now_, language, context_.sentences);
  }

  void count_unanswered(const std::string& text) {
    const auto utterance = nlu::normalise(text, context_.snapshot.lexicon());
    std::string wording = utterance.normal_text();
    if (wording.empty() || wording.size() > longest_gap_bytes) return;
    storage::count_gap(connection_, {context_.ids.next(now_)}, wording, mask_numbers(text), now_);
    effects_.live.push_back({{context_.ids.next(now_)}, "gap", "", wording.substr(0, 40)});
    storage::write_live_event(connection_, effects_.live.back(), now_);
  }

  void say(const conversation::OutboundMessage& reply, const conversation::Receipt& receipt,
           const InboundMessage& answered, ConversationRecord& thread) {
    MessageRecord record;
    record.id = {context_.ids.next(now_)};
    record.conversation = thread.id;
    record.contact = thread.contact;
    record.channel = channel_.name;
    record.author = "bot";
    record.text = reply.text;
    record.choices = reply.choices;
    record.sent_at = now_;
    record.at = now_;
    record.delivery = channel_.local ? "sent" : "pending";
    record.receipt = conversation::to_json(receipt).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    (void)storage::insert_message(connection_, record);
    thread.last_author = "bot";
    thread.last_text = reply.text;
    if (channel_.local) return;
    storage::add_to_outbox(connection_, {.id = {context_.ids.next(now_)},
                                         .channel = channel_.name,
                                         .contact = thread.contact,
                                         .message = record.id,
                                         .kind = "message",
                                         .payload = answered.external_id,
                                         .ready_at = now_,
                                         .created_at = now_});
    effects_.outbox = true;
  }

  [[nodiscard]] std::optional<storage::DeliveryTarget> by_correlation(const conversation::DeliveryUpdate& update) {
    std::int64_t id = 0;
    const char* end = update.correlation.data() + update.correlation.size();
    if (update.correlation.empty() || std::from_chars(update.correlation.data(), end, id).ptr != end) return {};
    const auto message = storage::load_message(connection_, {id});
    if (!message || message->channel != channel_.name || message->delivery.empty()) return {};
    const std::string priced = storage::name_message(connection_, message->id, channel_.name, update.external_id);
    const std::string month = local_date_.substr(0, 7);
    if (!priced.empty()) storage::count_priced(connection_, channel_.name, month, priced);
    // The answer to our call was lost, the message was not: it must not go a second time.
    if (storage::forget_repeat(connection_, message->id)) (void)storage::count_sent(connection_, channel_.name, month);
    return storage::DeliveryTarget{message->id, message->conversation, message->delivery};
  }

  /// Tells the office's pages that this thread changed.
  void announce(const ConversationRecord& thread) {
    effects_.live.push_back({{context_.ids.next(now_)}, "conversation", thread.owner.office, thread.id.text()});
    storage::write_live_event(connection_, effects_.live.back(), now_);
  }

  Connection& connection_;
  const InboundChannel& channel_;
  UnixMillis now_;
  const InboundContext& context_;
  std::string local_date_;
  InboundEffects effects_;
};

/// Takes one event under a savepoint, so that a broken one leaves nothing half done.
void take_alone(Connection& connection, Taker& taker, const conversation::InboundEvent& event) {
  connection.execute("SAVEPOINT one_event");
  try {
    std::visit(taker, event);
  } catch (const storage::Error&) {
    throw;  // the store fails: the whole step does
  } catch (const std::exception&) {
    connection.execute("ROLLBACK TO one_event");
    ++taker.effects().failed;
  }
  connection.execute("RELEASE one_event");
}

}  // namespace

InboundEffects take_events(Connection& connection, const InboundChannel& channel,
                           std::span<const conversation::InboundEvent> events, UnixMillis now,
                           const InboundContext& context) {
  Taker taker(connection, channel, now, context);
  if (events.size() == 1) {
    std::visit(taker, events.front());
  } else {
    for (const conversation::InboundEvent& event : events) take_alone(connection, taker, event);
  }
  return std::move(taker.effects());
}

}  // namespace sahut::server
