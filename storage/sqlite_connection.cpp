#include "storage/sqlite_connection.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <unordered_map>

namespace sahut::storage {
namespace {

constexpr int busy_timeout_ms = 5000;

ErrorKind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorKind::busy;
    case SQLITE_FULL: return ErrorKind::full;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_NOMEM:
    case SQLITE_PERM: return ErrorKind::io;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorKind::damaged;
    case SQLITE_CONSTRAINT: return ErrorKind::constraint;
    default: return ErrorKind::logic;
  }
}

Error translated(const SQLite::Exception& error) { return {kind_of(error.getErrorCode()), error.what()}; }

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
    }
  }

  using Connection::execute;
  using Connection::query;

  std::int64_t execute(std::string_view sql, std::span<const Value> values) override {
    try {
      Use use(*this, sql);
      bind(use.statement(), values);
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
      bind(use.statement(), values);
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
    bool in_use = false;
  };

  /// A kept statement for the length of one call; a query inside its own rows gets a statement of its own.
  class Use {
   public:
    Use(SqliteConnection& connection, std::string_view sql) {
      auto found = connection.prepared_.find(sql);
      if (found == connection.prepared_.end()) {
        auto statement = std::make_unique<SQLite::Statement>(connection.database_, std::string(sql));
        found = connection.prepared_.emplace(std::string(sql), Prepared{std::move(statement)}).first;
      }
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

   private:
    Prepared* kept_ = nullptr;
    std::unique_ptr<SQLite::Statement> extra_;
  };

  static void bind(SQLite::Statement& statement, std::span<const Value> values) {
    int index = 0;
    for (const Value& value : values) {
      ++index;
      struct Binder {
        SQLite::Statement& statement;
        int index;
        void operator()(std::monostate) const { statement.bind(index); }
        void operator()(std::int64_t number) const { statement.bind(index, number); }
        void operator()(double number) const { statement.bind(index, number); }
        // With its length: residents may send a NUL.
        void operator()(std::string_view text) const { statement.bind(index, std::string(text)); }
      };
      std::visit(Binder{statement, index}, value.held());
    }
  }

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
