// How much of what we sent the other side's kernel has confirmed.
#pragma once

#include <cstdint>

namespace sahut::http {

/// Of this TCP connection since it was opened (Linux, TCP_INFO); 0 if the kernel does not say.
[[nodiscard]] std::uint64_t acknowledged_bytes(int descriptor);

}  // namespace sahut::http
