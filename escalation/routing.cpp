#include "escalation/routing.hpp"

#include <algorithm>

namespace sahut::escalation {
namespace {

bool lists(const Office& office, std::string_view topic) {
  return !topic.empty() && std::find(office.topics.begin(), office.topics.end(), topic) != office.topics.end();
}

}  // namespace

const Office& route(const City& city, std::string_view entry_office, std::string_view topic,
                    std::string_view category) {
  if (const Office* own = city.find(entry_office)) return *own;
  for (const std::string_view wanted : {topic, category, std::string_view("umum")}) {
    for (const Office& office : city.offices) {
      if (lists(office, wanted)) return office;
    }
  }
  return city.offices.front();
}

}  // namespace sahut::escalation
