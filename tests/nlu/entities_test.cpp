#include <gtest/gtest.h>

#include "nlu/normaliser.hpp"
#include "tests/nlu/shared_lexicon.hpp"

namespace sahut::nlu {
namespace {

struct EntityCase {
  std::string_view text;
  EntityKind kind;
  std::string_view entity;
  std::string_view normal;
};

class Entities : public testing::TestWithParam<EntityCase> {};

TEST_P(Entities, are_known_by_their_shape_and_leave_the_vocabulary) {
  const Utterance utterance = normalise(GetParam().text, lexicon());
  ASSERT_EQ(utterance.entities.size(), 1U) << GetParam().text;
  const Entity& entity = utterance.entities.front();
  EXPECT_EQ(name_of(entity.kind), name_of(GetParam().kind));
  EXPECT_EQ(entity.text, GetParam().entity);
  EXPECT_EQ(utterance.folded.substr(entity.span.begin, entity.span.end - entity.span.begin), entity.text);
  EXPECT_EQ(utterance.normal_text(), GetParam().normal);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Entities,
    testing::Values(EntityCase{"nik saya 6471000000000001", EntityKind::nik, "6471000000000001", "nik saya <nik>"},
                    EntityCase{"nik 6471 0000 0000 0001", EntityKind::nik, "6471 0000 0000 0001", "nik <nik>"},
                    EntityCase{"no kk 6471000000000001", EntityKind::kk, "6471000000000001",
                               "nomor kartu keluarga <kk>"},
                    EntityCase{"wa 081200000001", EntityKind::phone, "081200000001", "whatsapp <phone>"},
                    EntityCase{"hubungi 0812-0000-0001 ya", EntityKind::phone, "0812-0000-0001", "hubungi <phone> ya"},
                    EntityCase{"+62 812 0000 0001", EntityKind::phone, "62 812 0000 0001", "<phone>"},
                    EntityCase{"Rp 50.000", EntityKind::money, "rp 50.000", "<money>"},
                    EntityCase{"rp50.000", EntityKind::money, "rp50.000", "<money>"},
                    EntityCase{"bayar 50rb", EntityKind::money, "50rb", "bayar <money>"},
                    EntityCase{"bayar 2 juta rupiah", EntityKind::money, "2 juta rupiah", "bayar <money>"},
                    EntityCase{"tanggal 12/05/2026", EntityKind::date, "12/05/2026", "tanggal <date>"},
                    EntityCase{"12 mei 2026", EntityKind::date, "12 mei 2026", "<date>"},
                    EntityCase{"tahun 2026", EntityKind::date, "2026", "tahun <date>"},
                    EntityCase{"2026-05-12", EntityKind::date, "2026-05-12", "<date>"},
                    EntityCase{"jam 08.00", EntityKind::time, "08.00", "jam <time>"},
                    EntityCase{"jam 8", EntityKind::time, "8", "jam <time>"},
                    EntityCase{"pukul 10:30", EntityKind::time, "10:30", "pukul <time>"},
                    EntityCase{"warga rt 05/rw 02", EntityKind::rt_rw, "rt 05/rw 02", "warga <rt_rw>"},
                    EntityCase{"rt05", EntityKind::rt_rw, "rt05", "<rt_rw>"},
                    EntityCase{"KT 1234 AB", EntityKind::plate, "kt 1234 ab", "<plate>"},
                    EntityCase{"kt1234ab", EntityKind::plate, "kt1234ab", "<plate>"},
                    EntityCase{"kelurahan Baru Ilir", EntityKind::place, "baru ilir", "kelurahan baru ilir"},
                    EntityCase{"di sepinggan raya", EntityKind::place, "sepinggan raya", "di sepinggan raya"},
                    EntityCase{"antre 1234 orang", EntityKind::number, "1234", "antre <number> orang"}));

TEST(Entities, a_question_without_them_has_none) {
  EXPECT_TRUE(normalise("gmn cara ngurus ktp", lexicon()).entities.empty());
}

TEST(Entities, a_word_of_a_place_name_alone_is_no_place) {
  EXPECT_TRUE(normalise("kartu keluarga baru", lexicon()).entities.empty());
}

}  // namespace
}  // namespace sahut::nlu
