// The ledger as a test calls it: submit, wait, and look at what came back.
#pragma once

#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "storage/ledger.hpp"

namespace sahut::storage {

/// What the caller was told, once it was told.
inline std::future<std::exception_ptr> submitted(Ledger& ledger, Ledger::Step step) {
  auto told = std::make_shared<std::promise<std::exception_ptr>>();
  auto future = told->get_future();
  ledger.submit({}, std::move(step), [told](std::exception_ptr error) { told->set_value(std::move(error)); });
  return future;
}

/// Nothing if the step was committed, else the kind of what went wrong below; other exceptions come through.
inline std::optional<ErrorKind> run_step(Ledger& ledger, Ledger::Step step) {
  const std::exception_ptr error = submitted(ledger, std::move(step)).get();
  if (!error) return std::nullopt;
  try {
    std::rethrow_exception(error);
  } catch (const Error& failure) {
    return failure.kind();
  }
}

}  // namespace sahut::storage
