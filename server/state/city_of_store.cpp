#include "server/state/city_of_store.hpp"

#include <stdexcept>

#include "storage/repositories/records.hpp"

namespace sahut::server {

std::shared_ptr<const escalation::City> city_of_store(storage::Connection& connection, const std::string& name,
                                                      const std::string& time_zone) {
  if (const auto document = storage::load_document(connection, city_document)) {
    escalation::ParsedCity parsed = escalation::parse_city(*document, "the stored city");
    if (!parsed.problems.empty()) throw std::runtime_error(parsed.problems.front().text());
    if (!parsed.city.offices.empty()) return std::make_shared<const escalation::City>(std::move(parsed.city));
  }
  // One office for everything, so that a resident who asks for a person always reaches a queue.
  escalation::City city;
  city.name = name;
  city.time_zone = time_zone;
  escalation::Office office;
  office.id = "layanan";
  office.name = "Layanan " + name;
  office.topics = {"umum"};
  city.offices.push_back(std::move(office));
  return std::make_shared<const escalation::City>(std::move(city));
}

void store_city(storage::Connection& connection, const escalation::City& city, UnixMillis now, std::string_view by) {
  storage::write_document(connection, city_document, escalation::to_file(city), now, by);
  storage::save_setting(connection, "city_revision", std::to_string(now.value));
}

}  // namespace sahut::server
