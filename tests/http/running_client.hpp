// An HttpClient with two I/O threads, called without coroutines.
#pragma once

#include <future>
#include <memory>

#include "server/http/client.hpp"

namespace sahut::http {

class RunningClient {
 public:
  explicit RunningClient(ClientOptions options = {});
  ~RunningClient();
  RunningClient(const RunningClient&) = delete;
  RunningClient& operator=(const RunningClient&) = delete;

  [[nodiscard]] std::future<adapters::HttpAnswer> begin(adapters::HttpCall call);
  [[nodiscard]] adapters::HttpAnswer call(adapters::HttpCall call) { return begin(std::move(call)).get(); }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace sahut::http
