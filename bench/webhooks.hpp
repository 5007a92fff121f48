// WhatsApp's text webhooks as Meta sends and signs them, whole HTTP requests made before the clock starts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sahut::bench {

struct WebhookPlan {
  std::size_t messages = 0;  ///< each with an id of its own
  std::size_t contacts = 1;  ///< they write in turn
  std::string path = "/webhooks/wa";
  std::string host = "127.0.0.1";
  std::string app_secret = "test-app-secret";
};

[[nodiscard]] std::vector<std::string> signed_webhooks(const WebhookPlan& plan);

}  // namespace sahut::bench
