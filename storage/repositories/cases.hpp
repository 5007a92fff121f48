// Cases as rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "escalation/case_file.hpp"
#include "storage/connection.hpp"

namespace sahut::storage {

/// The next ordinal of this month ("2611"); counts from 1.
[[nodiscard]] std::int64_t next_case_ordinal(Connection& connection, std::string_view month);
void insert_case(Connection& connection, const escalation::CaseFile& file);
[[nodiscard]] std::optional<escalation::CaseFile> load_case(Connection& connection, CaseId id);
/// The case of this number if it is this resident's: nobody learns of another's case by guessing.
[[nodiscard]] std::optional<escalation::CaseFile> find_case(Connection& connection, std::string_view number,
                                                            ContactId contact);
/// Office, clocks, first answer, end: everything that changes after the case was opened.
void save_case(Connection& connection, const escalation::CaseFile& file);

}  // namespace sahut::storage
