// Any bytes as an authentic webhook of every gateway, as its answer to a send, as a profile, and as a token.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/gateway/authenticate.hpp"
#include "adapters/gateway/classify.hpp"
#include "adapters/gateway/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sahut;
  using namespace sahut::adapters;
  constexpr UnixMillis now{1'795'485'600'000};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  HttpAnswer answer;
  answer.status = size % 2 == 0 ? 200 : 400;
  answer.body = bytes;
  for (const std::string& name : gateway::profile_names()) {
    const gateway::Profile& profile = *gateway::find_profile(name);
    const auto events = gateway::parse(bytes, profile, now);
    if (events && events.value().empty()) std::abort();
    (void)gateway::classify(answer, profile.send);
  }
  (void)gateway::read_profile("x.json", bytes);

  static const gateway::Authenticator authenticator({gateway::Scheme::jwt_hs256, "Authorization", ""}, {"secret"});
  WebhookRequest request;
  request.headers = {{"Authorization", std::string(bytes)}};
  if (authenticator.is_authentic(request, now)) std::abort();
  return 0;
}
