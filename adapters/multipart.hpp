// multipart/form-data (RFC 7578), for channels that take files so.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http_call.hpp"

namespace sahut::adapters {

struct FormFile {
  std::string_view field;
  std::string_view name;  ///< quotes and line breaks are replaced
  std::string_view mime_type;
  std::string_view bytes;
};

/// Sets the body and the Content-Type. The boundary occurs in no value.
void put_form(HttpCall& call, const std::vector<std::pair<std::string, std::string>>& fields, const FormFile& file);

}  // namespace sahut::adapters
