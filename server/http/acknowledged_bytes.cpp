// A file of its own: <linux/tcp.h>, which alone has tcpi_bytes_acked, cannot be included beside Asio's <netinet/tcp.h>.
#include "server/http/acknowledged_bytes.hpp"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace sahut::http {

std::uint64_t acknowledged_bytes(int descriptor) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_bytes_acked;
}

}  // namespace sahut::http
