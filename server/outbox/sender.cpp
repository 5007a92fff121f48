#include "server/outbox/sender.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "escalation/local_time.hpp"
#include "server/observation/log.hpp"
#include "server/state/offload.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/channel_months.hpp"
#include "storage/repositories/contacts.hpp"
#include "storage/repositories/conversations.hpp"
#include "storage/repositories/messages.hpp"

namespace sahut::server {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using storage::Connection;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::int64_t look_again_ms = 30'000;    ///< even if nobody wakes us
constexpr std::int64_t store_trouble_ms = 1'000;  ///< before a step is tried again
/// Telegram forgets a tapped button after minutes; a later acknowledgement only makes an error.
constexpr std::int64_t acknowledgement_useful_ms = 120'000;

}  // namespace

Sender::Sender(asio::io_context& context, Services& services, const NamedChannel& channel, http::HttpClient& client)
    : services_(services),
      channel_(channel),
      client_(client),
      strand_(asio::make_strand(context.get_executor())),
      timer_(strand_),
      pacer_(channel.channel->pace()),
      random_(std::random_device{}()) {}

void Sender::start() {
  services_.wake_ups.add(channel_.name, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->poke();
  });
  services_.metrics.channel_up(channel_.name, true);
  asio::co_spawn(
      strand_, [self = shared_from_this()]() { return self->run(); }, asio::detached);
}

void Sender::stop() {
  stopping_ = true;
  services_.wake_ups.remove(channel_.name);
  poke();
}

void Sender::poke() {
  asio::post(strand_, [self = shared_from_this()] { self->timer_.cancel(); });
}

/// When there is next something to look at.
UnixMillis Sender::next_moment() {
  const UnixMillis now = services_.clock.now();
  UnixMillis next = now.plus_ms(look_again_ms);
  services_.store.read([&](Connection& connection) {
    if (const auto ready = storage::next_ready(connection, channel_.name); ready && *ready < next) next = *ready;
  });
  return std::max({next, paused_until_, pacer_.next_room(now)});
}

awaitable<void> Sender::run() {
  while (!stopping_) {
    std::size_t taken = 0;
    bool trouble = false;
    if (in_flight_ < most_in_flight && services_.clock.now() >= paused_until_) {
      try {
        std::vector<Job> jobs = co_await take_jobs();
        taken = jobs.size();
        for (Job& job : jobs) {
          ++in_flight_;
          asio::co_spawn(
              strand_,
              [self = shared_from_this(), one = std::move(job)]() mutable { return self->deliver(std::move(one)); },
              [self = shared_from_this()](std::exception_ptr failure) {
                if (failure) self->report(failure);
                --self->in_flight_;
                self->timer_.cancel();  // the contact's next row may go now
              });
        }
      } catch (const storage::Error& error) {
        trouble = true;
        log(LogLevel::error, "the outbox cannot be read; the messages wait",
            {{"channel", channel_.name}, {"why", std::string(error.what())}});
      }
    }
    if (taken > 0 && in_flight_ < most_in_flight) continue;
    const UnixMillis now = services_.clock.now();
    const std::int64_t pause = trouble ? store_trouble_ms : std::max<std::int64_t>(next_moment().ms_since(now), 0);
    // With all calls under way a row may be ready already: the end of one of them wakes us, not the clock.
    timer_.expires_after(std::chrono::milliseconds(in_flight_ >= most_in_flight ? look_again_ms : pause));
    const auto [woken] = co_await timer_.async_wait(quietly);
    (void)woken;
  }
}

awaitable<std::vector<Sender::Job>> Sender::take_jobs() {
  const UnixMillis now = services_.clock.now();
  bool any = false;
  services_.store.read([&](Connection& connection) {
    const auto ready = storage::next_ready(connection, channel_.name);
    any = ready && *ready <= now;
  });
  if (!any) co_return std::vector<Job>{};
  const std::int64_t free = std::min(static_cast<std::int64_t>(most_in_flight - in_flight_), pacer_.room(now));
  if (free <= 0) co_return std::vector<Job>{};
  auto step = [this, now, free](Connection& connection) {
    std::vector<Job> jobs;
    for (storage::OutboxRecord& record : storage::take_from_outbox(connection, channel_.name, now, free)) {
      const UnixMillis may_leave = record.kind == "message" ? pacer_.take(record.contact, now) : now;
      if (may_leave > now) {
        storage::hold_back(connection, record.id, may_leave);
        continue;
      }
      Job job;
      job.record = std::move(record);
      const auto contact = storage::load_contact(connection, job.record.contact);
      job.sendable = contact.has_value();
      if (contact) job.delivery.contact = contact->address;
      if (job.record.kind == "message") {
        const auto message = storage::load_message(connection, job.record.message);
        job.sendable = job.sendable && message.has_value();
        if (message) {
          job.delivery.message = {message->text, message->choices};
          job.delivery.correlation = message->id.text();
          job.delivery.ready_notice = message->kind == "notice";
          job.delivery.place = conversation::position_of(message->attachment);
          if (message->file) job.file = *message->file;
          job.by_officer = message->author == "agent";
        }
        job.delivery.quoted_id = job.record.payload;
      }
      jobs.push_back(std::move(job));
    }
    return jobs;
  };
  std::vector<Job> jobs = co_await storage::write(services_.store.ledger(), {}, std::move(step));
  co_return jobs;
}

awaitable<void> Sender::deliver(Job job) {
  adapters::SendVerdict verdict;
  const UnixMillis started = services_.clock.now();
  std::optional<adapters::HttpCall> call;
  if (job.record.kind != "message") {
    if (started.ms_since(job.record.created_at) <= acknowledgement_useful_ms) {
      call = job.record.kind == "read" ? channel_.channel->mark_read(job.delivery.contact, job.record.payload)
                                       : channel_.channel->acknowledge(job.record.payload);
    }
    verdict.kind = adapters::SendVerdict::Kind::accepted;
  } else if (job.sendable) {
    verdict = co_await bring_file(job);
    co_await wait_for_departure();
    if (verdict.kind == adapters::SendVerdict::Kind::accepted) call = channel_.channel->render(job.delivery);
  } else {
    verdict.kind = adapters::SendVerdict::Kind::refused;
    verdict.error_text = "the message is no longer in the store";
  }
  if (call) {
    const adapters::HttpAnswer answer = co_await client_.perform(std::move(*call));
    verdict = channel_.channel->classify(answer);
    // A spinner that was not stopped, or a mark that was not made, is not worth a second call.
    if (job.record.kind != "message") verdict.kind = adapters::SendVerdict::Kind::accepted;
  }
  std::uniform_real_distribution<double> spread(0, 1);
  const SendHistory history{job.record.attempts, job.record.created_at, job.by_officer};
  const SendPlan plan = plan_after(verdict, history, services_.clock.now(), spread(random_));
  services_.metrics.send_ended(channel_.name, plan.outcome);
  if (plan.may_have_arrived && plan.kind == SendPlan::Kind::again) services_.metrics.send_may_repeat(channel_.name, 1);
  if (plan.kind == SendPlan::Kind::done && job.record.kind == "message") {
    services_.metrics.channel_up(channel_.name, true);
    services_.channel_watch.sent(channel_.name, services_.clock.now());
  } else if (plan.kind != SendPlan::Kind::done) {
    services_.channel_watch.failed(channel_.name, services_.clock.now(), verdict.error_text);
  }
  if (plan.channel_paused_until > paused_until_) paused_until_ = plan.channel_paused_until;
  if (plan.channel_down) {
    services_.metrics.channel_up(channel_.name, false);
    services_.channel_watch.health(channel_.name, false, verdict.error_text, services_.clock.now());
    log(LogLevel::error, "the channel refuses us: check its token and account",
        {{"channel", channel_.name}, {"code", verdict.error_code}, {"why", verdict.error_text}});
  } else if (plan.kind == SendPlan::Kind::bury) {
    log(LogLevel::warning, "a message cannot be delivered",
        {{"channel", channel_.name}, {"outcome", plan.outcome}, {"code", verdict.error_code}});
  }
  job.delivery.file.reset();  // its bytes are not needed for what is written down now
  co_await settle(std::move(job), plan, std::move(verdict));
}

/// The pace is kept where messages leave: a commit that took long would otherwise let two batches go as one.
awaitable<void> Sender::wait_for_departure() {
  const UnixMillis now = services_.clock.now();
  const std::int64_t wait_ms = pacer_.departure(now).ms_since(now);
  if (wait_ms <= 0) co_return;
  asio::steady_timer pause(strand_, std::chrono::milliseconds(wait_ms));
  const auto [ignored] = co_await pause.async_wait(quietly);
  (void)ignored;
}

/// A delivery that ended in a way nobody foresaw leaves its row in flight: it goes again after a restart, and this says
/// that something is wrong here.
void Sender::report(std::exception_ptr failure) {
  std::string why = "unknown";
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    why = error.what();
  } catch (...) {
  }
  log(LogLevel::error, "a delivery broke off; its message goes again after a restart",
      {{"channel", channel_.name}, {"why", why}});
}

/// Puts the message's file into its delivery and, where the channel wants it so, uploads it. Accepted: the message may
/// go.
awaitable<adapters::SendVerdict> Sender::bring_file(Job& job) {
  adapters::SendVerdict verdict;
  verdict.kind = adapters::SendVerdict::Kind::accepted;
  if (!job.file) co_return verdict;
  auto read = [this, sha256 = job.file->sha256] { return services_.media.get(sha256); };
  std::optional<std::string> bytes = co_await offload(services_.slow_work, std::move(read));
  if (!bytes) {
    verdict.kind = adapters::SendVerdict::Kind::refused;
    verdict.error_text = "the file is no longer kept";
    co_return verdict;
  }
  job.delivery.file = adapters::OutboundFile{.name = job.file->file_name,
                                             .mime_type = job.file->mime_type,
                                             .bytes = std::make_shared<const std::string>(std::move(*bytes))};
  std::optional<adapters::HttpCall> call = channel_.channel->upload(job.delivery);
  if (!call) co_return verdict;
  const adapters::HttpAnswer answer = co_await client_.perform(std::move(*call));
  verdict = channel_.channel->classify_upload(answer);
  job.delivery.uploaded_id = verdict.external_id;
  co_return verdict;
}

/// The channel took a message: it gets its name there and is counted for the cost meter.
void Sender::count(Connection& connection, const storage::OutboxRecord& record, const std::string& external_id) {
  const std::string priced = storage::name_message(connection, record.message, channel_.name, external_id);
  const std::string month =
      escalation::local_moment(services_.clock.now(), services_.city.get()->time_zone).date.substr(0, 7);
  const storage::ChannelMonth counted = storage::count_sent(connection, channel_.name, month);
  if (!priced.empty()) storage::count_priced(connection, channel_.name, month, priced);
  const std::int64_t allowance = channel_.free_messages;
  if (allowance == 0 || (counted.sent != allowance && counted.sent != allowance * 4 / 5)) return;
  log(LogLevel::warning,
      counted.sent == allowance ? "the free messages of this month are used up: from now on they cost money"
                                : "four fifths of this month's free messages are used",
      {{"channel", channel_.name}, {"sent", counted.sent}, {"allowance", allowance}});
}

awaitable<void> Sender::settle(Job job, SendPlan plan, adapters::SendVerdict verdict) {
  auto step = [this, job, plan, verdict](Connection& connection) {
    const storage::OutboxRecord& record = job.record;
    const bool is_message = record.kind == "message";
    if (!verdict.moved_to.empty()) {
      storage::move_contact(connection, channel_.name, job.delivery.contact, verdict.moved_to);
    }
    if (plan.contact_unreachable) storage::set_reachable(connection, record.contact, false);
    switch (plan.kind) {
      case SendPlan::Kind::done:
        if (is_message) count(connection, record, verdict.external_id);
        storage::remove_from_outbox(connection, record.id);
        break;
      case SendPlan::Kind::again:
        // A status told the channel's name for it while the call hung: it has arrived.
        if (is_message && storage::is_named(connection, record.message)) {
          count(connection, record, "");
          storage::remove_from_outbox(connection, record.id);
          break;
        }
        storage::postpone(connection, record.id, plan.ready_at, verdict.error_text);
        break;
      case SendPlan::Kind::bury:
        if (is_message) storage::raise_delivery(connection, record.message, "failed", verdict.error_text);
        storage::bury(connection, record.id, plan.outcome + ": " + verdict.error_text);
        break;
    }
    std::vector<storage::LiveEvent> events;
    if (!is_message || plan.kind == SendPlan::Kind::again) return events;
    const auto message = storage::load_message(connection, record.message);
    const auto thread = message ? storage::load_conversation(connection, message->conversation) : std::nullopt;
    if (!thread || thread->owner.state == escalation::ThreadState::bot) return events;
    const UnixMillis now = services_.clock.now();
    events.push_back({{services_.ids.next(now)}, "conversation", thread->owner.office, thread->id.text()});
    storage::write_live_event(connection, events.back(), now);
    return events;
  };
  // What the channel said must be written down, or the row would hang in flight until a restart: so long as the store
  // is in trouble, try again.
  while (true) {
    bool written = false;
    try {
      const std::vector<storage::LiveEvent> events = co_await storage::write(services_.store.ledger(), {}, step);
      services_.live.publish(events);
      written = true;
    } catch (const storage::Error&) {
      if (stopping_) throw;
    }
    if (written) co_return;
    asio::steady_timer pause(strand_, std::chrono::milliseconds(store_trouble_ms));
    const auto [ignored] = co_await pause.async_wait(quietly);
    (void)ignored;
  }
}

}  // namespace sahut::server
