// An entry with every field, in characters that file formats stumble over.
#pragma once

#include "knowledge/entry.hpp"

namespace sahut::knowledge {

inline Entry whole_entry() {
  Entry entry;
  entry.id = "ktp-el-hilang";
  entry.office = "disdukcapil";
  entry.category = "kependudukan";
  entry.title = "KTP-el hilang, \"raib\"";
  entry.examples = {"ktp ilang gmn ngurusnya", "kehilangan KTP; bagaimana?"};
  entry.keywords = {"ktp", "hilang"};
  entry.rules = {"ktp.*(hilang|raib)", "[a-z]+ hilang"};
  entry.answer = {{"id", "Bapak/Ibu:\n• satu\n• dua"}, {"en", "You …"}};
  entry.facets = {{nlu::Facet::fee, "Gratis."}, {nlu::Facet::hours, "08.00"}};
  entry.legal_basis = "UU 24/2013";
  entry.source = "contoh";
  entry.valid_from = "2026-01-01";
  entry.review_by = "2026-12-31";
  entry.handoff = HandoffPolicy::always;
  entry.related = {"ktp-el-rusak"};
  return entry;
}

}  // namespace sahut::knowledge
