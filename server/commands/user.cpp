#include "server/commands/user.hpp"

#include <iostream>

#include "server/commands/tool_store.hpp"
#include "server/sessions/passwords.hpp"
#include "server/state/commit.hpp"
#include "storage/repositories/records.hpp"
#include "storage/repositories/staff.hpp"

namespace sahut::server {
namespace {

using storage::Connection;

Result<std::string> read_password(const UserFlags& flags) {
  std::string password;
  if (flags.password_file) {
    const auto text = read_whole_file(*flags.password_file, 4096);
    if (!text.ok()) return text.problem();
    password = text->substr(0, text->find('\n'));
  } else {
    std::getline(std::cin, password);
  }
  while (!password.empty() && password.back() == '\r') password.pop_back();
  if (password.size() < shortest_password) {
    return Problem{"short_password", "password",
                   "the password is shorter than " + std::to_string(shortest_password) + " characters.",
                   "Give a longer one on standard input or with --password-file."};
  }
  return password;
}

int list(ToolStore& tool) {
  tool.store->read([](Connection& connection) {
    for (const storage::StaffRecord& staff : storage::list_staff(connection)) {
      std::cout << staff.name << "\t" << staff.role << "\t" << (staff.office.empty() ? "-" : staff.office)
                << (staff.disabled ? "\tdisabled" : "") << "\n";
    }
  });
  return exit_done;
}

int add(ToolStore& tool, const UserFlags& flags) {
  if (!flags.office.empty() && tool.city->find(flags.office) == nullptr) {
    return fail({"unknown_office", "--office", "there is no office `" + flags.office + "`.",
                 "Import the city first, or use one of its ids."});
  }
  const auto password = read_password(flags);
  if (!password.ok()) return fail(password.problem());
  const std::string hash = hash_password(*password);
  IdMaker ids(tool_node);
  const UnixMillis now = tool.clock.now();
  bool there = false;
  commit(tool.store->ledger(), [&](Connection& connection) {
    there = storage::find_staff(connection, flags.name).has_value();
    if (there) return;
    storage::insert_staff(
        connection,
        {.id = {ids.next(now)}, .name = flags.name, .role = flags.role, .office = flags.office, .password_hash = hash},
        now);
    storage::write_audit(connection, ids.next(now), now, {"command line", "user add", flags.name, flags.role});
  });
  if (there) {
    return fail({"already_exists", flags.name, "there is already a user of this name.",
                 "Use `sahut user passwd` to give a new password."});
  }
  std::cout << "Added " << flags.name << " (" << flags.role << (flags.office.empty() ? "" : ", " + flags.office)
            << ").\n";
  return exit_done;
}

/// Changes one person; sessions end, so that a lost phone is shut out at once.
int change(ToolStore& tool, const UserFlags& flags, const std::function<void(Connection&, UserId)>& apply,
           const char* what) {
  IdMaker ids(tool_node);
  const UnixMillis now = tool.clock.now();
  bool there = false;
  commit(tool.store->ledger(), [&](Connection& connection) {
    const auto staff = storage::find_staff(connection, flags.name);
    there = staff.has_value();
    if (!there) return;
    apply(connection, staff->id);
    storage::delete_sessions_of(connection, staff->id);
    storage::write_audit(connection, ids.next(now), now, {"command line", what, flags.name, ""});
  });
  if (!there) return fail({"not_found", flags.name, "there is no user of this name.", "See `sahut user list`."});
  std::cout << "Done: " << what << " " << flags.name << ".\n";
  return exit_done;
}

}  // namespace

int run_user(const CommonFlags& common, const UserFlags& flags) {
  const auto tool = open_tool_store(common);
  if (!tool) return exit_failed;
  if (flags.action == "list") return list(*tool);
  if (flags.action == "add") return add(*tool, flags);
  if (flags.action == "disable") {
    return change(
        *tool, flags, [](Connection& connection, UserId id) { storage::set_disabled(connection, id, true); },
        "user disable");
  }
  const auto password = read_password(flags);
  if (!password.ok()) return fail(password.problem());
  const std::string hash = hash_password(*password);
  return change(
      *tool, flags, [&](Connection& connection, UserId id) { storage::set_password(connection, id, hash); },
      "user passwd");
}

}  // namespace sahut::server
