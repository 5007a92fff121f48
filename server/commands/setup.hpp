// `sahut setup telegram` and `sahut setup whatsapp`: a channel registered with its provider and looked at, every
// failure with its cure.
#pragma once

#include <string>

#include "server/commands/command.hpp"

namespace sahut::server {

struct SetupFlags {
  std::string channel;        ///< its name; empty = the only one of the kind
  std::string to;             ///< whatsapp: send a test message to this number
  bool show_secrets = false;  ///< whatsapp: print the verify token also when nobody sits at a terminal
};

/// Registers the webhook, or removes it where the channel polls. exit_usage for a channel that does not exist.
[[nodiscard]] int run_setup_telegram(const CommonFlags& common, const SetupFlags& flags);

/// Says what to enter at Meta, subscribes the app to the account, asks our own address as Meta does, sends a test
/// message if asked to.
[[nodiscard]] int run_setup_whatsapp(const CommonFlags& common, const SetupFlags& flags);

}  // namespace sahut::server
