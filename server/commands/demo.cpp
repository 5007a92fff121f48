#include "server/commands/demo.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <embedded/sample_city.hpp>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "escalation/local_time.hpp"
#include "knowledge/entry_json.hpp"
#include "server/running_server.hpp"
#include "server/sessions/passwords.hpp"
#include "server/state/city_of_store.hpp"
#include "server/state/commit.hpp"
#include "server/state/editing.hpp"
#include "server/state/services.hpp"
#include "storage/repositories/staff.hpp"

namespace sahut::server {
namespace {

using storage::Connection;

struct DemoAccount {
  const char* name;
  const char* role;
  const char* office;
};
constexpr DemoAccount demo_accounts[] = {
    {"sari", "agent", "disdukcapil"}, {"budi", "agent", "dinkes"}, {"rina", "agent", "kominfo"},
    {"dewi", "editor", ""},           {"hasan", "supervisor", ""}, {"admin", "admin", ""},
};

/// The city and its entries, once: what somebody edits in the demonstration stays.
std::optional<Problem> fill_city(Services& services) {
  const UnixMillis now = services.clock.now();
  std::vector<knowledge::Entry> entries;
  for (const embedded::File& file : embedded::sample_city()) {
    if (file.path == "city.json") {
      escalation::ParsedCity parsed = escalation::parse_city(file.bytes, file.path);
      if (!parsed.problems.empty()) return parsed.problems.front();
      commit(services.store.ledger(),
             [&](Connection& connection) { store_city(connection, parsed.city, now, "demo"); });
      services.city.set(std::make_shared<const escalation::City>(std::move(parsed.city)));
      continue;
    }
    knowledge::ParsedFile parsed = knowledge::parse_file(file.bytes, file.path);
    if (!parsed.problems.empty()) return parsed.problems.front();
    std::move(parsed.entries.begin(), parsed.entries.end(), std::back_inserter(entries));
  }
  const auto city = services.city.get();
  const EditContext context{services.store,
                            services.publisher,
                            services.ids,
                            *city,
                            "demo",
                            now,
                            escalation::local_moment(now, city->time_zone).date};
  const auto report = import_entries(entries, false, context);
  if (!report.ok()) return report.problem();
  return std::nullopt;
}

/// A file only its owner may read, even for the moment of being written.
std::optional<Problem> write_private(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = file >= 0 && ::fchmod(file, 0600) == 0 &&
                       ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (file >= 0) ::close(file);
  if (written) return std::nullopt;
  return Problem{"unwritable", path, "the accounts cannot be written.", "Check the folder and its permissions."};
}

std::optional<Problem> make_accounts(Services& services, const std::string& path) {
  const UnixMillis now = services.clock.now();
  nlohmann::ordered_json file = nlohmann::ordered_json::array();
  for (const DemoAccount& account : demo_accounts) {
    const std::string password = random_password();
    const std::string hash = hash_password(password);
    commit(services.store.ledger(), [&](Connection& connection) {
      if (const auto known = storage::find_staff(connection, account.name)) {
        storage::set_password(connection, known->id, hash);
        return;
      }
      storage::insert_staff(connection,
                            {.id = {services.ids.next(now)},
                             .name = account.name,
                             .role = account.role,
                             .office = account.office,
                             .password_hash = hash},
                            now);
    });
    const std::string office = account.office;
    file.push_back({{"name", account.name},
                    {"password", password},
                    {"role", account.role},
                    {"office", office.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(office)}});
  }
  return write_private(path, file.dump(1) + "\n");
}

void print_welcome(const std::string& address, const std::string& accounts_path) {
  std::cout << "\n  Sahut siap.\n\n"
            << "  Warga bertanya    " << address << "/chat      coba: ktp ilang gmn ngurusnya min\n"
            << "  Dua ponsel contoh " << address << "/demo      WhatsApp dan Telegram tanpa akun\n"
            << "  Meja petugas      " << address << "/desk\n"
            << "  Isi pengetahuan   " << address << "/admin\n"
            << "  Angka layanan     " << address << "/insight\n\n"
            << "  Akun contoh (juga di " << accounts_path << "):\n";
  const auto text = read_whole_file(accounts_path, 64 * 1024);
  if (text.ok()) {
    for (const auto& account : nlohmann::json::parse(*text)) {
      std::cout << "    " << account["name"].get<std::string>() << "  " << account["password"].get<std::string>()
                << "  " << account["role"].get<std::string>()
                << (account["office"].is_string() ? ", " + account["office"].get<std::string>() : "") << "\n";
    }
  }
  std::cout << "\n  Ctrl-C mengakhiri.\n\n" << std::flush;
}

}  // namespace

int run_serve(const CommonFlags& common) {
  const auto configuration = configuration_of(common);
  if (!configuration) return exit_failed;
  return run_server(*configuration, {.data = common.data, .on_ready = {}, .with_phones = false, .on_routes = {}});
}

int run_demo(const CommonFlags& common) {
  const auto configuration = configuration_of(common);
  if (!configuration) return exit_failed;
  const std::string accounts_path = common.data + "/demo-accounts.json";
  const auto prepare = [&](Services& services) -> std::optional<Problem> {
    if (services.knowledge.get()->entries().empty()) {
      if (auto problem = fill_city(services)) return problem;
    }
    // The passwords are only in this file: while it is there they stay, so that a second start needs no new sign-in.
    if (!std::filesystem::exists(accounts_path)) return make_accounts(services, accounts_path);
    return std::nullopt;
  };
  return run_server(*configuration,
                    {.data = common.data,
                     .on_ready = [&](const std::string& address) { print_welcome(address, accounts_path); },
                     .with_phones = true,
                     .on_routes = {}},
                    prepare);
}

int run_routes() {
  std::string folder = (std::filesystem::temp_directory_path() / "sahut-routes-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr)
    return fail({"no_folder", folder, "no temporary folder can be made.", "Check TMPDIR."});
  const auto print = [](const std::vector<http::Route>& routes) {
    auto table = nlohmann::ordered_json::array();
    for (const http::Route& route : routes)
      table.push_back({{"method", http::name_of(route.method)}, {"path", route.pattern}});
    std::cout << table.dump() << "\n";
  };
  LoadedConfiguration defaults = load_configuration({});
  const int status =
      run_server(defaults.configuration, {.data = folder, .on_ready = {}, .with_phones = false, .on_routes = print});
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return status;
}

}  // namespace sahut::server
