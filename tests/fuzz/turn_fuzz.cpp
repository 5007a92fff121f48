// The whole way of a text: folding, normalising, matching, the turn, its reply. Any bytes are taken, a reply stays
// within what every channel can carry, and the same message is always answered the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "conversation/turn.hpp"
#include "knowledge/built_in_language.hpp"
#include "nlu/default_lexicon.hpp"

namespace {

using namespace sahut;

constexpr std::size_t longest_reply = 16 * 1024;  ///< channels part or shorten what is longer than they carry

std::shared_ptr<const knowledge::Snapshot> two_entries() {
  knowledge::Entry lost;
  lost.id = "ktp-el-hilang";
  lost.title = "KTP-el hilang";
  lost.examples = {"ktp saya hilang", "ktp ilang gimana ngurusnya", "kehilangan kartu tanda penduduk"};
  lost.answer["id"] = "Buat surat kehilangan di kantor polisi, lalu datang ke Disdukcapil.";
  lost.facets.emplace(nlu::Facet::fee, "Gratis.");
  knowledge::Entry family;
  family.id = "kk-baru";
  family.title = "Kartu keluarga baru";
  family.examples = {"bikin kartu keluarga baru", "kk baru setelah menikah", "syarat buat kk"};
  family.answer["id"] = "Bawa buku nikah dan KK orang tua.";
  auto built =
      knowledge::Snapshot::build(1, {{lost, 1}, {family, 1}}, knowledge::built_in_language(), nlu::default_lexicon());
  if (!built.ok()) std::abort();
  return built.value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto city = two_entries();
  static const auto sentences = conversation::default_sentences();
  conversation::InboundMessage message;
  message.external_id = "1";
  message.contact = "1";
  message.text.assign(reinterpret_cast<const char*>(data), size);
  const conversation::Outcome first = conversation::take_turn({}, message, *city, *sentences, "2026-11-24");
  if (first.reply && first.reply->text.size() > longest_reply) std::abort();
  const conversation::Outcome second = conversation::take_turn({}, message, *city, *sentences, "2026-11-24");
  if (first.receipt.action != second.receipt.action || first.reply.has_value() != second.reply.has_value())
    std::abort();
  if (first.reply && first.reply->text != second.reply->text) std::abort();
  // What was remembered must serve a second message as well.
  conversation::Thread after;
  after.memory = first.memory;
  (void)conversation::take_turn(after, message, *city, *sentences, "2026-11-24");
  return 0;
}
