#include "server/inbound/case_opening.hpp"

#include "conversation/case_number.hpp"
#include "escalation/district.hpp"
#include "escalation/local_time.hpp"
#include "escalation/routing.hpp"
#include "storage/repositories/cases.hpp"

namespace sahut::server {

escalation::CaseFile open_case(storage::Connection& connection, const CaseRequest& request, UnixMillis now,
                               const InboundContext& context) {
  const knowledge::PublishedEntry* topic = context.snapshot.find(request.handoff.entry);
  const escalation::Office& answering =
      topic == nullptr ? escalation::route(context.city, request.thread.memory.office, "", "")
                       : escalation::route(context.city, topic->entry.office, topic->entry.id, topic->entry.category);
  const escalation::Office& office =
      escalation::office_for_district(context.city, answering, request.thread.memory.district);
  const std::string date = escalation::local_moment(now, context.city.time_zone).date;

  escalation::CaseFile file;
  file.id = {context.ids.next(now)};
  const std::string month = date.substr(2, 2) + date.substr(5, 2);
  file.number = conversation::case_number(context.case_prefix, date, storage::next_case_ordinal(connection, month));
  file.conversation = request.thread.id;
  file.contact = request.contact;
  file.office = office.id;
  file.topic = request.handoff.entry;
  file.reason = request.handoff.reason;
  escalation::set_clocks(file, context.city, office, now);
  storage::insert_case(connection, file);

  request.thread.owner = escalation::hand_over(request.thread.owner, office.id);
  request.thread.case_file = file.id;
  return file;
}

}  // namespace sahut::server
