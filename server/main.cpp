// The command line: which words lead to which command. What each does is in server/commands/.
#include <CLI/CLI.hpp>
#include <iostream>

#include "server/commands/ask.hpp"
#include "server/commands/backup.hpp"
#include "server/commands/configuration_commands.hpp"
#include "server/commands/demo.hpp"
#include "server/commands/doctor.hpp"
#include "server/commands/evaluate.hpp"
#include "server/commands/knowledge_files.hpp"
#include "server/commands/migrate.hpp"
#include "server/commands/setup.hpp"
#include "server/commands/user.hpp"

namespace {

using namespace sahut::server;

/// --config, --data and --listen for the commands that take them. `data` is where it looks by default.
void add_common(CLI::App& command, CommonFlags& common, bool with_listen) {
  command.add_option("--config", common.config, "configuration file (TOML); `sahut config example` shows every key");
  command.add_option("--data", common.data, "data folder")->capture_default_str();
  if (with_listen) command.add_option("--listen", common.listen, "address and port, such as 127.0.0.1:8080");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Sahut answers residents: from what the city's editors wrote, or through its officers."};
  app.require_subcommand(1);
  CommonFlags common{.config = {}, .data = "sahut-data", .listen = {}};
  int status = exit_done;

  auto* serve = app.add_subcommand("serve", "run the server");
  add_common(*serve, common, true);
  serve->callback([&] { status = run_serve(common); });

  CommonFlags demo_common{.config = {}, .data = "sahut-demo", .listen = {}};
  auto* demo = app.add_subcommand("demo", "run the server with a sample city and accounts");
  add_common(*demo, demo_common, true);
  demo->callback([&] { status = run_demo(demo_common); });

  std::vector<std::string> words;
  bool json = false;
  auto* ask = app.add_subcommand("ask", "one question against the published knowledge");
  add_common(*ask, common, false);
  ask->add_flag("--json", json, "print everything as JSON");
  ask->add_option("text", words, "the question")->required();
  ask->callback([&] {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    status = run_ask(common, text, json);
  });

  auto* chat = app.add_subcommand("chat", "a resident's conversation in the terminal");
  add_common(*chat, common, false);
  chat->callback([&] { status = run_chat(common); });

  FileFlags files;
  auto* city = app.add_subcommand("city", "offices, their hours, holidays");
  city->require_subcommand(1);
  auto* knowledge =
      app.add_subcommand("knowledge", "FAQ entries as files: JSON, or CSV for a spreadsheet, by the name's end");
  knowledge->require_subcommand(1);
  const auto add_file_command = [&](CLI::App& parent, const char* name, const char* help, auto run) {
    auto* command = parent.add_subcommand(name, help);
    add_common(*command, common, false);
    command->add_option("file", files.file, "the file; - is standard output for export")->required();
    command->add_flag("--dry-run", files.dry_run, "only say what would change");
    command->callback([&status, &files, &common, name, run] {
      files.action = name;
      status = run(common, files);
    });
    return command;
  };
  add_file_command(*city, "import", "read a city file", run_city);
  add_file_command(*city, "export", "write the city as a file", run_city);
  add_file_command(*knowledge, "import", "publish the entries of a file", run_knowledge);
  add_file_command(*knowledge, "export", "write what is published as a file", run_knowledge);
  add_file_command(*knowledge, "lint", "check a file without a store", run_knowledge);
  auto* test =
      add_file_command(*knowledge, "test", "labelled questions (TSV) against what is published", run_knowledge);
  test->add_option("--floor", files.floor, "fail if a smaller share is answered right at once (0 to 1)");
  test->add_option("--floor-offered", files.floor_offered, "fail if a smaller share is right or among the choices");

  EvaluateFlags evaluate_flags;
  auto* evaluate = app.add_subcommand("evaluate", "train the matcher on one labelled file and measure it on another");
  evaluate->add_option("--train", evaluate_flags.train, "TSV: text, tab, label")->required();
  evaluate->add_option("--test", evaluate_flags.test, "TSV: text, tab, label")->required();
  evaluate->add_option("--oos-label", evaluate_flags.oos_label, "label of out-of-scope rows")->capture_default_str();
  evaluate->add_flag("--json", evaluate_flags.json, "print the figures as JSON");
  evaluate->callback([&] { status = run_evaluate(evaluate_flags); });

  UserFlags user_flags;
  auto* user = app.add_subcommand("user", "people who sign in");
  user->require_subcommand(1);
  for (const char* action : {"add", "list", "passwd", "disable"}) {
    const std::string name = action;
    auto* command = user->add_subcommand(name, name == "add"    ? "add a person; the password comes from standard input"
                                               : name == "list" ? "list them"
                                               : name == "passwd" ? "give a new password; signs the person out"
                                                                  : "shut a person out");
    add_common(*command, common, false);
    if (name != "list") command->add_option("name", user_flags.name, "name to sign in with")->required();
    if (name == "add") {
      command->add_option("--role", user_flags.role, "agent, editor, supervisor or admin")
          ->check(CLI::IsMember({"agent", "editor", "supervisor", "admin"}))
          ->capture_default_str();
      command->add_option("--office", user_flags.office, "id of the person's office; without it the whole city");
    }
    if (name == "add" || name == "passwd") {
      command->add_option("--password-file", user_flags.password_file, "file whose first line is the password");
    }
    command->callback([&, name] {
      user_flags.action = name;
      status = run_user(common, user_flags);
    });
  }

  auto* migrate = app.add_subcommand("migrate", "bring the database up to date");
  add_common(*migrate, common, false);
  migrate->callback([&] { status = run_migrate(common); });

  std::string backup_file;
  auto* backup = app.add_subcommand("backup", "copy the database as it is now; the server may go on working");
  add_common(*backup, common, false);
  backup->add_option("file", backup_file, "the file to write")->required();
  backup->callback([&] { status = run_backup(common, backup_file); });
  auto* restore = app.add_subcommand("restore", "make a backup the database; the server must be stopped");
  add_common(*restore, common, false);
  restore->add_option("file", backup_file, "a file that `sahut backup` wrote")->required();
  restore->callback([&] { status = run_restore(common, backup_file); });

  SetupFlags setup_flags;
  auto* setup = app.add_subcommand("setup", "register a channel with its provider and check it");
  setup->require_subcommand(1);
  auto* telegram = setup->add_subcommand("telegram", "set the webhook, or remove it where the channel polls");
  auto* whatsapp =
      setup->add_subcommand("whatsapp", "what to enter at Meta; subscribes the app, tries our own address");
  for (auto* command : {telegram, whatsapp}) {
    add_common(*command, common, false);
    command->add_option("--channel", setup_flags.channel, "its name, where there are several of the kind");
  }
  whatsapp->add_option("--to", setup_flags.to, "send a test message to this number and wait for its status");
  whatsapp->add_flag("--show-secrets", setup_flags.show_secrets, "print the verify token also into a file or pipe");
  telegram->callback([&] { status = run_setup_telegram(common, setup_flags); });
  whatsapp->callback([&] { status = run_setup_whatsapp(common, setup_flags); });

  auto* doctor = app.add_subcommand("doctor", "every check with its cure; changes nothing");
  add_common(*doctor, common, false);
  doctor->add_flag("--json", json, "print the checks as JSON");
  doctor->callback([&] { status = run_doctor(common, json); });

  auto* config = app.add_subcommand("config", "the configuration");
  config->require_subcommand(1);
  auto* show = config->add_subcommand("show", "every value and where it comes from; secrets hidden");
  add_common(*show, common, true);
  show->callback([&] { status = run_config_show(common); });
  auto* check = config->add_subcommand("check", "is it good?");
  add_common(*check, common, true);
  check->callback([&] { status = run_config_check(common); });
  config->add_subcommand("example", "a file with every key explained")->callback([&] {
    status = run_config_example();
  });

  auto* version = app.add_subcommand("version", "print the version");
  version->add_flag("--json", json, "with the versions of what it is built on");
  version->callback([&] { status = run_version(json); });

  auto* routes = app.add_subcommand("routes", "the table of routes")->group("");
  routes->add_flag("--json", json, "as JSON (it always is)");
  routes->callback([&] { status = run_routes(); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? exit_done : exit_usage;
  } catch (const std::exception& error) {
    std::cerr << "sahut: " << error.what() << "\n";
    return exit_failed;
  }
  return status;
}
