// A case: what an office owes a resident, by when, and the sentences that tell him so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "conversation/sentences.hpp"
#include "escalation/city.hpp"
#include "values/id.hpp"
#include "values/time.hpp"

namespace sahut::escalation {

struct CaseFile {
  CaseId id;
  std::string number;  ///< as people say it: BPN-2611-0042
  ConversationId conversation;
  ContactId contact;
  std::string office;
  std::string topic;   ///< entry id, or empty
  std::string reason;  ///< as in conversation::HandOff
  UnixMillis opened_at;
  UnixMillis first_response_due;
  UnixMillis resolution_due;
  UnixMillis first_response_at;  ///< 0 = not yet
  UnixMillis resolved_at;        ///< 0 = not yet
  std::string outcome;
};

/// Sets the clocks of a case that opens now at `office`, in its working time.
void set_clocks(CaseFile& file, const City& city, const Office& office, UnixMillis now);

/// "besok pukul 08.00 WITA": a moment as a resident says it.
[[nodiscard]] std::string spoken_moment(UnixMillis moment, UnixMillis now, const City& city, nlu::Language language,
                                        const conversation::Sentences& sentences);

/// What the resident reads when the case opens: number, office, and when to expect an answer.
[[nodiscard]] std::string opening_notice(const CaseFile& file, const City& city, UnixMillis now, nlu::Language language,
                                         const conversation::Sentences& sentences);

/// How a case stands, in words. `state` is the thread's: "waiting", "claimed" or anything else for done.
[[nodiscard]] std::string status_notice(const CaseFile& file, std::string_view state, const City& city, UnixMillis now,
                                        nlu::Language language, const conversation::Sentences& sentences);

}  // namespace sahut::escalation
