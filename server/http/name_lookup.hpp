// Host names to addresses, within a deadline: the system's resolver itself cannot be told to stop.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <string>
#include <vector>

namespace sahut::http {

struct Addresses {
  boost::system::error_code error;  ///< timed_out when the deadline passed
  std::vector<boost::asio::ip::tcp::endpoint> endpoints;
};

/// On the caller's executor, which must be a strand. An address as text needs no lookup. IPv6 and IPv4 alternate.
[[nodiscard]] boost::asio::awaitable<Addresses> look_up(std::string host, std::string port,
                                                        std::chrono::steady_clock::time_point deadline);

}  // namespace sahut::http
