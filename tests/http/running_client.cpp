#include "tests/http/running_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <utility>

#include "server/http/io_threads.hpp"

namespace sahut::http {

struct RunningClient::Parts {
  explicit Parts(ClientOptions options) : client(context, std::move(options)) {}

  boost::asio::io_context context{2};
  HttpClient client;
  IoThreads threads{context, 2};
};

RunningClient::RunningClient(ClientOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {}
RunningClient::~RunningClient() = default;

std::future<adapters::HttpAnswer> RunningClient::begin(adapters::HttpCall call) {
  return boost::asio::co_spawn(parts_->context, parts_->client.perform(std::move(call)), boost::asio::use_future);
}

}  // namespace sahut::http
