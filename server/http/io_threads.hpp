// The threads that run an io_context, ended and joined when this goes.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

namespace sahut::http {

class IoThreads {
 public:
  IoThreads(boost::asio::io_context& context, std::size_t count) : context_(context), work_(context.get_executor()) {
    for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([&context] { context.run(); });
  }
  ~IoThreads() { stop(); }
  IoThreads(const IoThreads&) = delete;
  IoThreads& operator=(const IoThreads&) = delete;

  /// Ends what still runs. Idempotent.
  void stop() {
    work_.reset();
    context_.stop();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  boost::asio::io_context& context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::vector<std::thread> threads_;
};

}  // namespace sahut::http
