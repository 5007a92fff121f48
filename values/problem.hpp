// Bad input is a value: what was wrong, where, and what to do about it, in words a person can act on.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace sahut {

/// One thing wrong with what came from outside.
struct Problem {
  std::string code;   ///< stable word for programs, such as "duplicate_id"
  std::string where;  ///< file and line, field, header or key: as exact as is known; may be empty
  std::string what;   ///< one sentence: what is wrong
  std::string cure;   ///< one sentence: what to do; may be empty when `what` says it

  [[nodiscard]] std::string text() const {
    std::string all = where.empty() ? what : where + ": " + what;
    if (!cure.empty()) all += " " + cure;
    return all;
  }
  bool operator==(const Problem&) const = default;
};

/// A value, or the problem that kept it from being made.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Problem problem)
      : state_(std::in_place_index<1>, std::move(problem)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  /// REQUIRES: ok().
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  /// REQUIRES: !ok().
  [[nodiscard]] const Problem& problem() const { return std::get<1>(state_); }

 private:
  std::variant<T, Problem> state_;
};

}  // namespace sahut
