// SQL on one connection, the same for every database: `$1` parameters, integers, reals, texts and NULL.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace sahut::storage {

/// What went wrong below. Only `constraint` and `logic` can be the fault of one step; the others are the store's.
enum class ErrorKind {
  busy,        ///< somebody else writes, or too much is waiting: try again later
  full,        ///< no space left
  io,          ///< the disk failed
  damaged,     ///< the file is not a sound database
  constraint,  ///< a rule of the schema was broken
  logic,       ///< the SQL is wrong
};

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  [[nodiscard]] ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

/// A parameter. Texts are not copied: they must live until the call returns.
class Value {
 public:
  Value(std::nullptr_t) {}                           // NOLINT(google-explicit-constructor)
  Value(bool value) : held_(std::int64_t{value}) {}  // NOLINT(google-explicit-constructor)
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Value(Integer value)
      : held_(static_cast<std::int64_t>(value)) {}                     // NOLINT(google-explicit-constructor)
  Value(double value) : held_(value) {}                                // NOLINT(google-explicit-constructor)
  Value(std::string_view value) : held_(value) {}                      // NOLINT(google-explicit-constructor)
  Value(const std::string& value) : held_(std::string_view(value)) {}  // NOLINT(google-explicit-constructor)
  Value(const char* value) : held_(std::string_view(value)) {}         // NOLINT(google-explicit-constructor)

  using Held = std::variant<std::monostate, std::int64_t, double, std::string_view>;
  [[nodiscard]] const Held& held() const { return held_; }

 private:
  Held held_;
};

/// One row of a result; columns count from 0. NULL reads as 0 and as "". Texts are valid until the next row.
class Row {
 public:
  virtual ~Row() = default;
  [[nodiscard]] virtual bool null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual double real(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
};

/// A callable by reference, for the length of one call: std::function without its allocation.
template <typename Signature>
class FunctionRef;
template <typename Result, typename... Args>
class FunctionRef<Result(Args...)> {
 public:
  template <typename Callable>
  requires(!std::same_as<std::remove_cvref_t<Callable>, FunctionRef>)
      FunctionRef(Callable&& callable)  // NOLINT(google-explicit-constructor,bugprone-forwarding-reference-overload)
      : object_(const_cast<void*>(static_cast<const void*>(&callable))),
        call_([](void* object, Args... args) -> Result {
          return (*static_cast<std::remove_reference_t<Callable>*>(object))(std::forward<Args>(args)...);
        }) {}
  Result operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  Result (*call_)(void*, Args...);
};

/// Not thread-safe; one thread at a time. Statements are prepared once and kept for the connection's life.
/// Every function throws Error.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Returns how many rows were changed.
  std::int64_t execute(std::string_view sql, std::initializer_list<Value> values = {}) {
    return execute(sql, std::span(values.begin(), values.size()));
  }
  virtual std::int64_t execute(std::string_view sql, std::span<const Value> values) = 0;

  void query(std::string_view sql, std::initializer_list<Value> values, FunctionRef<void(const Row&)> each) {
    query(sql, std::span(values.begin(), values.size()), each);
  }
  virtual void query(std::string_view sql, std::span<const Value> values, FunctionRef<void(const Row&)> each) = 0;

  /// The first row as a T, or nothing.
  template <typename T, typename Map>
  std::optional<T> query_one(std::string_view sql, std::initializer_list<Value> values, Map&& map) {
    std::optional<T> found;
    query(sql, values, [&](const Row& row) {
      if (!found) found = map(row);
    });
    return found;
  }

  /// Several statements, no parameters: migrations.
  virtual void execute_script(const std::string& sql) = 0;
};

}  // namespace sahut::storage
