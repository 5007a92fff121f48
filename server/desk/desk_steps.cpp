#include "server/desk/desk_steps.hpp"

#include "escalation/case_file.hpp"
#include "escalation/ownership.hpp"
#include "storage/repositories/cases.hpp"
#include "storage/repositories/contacts.hpp"
#include "storage/repositories/media.hpp"
#include "storage/repositories/outbox.hpp"

namespace sahut::server {
namespace {

using escalation::Ownership;
using storage::Connection;
using storage::ConversationRecord;
using storage::MessageRecord;

const Problem not_found{"not_found", "", "There is no such conversation in your office.", "Reload the list."};

/// One step of an officer in the making.
class DeskStep {
 public:
  DeskStep(Connection& connection, UnixMillis now, const DeskContext& context)
      : connection_(connection), now_(now), context_(context) {}

  /// The thread if this officer may see it.
  [[nodiscard]] bool load(ConversationId id) {
    if (!storage::summary_of(connection_, id, office_scope(context_.officer))) return false;
    thread_ = *storage::load_conversation(connection_, id);
    result_.conversation = id;
    return true;
  }

  ConversationRecord& thread() { return thread_; }

  /// The officer's act is told to the pages of the office before and of the office after.
  void become(const Ownership& next) {
    const std::string office_before = thread_.owner.office;
    thread_.owner = next;
    thread_.updated_at = now_;
    result_.effects.contact_with_news = thread_.contact;  // his page says who he is talking with
    announce(office_before);
    if (next.office != office_before) announce(next.office);
  }

  MessageRecord message(std::string author, const std::string& text) {
    MessageRecord record;
    record.id = {context_.ids.next(now_)};
    record.conversation = thread_.id;
    record.contact = thread_.contact;
    record.channel = thread_.channel;
    record.author = std::move(author);
    record.agent = context_.officer.id;
    record.text = text;
    record.sent_at = now_;
    record.at = now_;
    return record;
  }

  /// A message that waits in the store until the resident writes; they are told once that it is there.
  void park(MessageRecord record, bool has_ready_notice) {
    record.delivery = "pending";
    record.parked = true;
    (void)storage::insert_message(connection_, record);
    remember_last(record);
    if (has_ready_notice && !storage::was_noticed_after(connection_, thread_.contact, thread_.last_inbound_at)) {
      MessageRecord notice =
          message("system", context_.sentences.say(thread_.memory.language.decide(), "parked.notice", {}));
      notice.kind = "notice";
      send(std::move(notice));
    }
    result_.message = record.id;
  }

  /// Shows the resident that a person has read what they wrote, where the channel has such marks.
  void mark_read() {
    if (thread_.channel == context_.local_channel) return;
    const std::string last = storage::last_inbound_id(connection_, thread_.id);
    if (last.empty()) return;
    storage::add_to_outbox(connection_, {.id = {context_.ids.next(now_)},
                                         .channel = thread_.channel,
                                         .contact = thread_.contact,
                                         .message = {},
                                         .kind = "read",
                                         .payload = last,
                                         .ready_at = now_,
                                         .created_at = now_});
    result_.effects.outbox_channel = thread_.channel;
  }

  /// A message to the resident: into the store and, unless the channel is our own page, into the outbox.
  void send(MessageRecord record) {
    const bool local = thread_.channel == context_.local_channel;
    record.delivery = local ? "sent" : "pending";
    (void)storage::insert_message(connection_, record);
    remember_last(record);
    result_.effects.contact_with_news = thread_.contact;
    result_.message = record.id;
    if (local) return;
    storage::add_to_outbox(connection_, {.id = {context_.ids.next(now_)},
                                         .channel = thread_.channel,
                                         .contact = thread_.contact,
                                         .message = record.id,
                                         .kind = "message",
                                         .payload = "",
                                         .ready_at = now_,
                                         .created_at = now_});
    result_.effects.outbox_channel = thread_.channel;
  }

  /// For the lists: the words, or what kind of thing was sent without any.
  void remember_last(const MessageRecord& record) {
    thread_.last_author = record.author;
    thread_.last_text = record.text.empty() ? "[" + record.kind + "]" : record.text;
  }

  void note(const std::string& text, const std::string& client_id = "") {
    MessageRecord record = message("note", text);
    record.client_id = client_id;
    (void)storage::insert_message(connection_, record);
    result_.message = record.id;
  }

  /// A sentence of the house to the resident, in the language of the conversation.
  void tell_resident(const char* key, conversation::Filling filling) {
    send(message("system", context_.sentences.say(thread_.memory.language.decide(), key, filling)));
  }

  [[nodiscard]] std::string office_name(const std::string& id) const {
    const escalation::Office* office = context_.city.find(id);
    return office == nullptr ? id : office->name;
  }

  void audit(std::string_view action, std::string_view detail = "") {
    storage::write_audit(connection_, context_.ids.next(now_), now_,
                         {context_.officer.name, action, "conversation " + thread_.id.text(), detail});
  }

  void announce(const std::string& office) {
    result_.effects.live.push_back({{context_.ids.next(now_)}, "conversation", office, thread_.id.text()});
    storage::write_live_event(connection_, result_.effects.live.back(), now_);
  }

  DeskResult finish() {
    storage::save_conversation(connection_, thread_);
    return std::move(result_);
  }
  /// Nothing was changed: the repeat of something already done.
  DeskResult repeated(MessageId message) {
    result_.message = message;
    return std::move(result_);
  }

 private:
  Connection& connection_;
  UnixMillis now_;
  const DeskContext& context_;
  ConversationRecord thread_;
  DeskResult result_;
};

}  // namespace

std::string office_scope(const storage::StaffRecord& officer) {
  return officer.office;
}

UnixMillis window_closes_at(const storage::ConversationRecord& thread) {
  return thread.last_inbound_at.plus_hours(24);
}

Result<DeskResult> claim_step(Connection& connection, ConversationId id, UnixMillis now, const DeskContext& context) {
  DeskStep step(connection, now, context);
  if (!step.load(id)) return not_found;
  const auto next = escalation::claim(step.thread().owner, context.officer.id);
  if (!next.ok()) return next.problem();
  if (step.thread().unread > 0) step.mark_read();
  step.thread().unread = 0;
  if (*next != step.thread().owner) step.audit("claim");
  step.become(*next);
  return step.finish();
}

Result<DeskResult> reply_step(Connection& connection, ConversationId id, const Words& words, const ChannelRules& rules,
                              UnixMillis now, const DeskContext& context) {
  DeskStep step(connection, now, context);
  if (!step.load(id)) return not_found;
  if (const auto before = storage::find_client_message(connection, id, words.client_id)) {
    return step.repeated(before->id);
  }
  const auto next = escalation::reply(step.thread().owner, context.officer.id);
  if (!next.ok()) return next.problem();
  const bool closed = rules.has_window && now >= window_closes_at(step.thread());
  if (closed && !words.park) {
    return Problem{"window_closed", "text",
                   "WhatsApp takes free answers only within 24 hours after the resident's last message.",
                   "Send it with \"park\": true: it is delivered as soon as the resident writes."};
  }
  const auto contact = storage::load_contact(connection, step.thread().contact);
  if (contact && !contact->reachable) {
    return Problem{"unreachable", "text", "The resident has blocked this channel.",
                   "Wait until they write again, or use another way."};
  }
  MessageRecord record = step.message("agent", words.text);
  record.client_id = words.client_id;
  const MessageId said = record.id;
  if (!words.file.none()) {
    const auto file = storage::load_media(connection, words.file);
    const bool ours = file && file->conversation == id && file->message.none() && file->state == "stored";
    if (!ours) {
      return Problem{"no_file", "media", "There is no such file that waits in this conversation.", "Upload it again."};
    }
    record.kind = file->mime_type.starts_with("image/") ? "image" : "document";
  } else if (words.place) {
    record.kind = "location";
    record.attachment = conversation::to_json(*words.place);
  }
  if (closed) {
    step.park(std::move(record), rules.has_ready_notice);
  } else {
    if (step.thread().unread > 0) step.mark_read();
    step.send(std::move(record));
  }
  if (!words.file.none()) (void)storage::attach_media(connection, words.file, id, said);
  step.thread().unread = 0;
  step.thread().urgent = false;
  if (auto file = storage::load_case(connection, step.thread().case_file); file && !file->first_response_at.known()) {
    file->first_response_at = now;
    storage::save_case(connection, *file);
  }
  step.become(*next);
  return step.finish();
}

Result<MediaId> upload_step(Connection& connection, ConversationId id, const storage::MediaRecord& kept, UnixMillis now,
                            const DeskContext& context) {
  DeskStep step(connection, now, context);
  if (!step.load(id)) return not_found;
  storage::MediaRecord media = kept;
  media.id = {context.ids.next(now)};
  media.conversation = id;
  media.contact = step.thread().contact;
  media.channel = step.thread().channel;
  media.created_at = now;
  media.ready_at = now;
  storage::insert_media(connection, media);
  return media.id;
}

Result<DeskResult> note_step(Connection& connection, ConversationId id, const Words& words, UnixMillis now,
                             const DeskContext& context) {
  DeskStep step(connection, now, context);
  if (!step.load(id)) return not_found;
  if (const auto before = storage::find_client_message(connection, id, words.client_id)) {
    return step.repeated(before->id);
  }
  step.note(words.text, words.client_id);
  step.become(step.thread().owner);
  return step.finish();
}

Result<DeskResult> transfer_step(Connection& connection, ConversationId id, const TransferOrder& order, UnixMillis now,
                                 const DeskContext& context) {
  DeskStep step(connection, now, context);
  if (!step.load(id)) return not_found;
  const escalation::Office* office = context.city.find(order.office);
  if (office == nullptr) {
    return Problem{"unknown_office", "office", "There is no office `" + order.office + "`.", "Choose one of the list."};
  }
  const auto next = escalation::transfer(step.thread().owner, context.officer.id, office->id);
  if (!next.ok()) return next.problem();
  step.note("→ " + office->name + ": " + order.reason);
  std::string number;
  if (auto file = storage::load_case(connection, step.thread().case_file)) {
    number = file->number;
    file->office = office->id;
    const UnixMillis opened = file->opened_at;
    escalation::set_clocks(*file, context.city, *office, now);
    file->opened_at = opened;
    storage::save_case(connection, *file);
  }
  step.audit("transfer", "to " + office->id);
  step.become(*next);
  step.tell_resident("case.transferred", {{"office", office->name}, {"number", number}});
  return step.finish();
}

Result<DeskResult> release_step(Connection& connection, ConversationId id, UnixMillis now, const DeskContext& context) {
  DeskStep step(connection, now, context);
  if (!step.load(id)) return not_found;
  const auto next = escalation::release(step.thread().owner, context.officer.id);
  if (!next.ok()) return next.problem();
  step.audit("release");
  step.become(*next);
  return step.finish();
}

Result<DeskResult> resolve_step(Connection& connection, ConversationId id, const std::string& outcome, UnixMillis now,
                                const DeskContext& context) {
  DeskStep step(connection, now, context);
  if (!step.load(id)) return not_found;
  const auto next = escalation::resolve(step.thread().owner, context.officer.id);
  if (!next.ok()) return next.problem();
  std::string number;
  if (auto file = storage::load_case(connection, step.thread().case_file)) {
    number = file->number;
    file->resolved_at = now;
    file->outcome = outcome;
    storage::save_case(connection, *file);
  }
  step.thread().urgent = false;
  step.audit("resolve", outcome);
  step.become(*next);
  step.tell_resident("case.resolved", {{"office", step.office_name(step.thread().owner.office)}, {"number", number}});
  return step.finish();
}

}  // namespace sahut::server
