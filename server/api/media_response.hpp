// A stored file as an answer: harmless whatever is in it.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/state/services.hpp"
#include "storage/repositories/media.hpp"

namespace sahut::server {

/// 200, 206 for one span of `Range` (players of some phones insist), 404 if it is not stored, 416 for a span outside
/// it. The type is the one read from its bytes; it is an attachment in a sandbox without scripts, so that an address
/// opened by itself runs nothing here.
[[nodiscard]] boost::asio::awaitable<http::Response> media_response(Services& services, storage::MediaRecord media,
                                                                    http::Request request);

}  // namespace sahut::server
