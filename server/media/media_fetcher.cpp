#include "server/media/media_fetcher.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <system_error>
#include <utility>

#include "adapters/media_type.hpp"
#include "server/media/media_store.hpp"
#include "server/observation/log.hpp"
#include "server/state/offload.hpp"
#include "storage/ledger_await.hpp"
#include "storage/repositories/conversations.hpp"

namespace sahut::server {
namespace {

namespace asio = boost::asio;
using adapters::MediaStep;
using asio::awaitable;
using storage::Connection;
using storage::MediaRecord;

constexpr std::int64_t look_for_media_ms = 60'000;  ///< even if nobody wakes us
constexpr std::int64_t media_trouble_ms = 5'000;    ///< before the store is tried again
constexpr std::int64_t deletion_every_ms = 3600LL * 1000;
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;
constexpr std::int64_t most_deleted_at_once = 500;
/// 30 s, 1, 2, 4 … minutes, at most an hour; WhatsApp keeps a file a week, Telegram longer.
constexpr std::int64_t first_media_pause_ms = 30'000;
constexpr std::int64_t longest_media_pause_ms = 3600LL * 1000;
constexpr std::int64_t tried_for_ms = 6 * day_ms;

std::int64_t pause_after(std::int64_t attempts) {
  return std::min(first_media_pause_ms << std::min<std::int64_t>(attempts, 12), longest_media_pause_ms);
}

}  // namespace

MediaFetcher::MediaFetcher(asio::io_context& context, Services& services, http::HttpClient& client)
    : services_(services),
      client_(client),
      strand_(asio::make_strand(context.get_executor())),
      timer_(strand_),
      next_deletion_(services.clock.now()) {}

void MediaFetcher::start() {
  services_.wake_ups.add(std::string(media_wake_up), [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self) asio::post(self->strand_, [self] { self->timer_.cancel(); });
  });
  asio::co_spawn(
      strand_, [self = shared_from_this()]() { return self->run(); }, asio::detached);
}

void MediaFetcher::stop() {
  stopping_ = true;
  services_.wake_ups.remove(std::string(media_wake_up));
  asio::post(strand_, [self = shared_from_this()] { self->timer_.cancel(); });
}

UnixMillis MediaFetcher::next_moment() {
  UnixMillis next = std::min(services_.clock.now().plus_ms(look_for_media_ms), next_deletion_);
  if (under_way_ >= most_at_once) return next;
  services_.store.read([&](Connection& connection) {
    if (const auto ready = storage::next_media_ready(connection); ready && *ready < next) next = *ready;
  });
  return std::max(next, paused_until_);
}

awaitable<void> MediaFetcher::run() {
  while (!stopping_) {
    try {
      const UnixMillis now = services_.clock.now();
      if (now >= next_deletion_) {
        next_deletion_ = now.plus_ms(deletion_every_ms);
        co_await delete_old();
      }
      std::vector<storage::MediaJob> jobs;
      services_.store.read([&](Connection& connection) {
        jobs = storage::media_to_fetch(connection, now, most_at_once + static_cast<std::int64_t>(taken_.size()));
      });
      for (storage::MediaJob& job : jobs) {
        if (under_way_ >= most_at_once || now < paused_until_) break;
        if (std::find(taken_.begin(), taken_.end(), job.media.id) != taken_.end()) continue;
        ++under_way_;
        taken_.push_back(job.media.id);
        const MediaId id = job.media.id;
        asio::co_spawn(
            strand_,
            [self = shared_from_this(), one = std::move(job)]() mutable { return self->fetch(std::move(one)); },
            [self = shared_from_this(), id](std::exception_ptr failure) {
              if (failure) self->report(failure);
              --self->under_way_;
              std::erase(self->taken_, id);
              self->timer_.cancel();
            });
      }
    } catch (const std::exception& error) {
      log(LogLevel::error, "residents' files cannot be looked after", {{"why", std::string(error.what())}});
    }
    // A row under way is ready all the while: the end of its call wakes us, not the clock.
    const std::int64_t pause = next_moment().ms_since(services_.clock.now());
    const std::int64_t least = under_way_ > 0 ? look_for_media_ms : 0;
    timer_.expires_after(std::chrono::milliseconds(std::max({pause, least, std::int64_t{10}})));
    const auto [woken] = co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    (void)woken;
  }
}

/// The row still waits: it is tried again, but not at once.
void MediaFetcher::report(std::exception_ptr failure) {
  std::string why = "unknown";
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    why = error.what();
  } catch (...) {
  }
  paused_until_ = services_.clock.now().plus_ms(media_trouble_ms);
  log(LogLevel::error, "a resident's file could not be looked after; it is tried again", {{"why", why}});
}

/// Follows the channel from call to call until the file is here or cannot be had.
awaitable<MediaStep> MediaFetcher::walk_to(storage::MediaJob job) {
  constexpr int most_steps = 3;
  const NamedChannel* found = services_.channels.find(job.media.channel);
  if (found == nullptr || found->channel == nullptr) co_return MediaStep::never("gone");
  std::optional<adapters::HttpCall> call = found->channel->seek_media(job.attachment);
  if (!call) co_return MediaStep::never("gone");
  MediaStep step = MediaStep::perform(std::move(*call));
  for (int number = 0; number < most_steps && step.kind == MediaStep::Kind::call; ++number) {
    step.call.timeout_ms = adapters::media_timeout_ms;
    // Base64 takes a third more than what it holds.
    step.call.most_answer_bytes = static_cast<std::size_t>(services_.media_rules.most_file_bytes) / 3 * 4 + 4096;
    adapters::HttpCall next = std::move(step.call);
    const adapters::HttpAnswer answer = co_await client_.perform(std::move(next));
    step = found->channel->next_media_step(answer, number);
  }
  if (step.kind == MediaStep::Kind::call) step = MediaStep::never("refused");
  if (step.kind == MediaStep::Kind::content &&
      static_cast<std::int64_t>(step.content.size()) > services_.media_rules.most_file_bytes) {
    step = MediaStep::never("too_big");
  }
  co_return step;
}

awaitable<void> MediaFetcher::fetch(storage::MediaJob job) {
  MediaRecord media = job.media;
  MediaStep step = co_await walk_to(std::move(job));
  if (step.kind == MediaStep::Kind::content) {
    co_await keep(std::move(media), std::move(step.content));
    co_return;
  }
  const bool for_ever =
      step.kind == MediaStep::Kind::never || services_.clock.now().ms_since(media.created_at) > tried_for_ms;
  co_await write_failure(std::move(media), std::move(step.reason), for_ever);
}

awaitable<void> MediaFetcher::keep(MediaRecord media, std::string bytes) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  std::int64_t taken = 0;
  services_.store.read([&](Connection& connection) { taken = storage::media_bytes(connection); });
  if (taken + size > services_.media_rules.most_bytes) {
    log(LogLevel::warning, "the space for residents' files is used up: raise media.most_megabytes or lower keep_days",
        {{"channel", media.channel}});
    co_await write_failure(std::move(media), "no_space", true);
    co_return;
  }
  storage::StoredContent content{
      .sha256 = {}, .bytes = size, .mime_type = std::string(adapters::media_type_of(bytes).mime)};
  std::string trouble;
  try {
    // A named value: g++ 12 destroys a temporary inside a co_await expression twice.
    auto put = [this, kept = std::move(bytes)] { return services_.media.put(kept); };
    content.sha256 = co_await offload(services_.slow_work, std::move(put));
  } catch (const std::system_error& error) {
    trouble = error.what();
  }
  if (!trouble.empty()) {
    log(LogLevel::error, "a resident's file cannot be kept", {{"channel", media.channel}, {"why", trouble}});
    co_await write_failure(std::move(media), "unreachable", false);
    co_return;
  }
  auto step = [id = media.id, content](Connection& connection) { storage::media_stored(connection, id, content); };
  co_await storage::write(services_.store.ledger(), {}, std::move(step));
  services_.metrics.media_ended(media.channel, "stored");
  tell_page(media.conversation);
}

awaitable<void> MediaFetcher::write_failure(MediaRecord media, std::string reason, bool for_ever) {
  const UnixMillis again = services_.clock.now().plus_ms(pause_after(media.attempts));
  auto step = [id = media.id, reason, for_ever, again](Connection& connection) {
    if (for_ever) {
      storage::media_failed(connection, id, reason);
    } else {
      storage::postpone_media(connection, id, again);
    }
  };
  co_await storage::write(services_.store.ledger(), {}, std::move(step));
  services_.metrics.media_ended(media.channel, for_ever ? reason : "later");
  if (for_ever) tell_page(media.conversation);
}

/// The desk shows it without anybody reloading.
void MediaFetcher::tell_page(ConversationId conversation) {
  std::optional<storage::ConversationRecord> thread;
  services_.store.read([&](Connection& connection) { thread = storage::load_conversation(connection, conversation); });
  if (!thread || thread->owner.state == escalation::ThreadState::bot) return;
  const UnixMillis now = services_.clock.now();
  services_.live.publish({{{services_.ids.next(now)}, "conversation", thread->owner.office, conversation.text()}});
}

awaitable<void> MediaFetcher::delete_old() {
  const UnixMillis now = services_.clock.now();
  // Where none are fetched, an officer's own file still needs a day to leave.
  const UnixMillis before{now.value - std::max<std::int64_t>(services_.media_rules.keep_days, 1) * day_ms};
  const UnixMillis unsent_before{now.value - day_ms};
  std::int64_t expired = 0;
  while (!stopping_) {
    auto step = [before, unsent_before](Connection& connection) {
      return storage::expire_media(connection, before, unsent_before, most_deleted_at_once);
    };
    const std::int64_t some = co_await storage::write(services_.store.ledger(), {}, std::move(step));
    expired += some;
    if (some < most_deleted_at_once) break;
  }
  auto sweep = [this] {
    return services_.media.sweep([this](std::string_view sha256) {
      bool held = false;
      services_.store.read([&](Connection& connection) { held = storage::media_is_held(connection, sha256); });
      return held;
    });
  };
  const std::int64_t removed = co_await offload(services_.slow_work, std::move(sweep));
  if (expired + removed > 0) {
    log(LogLevel::info, "files were deleted as the city keeps them no longer",
        {{"expired", expired}, {"files", removed}});
  }
}

}  // namespace sahut::server
