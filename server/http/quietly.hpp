// How this room awaits Asio's operations: their error comes back as a value, because a peer that hangs up is no
// exception.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sahut::http {

constexpr auto quietly = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace sahut::http
