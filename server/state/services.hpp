// What request handlers and loops may use of the running process: references to its parts, made once in
// running_server.cpp. All parts outlive all handlers. Everything here is safe from any thread.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string>

#include "conversation/sentences.hpp"
#include "escalation/city.hpp"
#include "knowledge/snapshot.hpp"
#include "server/http/client.hpp"
#include "server/live/live_hub.hpp"
#include "server/media/media_rules.hpp"
#include "server/media/media_store.hpp"
#include "server/observation/metrics.hpp"
#include "server/outbox/wake_ups.hpp"
#include "server/sessions/login_throttle.hpp"
#include "server/state/channel_watch.hpp"
#include "server/state/channels.hpp"
#include "server/state/current.hpp"
#include "server/state/publisher.hpp"
#include "storage/store.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::server {

struct Services {
  storage::Store& store;
  const Clock& clock;
  IdMaker& ids;
  Current<knowledge::Snapshot>& knowledge;
  Current<escalation::City>& city;
  const conversation::Sentences& sentences;
  const Channels& channels;
  Publisher& publisher;
  LiveHub& live;
  WakeUps& wake_ups;
  Metrics& metrics;
  ChannelWatch& channel_watch;
  LoginThrottle& login_throttle;
  RateLimit& chat_by_session;  ///< messages of one web-chat session
  RateLimit& chat_by_address;  ///< new sessions and messages of one network address
  RateLimit& typing_signs;     ///< "somebody is writing", by conversation
  const MediaStore& media;
  MediaRules media_rules;
  boost::asio::thread_pool& slow_work;  ///< Argon2 and training: never on an I/O thread; two threads
  http::HttpClient* client = nullptr;   ///< calls of ours; set before the server answers
  std::string case_prefix;
  std::string public_url;       ///< how the world reaches this server, without a slash at its end; may be empty
  bool secure_cookies = false;  ///< the public address is https
};

}  // namespace sahut::server
