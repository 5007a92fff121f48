// The machine's clock: the one place where "now" comes from (P8).
#pragma once

#include "values/time.hpp"

namespace sahut::server {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] UnixMillis now() const override;
};

}  // namespace sahut::server
