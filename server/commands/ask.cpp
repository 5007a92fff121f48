#include "server/commands/ask.hpp"

#include <unistd.h>

#include <iostream>

#include "conversation/turn.hpp"
#include "escalation/local_time.hpp"
#include "nlu/default_lexicon.hpp"
#include "server/commands/tool_store.hpp"
#include "server/state/ask.hpp"
#include "server/state/publisher.hpp"

namespace sahut::server {
namespace {

/// The published knowledge, and today in the city; nothing if it was refused, which was printed.
struct Desk {
  std::shared_ptr<const knowledge::Snapshot> snapshot;
  std::string local_date;
};

std::optional<Desk> open_desk(const CommonFlags& common) {
  const auto tool = open_tool_store(common);
  if (!tool) return std::nullopt;
  std::optional<Desk> desk;
  tool->store->read([&](storage::Connection& connection) {
    const auto snapshot = snapshot_of_store(connection, nlu::default_lexicon());
    if (!snapshot.ok()) {
      fail(snapshot.problem());
      return;
    }
    desk = Desk{*snapshot, escalation::local_moment(tool->clock.now(), tool->city->time_zone).date};
  });
  if (desk && desk->snapshot->entries().empty()) {
    fail({"nothing_published", common.data, "nothing is published in this data folder.",
          "Start the demonstration (sahut demo --data " + common.data +
              ") or import entries (sahut knowledge import FILE)."});
    return std::nullopt;
  }
  return desk;
}

}  // namespace

int run_ask(const CommonFlags& common, const std::string& text, bool json) {
  const auto desk = open_desk(common);
  if (!desk) return exit_failed;
  const auto sentences = conversation::default_sentences();
  const auto answer = ask(*desk->snapshot, *sentences, text, desk->local_date);
  if (json) {
    std::cout << answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return exit_done;
  }
  std::cout << answer["action"].get<std::string>();
  if (answer["entry"].is_string()) std::cout << " " << answer["entry"].get<std::string>();
  std::cout << "  (" << answer["confidence"].dump() << ")\n\n" << answer["reply"].get<std::string>() << "\n";
  for (const auto& choice : answer["choices"]) std::cout << "  [" << choice["title"].get<std::string>() << "]\n";
  return exit_done;
}

int run_chat(const CommonFlags& common) {
  const auto desk = open_desk(common);
  if (!desk) return exit_failed;
  const auto sentences = conversation::default_sentences();
  const bool terminal = isatty(STDIN_FILENO) == 1;
  if (terminal) std::cout << "Tulis seperti warga; Ctrl-D mengakhiri.\n";
  conversation::Thread thread;
  std::string line;
  while ((!terminal || std::cout << "> " << std::flush) && std::getline(std::cin, line)) {
    conversation::InboundMessage message;
    message.external_id = "chat";
    message.contact = "chat";
    message.text = line;
    const conversation::Outcome outcome =
        conversation::take_turn(thread, message, *desk->snapshot, *sentences, desk->local_date);
    thread.memory = outcome.memory;
    if (outcome.reply) {
      std::cout << outcome.reply->text << "\n";
      int number = 0;
      for (const conversation::Choice& choice : outcome.reply->choices)
        std::cout << "  " << ++number << ". " << choice.title << "\n";
    }
    if (std::holds_alternative<conversation::HandOff>(outcome.decision)) {
      std::cout << "(di sini percakapan berpindah ke petugas)\n";
    }
    std::cout << "\n";
  }
  return exit_done;
}

}  // namespace sahut::server
