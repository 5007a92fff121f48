#include "storage/sqlite_connection.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <unordered_map>
#include <vector>

namespace sahut::storage {
namespace {

constexpr int busy_timeout_ms = 5000;
/// About what the ledger writes between two checkpoints on a busy day, so that daily work seldom cuts the log and grows
/// it again.
constexpr int largest_idle_log = 64 << 20;

ErrorKind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorKind::busy;
    case SQLITE_FULL:
      return ErrorKind::full;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
    case SQLITE_PERM:
      return ErrorKind::io;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorKind::damaged;
    case SQLITE_CONSTRAINT:
      return ErrorKind::constraint;
    default:
      return ErrorKind::logic;
  }
}

Error translated(const SQLite::Exception& error) {
  return {kind_of(error.getErrorCode()), error.what()};
}

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(SQLite::Statement& statement) : statement_(statement) {}
  [[nodiscard]] bool null(int column) const override { return statement_.getColumn(column).isNull(); }
  [[nodiscard]] std::int64_t integer(int column) const override { return statement_.getColumn(column).getInt64(); }
  [[nodiscard]] double real(int column) const override { return statement_.getColumn(column).getDouble(); }
  [[nodiscard]] std::string_view text(int column) const override {
    const SQLite::Column value = statement_.getColumn(column);
    if (value.isNull()) return {};
    const char* bytes = value.getText("");  // before getBytes(): it fixes the encoding the length is of
    return {bytes, static_cast<std::size_t>(value.getBytes())};
  }

 private:
  SQLite::Statement& statement_;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::string& path, const SqliteOptions& options)
      : database_(path, options.read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                  busy_timeout_ms, options.vfs) {
    database_.exec("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2000");
    if (options.read_only) {
      database_.exec("PRAGMA query_only = ON");
    } else {
      database_.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
      // Checkpoints are made by the ledger between batches, not inside somebody's commit.
      database_.exec("PRAGMA wal_autocheckpoint = 0");
      // A long reader lets the log grow; without a limit it would keep that size for ever.
      database_.exec("PRAGMA journal_size_limit = " + std::to_string(largest_idle_log));
    }
  }

  using Connection::execute;
  using Connection::query;

  std::int64_t execute(std::string_view sql, std::span<const Value> values) override {
    try {
      Use use(*this, sql);
      use.bind(values);
      while (use.statement().executeStep()) {
      }
      return sqlite3_changes(database_.getHandle());
    } catch (const SQLite::Exception& error) {
      throw translated(error);
    }
  }

  void query(std::string_view sql, std::span<const Value> values, FunctionRef<void(const Row&)> each) override {
    try {
      Use use(*this, sql);
      use.bind(values);
      const SqliteRow row(use.statement());
      while (use.statement().executeStep()) each(row);
    } catch (const SQLite::Exception& error) {
      throw translated(error);
    }
  }

  void execute_script(const std::string& sql) override {
    try {
      database_.exec(sql);
    } catch (const SQLite::Exception& error) {
      throw translated(error);
    }
  }

 private:
  struct Prepared {
    std::unique_ptr<SQLite::Statement> statement;
    std::vector<int> places;  ///< SQLite's index of $1, $2 …; 0 where the statement does not use the number
    bool in_use = false;
  };

  /// SQLite takes $1 for a name and numbers names in the order they first stand in the text, so that `SET a = $2 WHERE
  /// id = $1` would bind the wrong way round by index.
  static std::vector<int> places_of(const SQLite::Statement& statement, std::string_view sql) {
    constexpr int most_parameters = 99;
    std::vector<int> places;
    int left = statement.getBindParameterCount();
    for (int number = 1; left > 0; ++number) {
      if (number > most_parameters) {
        throw Error(ErrorKind::logic, "parameters are written $1, $2 …: " + std::string(sql));
      }
      // Not "$" + …: GCC 12 at -O3 warns of an overflow in it that is not there.
      places.push_back(statement.getIndex(std::to_string(number).insert(0, 1, '$').c_str()));
      if (places.back() != 0) --left;
    }
    return places;
  }

  /// A kept statement for the length of one call; a query inside its own rows gets a statement of its own.
  class Use {
   public:
    Use(SqliteConnection& connection, std::string_view sql) {
      auto found = connection.prepared_.find(sql);
      if (found == connection.prepared_.end()) {
        auto statement = std::make_unique<SQLite::Statement>(connection.database_, std::string(sql));
        auto places = places_of(*statement, sql);
        found = connection.prepared_.emplace(std::string(sql), Prepared{std::move(statement), std::move(places)}).first;
      }
      places_ = &found->second.places;
      if (found->second.in_use) {
        extra_ = std::make_unique<SQLite::Statement>(connection.database_, std::string(sql));
        return;
      }
      kept_ = &found->second;
      kept_->in_use = true;
    }
    ~Use() {
      if (kept_ == nullptr) return;
      kept_->statement->tryReset();
      kept_->in_use = false;
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    SQLite::Statement& statement() { return extra_ ? *extra_ : *kept_->statement; }

    void bind(std::span<const Value> values) {
      // A kept statement still holds the values of its last use: one value short would silently repeat them.
      if (values.size() < places_->size()) {
        throw Error(ErrorKind::logic, "too few values for " + statement().getQuery());
      }
      for (std::size_t i = 0; i < places_->size(); ++i) {
        const int place = (*places_)[i];
        if (place != 0) std::visit(Binder{statement(), place}, values[i].held());
      }
    }

   private:
    struct Binder {
      SQLite::Statement& statement;
      int place;
      void operator()(std::monostate) const { statement.bind(place); }
      void operator()(std::int64_t number) const { statement.bind(place, number); }
      void operator()(double number) const { statement.bind(place, number); }
      // With its length: residents may send a NUL.
      void operator()(std::string_view text) const { statement.bind(place, std::string(text)); }
    };

    Prepared* kept_ = nullptr;
    const std::vector<int>* places_ = nullptr;
    std::unique_ptr<SQLite::Statement> extra_;
  };

  /// Looks strings up without making them.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  SQLite::Database database_;
  std::unordered_map<std::string, Prepared, Hash, std::equal_to<>> prepared_;
};

}  // namespace

std::unique_ptr<Connection> open_sqlite(const std::string& path, const SqliteOptions& options) {
  try {
    return std::make_unique<SqliteConnection>(path, options);
  } catch (const SQLite::Exception& error) {
    throw translated(error);
  }
}

}  // namespace sahut::storage
