// `sahut evaluate`: trains the matcher on one labelled file and measures it on another.
#pragma once

#include <string>

namespace sahut::server {

struct EvaluateFlags {
  std::string train;
  std::string test;
  std::string oos_label = "oos";
  bool json = false;
};
[[nodiscard]] int run_evaluate(const EvaluateFlags& flags);

}  // namespace sahut::server
