// One ledger step from a thread that may wait for the disk: commands and slow work. Never on an I/O thread.
#pragma once

#include <functional>
#include <future>

#include "storage/ledger.hpp"

namespace sahut::server {

/// Returns after the commit is durable; throws what the step or the commit threw.
inline void commit(storage::Ledger& ledger, const std::function<void(storage::Connection&)>& step) {
  std::promise<void> done;
  ledger.submit({}, step, [&](std::exception_ptr error) {
    if (error) {
      done.set_exception(error);
    } else {
      done.set_value();
    }
  });
  done.get_future().get();
}

}  // namespace sahut::server
