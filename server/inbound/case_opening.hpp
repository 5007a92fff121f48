// A thread goes to an office: the case, its number and clocks, and the new owner, in one step.
#pragma once

#include "conversation/decision.hpp"
#include "escalation/case_file.hpp"
#include "server/inbound/inbound_step.hpp"
#include "storage/repositories/conversations.hpp"

namespace sahut::server {

struct CaseRequest {
  storage::ConversationRecord& thread;  ///< gets its new owner and case; the caller saves it
  ContactId contact;
  const conversation::HandOff& handoff;
};

/// REQUIRES: the bot owns the thread.
[[nodiscard]] escalation::CaseFile open_case(storage::Connection& connection, const CaseRequest& request,
                                             UnixMillis now, const InboundContext& context);

}  // namespace sahut::server
