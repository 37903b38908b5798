"""What a change of words is: a score, a number, a turned meaning, or wording; passage against
passage, without a page.
"""

import pytest

from reportcard.language.literals import POINT
from reportcard.pdf.glyphs import Style, Word
from reportcard.review.changes import Act, Change, Comparison, Kind, by_gravity
from reportcard.review.compare.numerals import Numerals
from reportcard.review.compare.pairs import PassagePair
from reportcard.review.compare.wording import text_changes
from reportcard.review.read.document import Passage
from reportcard.review.read.names import Named
from reportcard.review.review import held_against_each_other

PLAIN = Style("Serif", 10.0, False, False, "#000000")


def passage(text: str, language: str = "en", field: str = "peru/context") -> Passage:
    """A paragraph of a text, in one line."""
    words = tuple(
        Word(word, 1, 5.0 * number, 20.0, 4.0, 3.5, PLAIN, -1)
        for number, word in enumerate(text.split(" "))
    )
    return Passage(Named(f"peru.{language}.x.1", field, language), "P", language, words)


def found(old: str, new: str, language: str = "en", field: str = "peru/context") -> list[Change]:
    """What differs between two texts of a field."""
    pair = PassagePair(passage(old, language, field), passage(new, language, field))
    return list(text_changes(pair, (Numerals(), Numerals()), by_name=True))


def told(old: str, new: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [(str(one.kind), one.old, one.new) for one in found(old, new, language)]


LANDS = {
    "en": "Illegal mining destroyed {} in the south.",
    "es": "La minería ilegal destruyó {} en el sur.",
    "pt": "A mineração ilegal destruiu {} no sul.",
    "fr": "L’orpaillage illégal a détruit {} dans le sud.",
    "de": "Der illegale Bergbau zerstörte {} im Süden.",
    "nl": "De illegale mijnbouw vernielde {} in het zuiden.",
}
#: Language, and what is put into the sentence before and after; then what of it is told, where that
#: is less than all.
NUMBERS = """
en | 1,262 hectares → 1.262 hectares | 1,262 → 1.262
en | 8.2 hectares → 8.2 million hectares
en | 8.2 million hectares → 8.2 billion hectares
en | 3 thousand hectares → 3 million hectares
en | 12 hectares → 12 km²
en | 12 hectares → 12 square kilometers
en | 12 hectares → 12 acres
en | 12% → 12‰
en | 12 percent → 12 percentage points
en | 12 kg → 12 t
en | 12 tonnes → 12 kilograms
en | 66.9% more → −66.9% more | 66.9 → −66.9
en | −5 hectares → 5 hectares | −5 → 5
en | 2–3% of it → 2–4% of it | 3 → 4
en | 2-3% of it → 1-3% of it | 2 → 1
en | what 2019–2023 left → what 2019–2024 left | 2023 → 2024
en | 1,262 and 1,014 hectares → 1,262 and 1,104 hectares | 1,014 → 1,104
en | four areas → three areas | four → three
en | the fourth reserve → the third reserve | fourth → third
en | the 4th reserve → the 5th reserve | 4th → 5th
en | the fourth-largest reserve → the third-largest reserve | fourth-largest → third-largest
en | twenty-one areas → twenty-two areas | twenty-one → twenty-two
en | US$ 5 million → S/ 5 million
en | 5 million dollars → 5 million soles
en | USD 500 → PEN 500
en | what Law No. 30077 protects → what Law No. 30078 protects | 30077 → 30078
en | what D.S. 018-2012-EM protects → what D.S. 018-2013-EM protects | 2012 → 2013
en | what 24 November 2026 left → what 24 December 2026 left | November → December
en | what 24 November 2026 left → what 25 November 2026 left | 24 → 25
en | 139 169 hectares → 139 196 hectares | 139 169 → 139 196
en | half of 0.80 ha → half of 0.08 ha | 0.80 → 0.08
en | 1,000,000 trees → 10,000,000 trees | 1,000,000 → 10,000,000
en | 12 sites → sites | 12 → none
en | sites → 12 sites | none → 12
en | the forest of the XX century → the forest of the XXI century | XX → XXI
es | 1.262 hectáreas → 1,262 hectáreas | 1.262 → 1,262
es | 8.2 millones de hectáreas → 8.2 hectáreas
es | 8.2 millones de hectáreas → 8.2 mil millones de hectáreas
es | 8 millones → 8 billones
es | 12 hectáreas → 12 km²
es | 12 hectáreas → 12 kilómetros cuadrados
es | el 68 % → el 68 ‰ | 68 % → 68 ‰
es | el 68 % → el 86 % | 68 → 86
es | el 68 por ciento → el 68 por mil | 68 por ciento → 68 por mil
es | el −3 % → el 3 % | −3 → 3
es | entre 2 y 3 áreas → entre 2 y 5 áreas | 3 → 5
es | lo de 2019–2023 → lo de 2018–2023 | 2019 → 2018
es | la cuarta reserva → la tercera reserva | cuarta → tercera
es | el tercer distrito → el primer distrito | tercer → primer
es | la 4.ª reserva → la 5.ª reserva | 4.ª → 5.ª
es | cuatro zonas → tres zonas | cuatro → tres
es | treinta y dos zonas → treinta y tres zonas | treinta y dos → treinta y tres
es | una de ellas → dos de ellas | una → dos
es | 5 dólares → 5 soles
es | US$ 500 → US$ 5,000 | 500 → 5,000
es | lo de la Ley N.º 27651 → lo de la Ley N.º 27615 | 27651 → 27615
es | lo del D. S. N.º 014-92-EM → lo del D. S. N.º 014-93-EM | 92 → 93
es | lo del 24 de noviembre → lo del 24 de diciembre | noviembre → diciembre
es | el bosque del siglo XX → el bosque del siglo XIX | XX → XIX
en | the first of 3 areas → the third of 3 areas | first → third
en | 40.5 ha → 40.8 ha | 40.5 → 40.8
en | over 12 areas → over 21 areas | 12 → 21
en | 3 of 10 trees → 3 of 100 trees | 10 → 100
en | 12 m³ → 12 m² | 12 m³ → 12 m²
en | 0.5 mg → 0.5 µg | 0.5 mg → 0.5 µg
en | €5 → $5 | €5 → $5
en | two-thirds of it → three-thirds of it | two-thirds → three-thirds
es | 2 o 3 millones de árboles → 2 o 3 mil árboles | 3 millones de → 3 mil
es | 40,5 ha → 40,8 ha | 40,5 → 40,8
es | más de 12 zonas → más de 21 zonas | 12 → 21
es | 1.5 t → 1.5 kg | 1.5 t → 1.5 kg
es | 5 euros → 5 dólares | 5 euros → 5 dólares
es | el séptimo distrito → el octavo distrito | séptimo → octavo
es | la 1.ª zona → la 2.ª zona | 1.ª → 2.ª
es | trece zonas → treinta zonas | trece → treinta
es | quince categorías → dieciséis categorías | quince → dieciséis
en | fifteen areas → fourteen areas | fifteen → fourteen
en | what Decree 014-92-EM protects → what Decree 014-92-EF protects | 014-92-EM → 014-92-EF
en | what Resolution 003-2025-IN says → what Resolution 003-2025-MI says | 003-2025-IN → 003-2025-MI
en | Article 6(a) of it → Article 6(b) of it | 6(a) → 6(b)
en | what Law No. 27651-A says → what Law No. 27651-B says | 27651-A → 27651-B
en | Section 3.2.1 → Section 3.2.2 | 3.2.1 → 3.2.2
en | ISO 14001 → ISO 14004 | 14001 → 14004
en | COP26 → COP27
en | Q1 2025 → Q2 2025 | Q1 → Q2
en | A4 paper → A5 paper | A4 → A5
en | B1 level → C1 level | B1 → C1
en | 24/11/2026 → 24/12/2026 | 11 → 12
en | 2026-11-24 → 2026-11-25 | 24 → 25
en | 24.11.2026 → 24.11.2025
en | 24 Nov. 2026 → 24 Dec. 2026 | Nov → Dec
en | 10:30 → 10:45 | 30 → 45
en | at 10 a.m. today → at 10 p.m. today | 10 a.m. → 10 p.m.
en | at 8 am today → at 8 pm today | 8 am → 8 pm
en | pp. 12–15 of it → pp. 12–16 of it | 15 → 16
en | 2019/20 → 2019/21 | 20 → 21
en | Supreme Decree No. 1100 → Legislative Decree No. 1100
en | Law No. 1100 → Decree No. 1100
en | 2 percentage points → 2 percent
en | US$5 million → US$5 billion
en | $5m → $5bn
en | 1/2 of it → 1/3 of it | 2 → 3
en | ½ of it → ⅓ of it | ½ → ⅓
en | a third of it → a quarter of it | third → quarter
en | half of it → a third of it | half → a third
en | Title IV of it → Title VI of it | IV → VI
en | Annex I of it → Annex II of it | I → II
en | +51 1 611 6000 → +51 1 611 6001 | 6000 → 6001
en | (01) 319-2000 → (01) 319-2001 | 2000 → 2001
en | doi:10.1016/j.res.2020.101 → doi:10.1016/j.res.2020.102 | 2020.101 → 2020.102
en | 10.1016/j.res.2020.101 → 10.1016/j.rex.2020.101
en | https://a.org/2020/x → https://a.org/2021/x
en | a 12-month pause → a 12-year pause | month → year
en | the 1990s → the 1980s | 1990s → 1980s
en | PM2.5 in it → PM10 in it | PM2.5 → PM10
en | CO2 in it → CO in it | CO2 → CO
en | 12°03′S → 12°03′N
en | 1:50,000 → 1:5,000 | 50,000 → 5,000
en | 10,000 ppm → 10,000 ppb
en | 5 years → 5 months | years → months
en | 3 times more → 4 times more | 3 → 4
en | twice as much → three times as much | twice → three times
es | lo del D. S. N.º 014-92-EM → lo del D. S. N.º 014-92-EF | 014-92-EM → 014-92-EF
es | la R. M. N.º 003-2025-IN → la R. M. N.º 003-2025-MINEM | 003-2025-IN → 003-2025-MINEM
es | Decreto Legislativo N.º 1100 → Decreto Supremo N.º 1100
es | la Ley N.º 27651 → el Decreto Ley N.º 27651
es | el 24/11/2026 → el 24/12/2026 | 11 → 12
es | el 24 de nov. de 2026 → el 24 de dic. de 2026 | nov → dic
es | a las 10:30 a. m. de hoy → a las 10:30 p. m. de hoy | 10:30 a. m. → 10:30 p. m.
es | a las 10:30 → a las 11:30 | 10 → 11
es | el Título IV → el Título VI | IV → VI
es | ½ de eso → ¼ de eso | ½ → ¼
es | 1/2 de eso → 1/3 de eso | 2 → 3
es | un tercio de eso → un cuarto de eso | tercio → cuarto
es | dentro de quince días → dentro de dos semanas | quince días → dos semanas
es | dentro de quince días → dentro de treinta días | quince → treinta
es | dentro de quince días → dentro de 20 días | quince → 20
en | within a fortnight → within two weeks | a fortnight → two weeks
en | a tenfold rise → a twofold rise | tenfold → twofold
es | la mitad de eso → un tercio de eso | la mitad → un tercio
es | 2 puntos porcentuales → 2 por ciento
es | S/ 5 → S/ 6 | 5 → 6
es | S/5 millones → US$5 millones
es | 2019/2020 → 2019/2021 | 2020 → 2021
es | el 2.º trimestre → el 3.er trimestre | 2.º → 3.er
es | el artículo 6-A → el artículo 6-B | 6-A → 6-B
es | el (01) 319-2000 → el (01) 319-2001 | 2000 → 2001
es | quince zonas → quince mil zonas | quince → quince mil
es | 5 años → 5 meses | años → meses
es | el doble de eso → el triple de eso | doble → triple
pt | a Lei n.º 9.605 → a Lei n.º 9.606 | 9.605 → 9.606
pt | a Portaria n.º 3/2020-GM → a Portaria n.º 3/2020-MS | 3/2020-GM → 3/2020-MS
pt | R$ 5 milhões → R$ 5 bilhões
pt | 24 de março → 24 de maio | março → maio
pt | às 10h30 → às 10h45 | 10h30 → 10h45
pt | o século XX → o século XXI | XX → XXI
pt | 12,5% → 15,2% | 12,5 → 15,2
pt | um terço disso → um quarto disso | terço → quarto
pt | 2 pontos percentuais → 2 por cento
pt | quinze áreas → catorze áreas | quinze → catorze
pt | o telefone (61) 3343-9115 → o telefone (61) 3343-9116 | 9115 → 9116
pt | 12.500 ha → 12,500 ha | 12.500 → 12,500
pt | 3 mil → 3 milhões
pt | a terceira reserva → a quarta reserva | terceira → quarta
es | Decreto Ley N.º 1100 → Decreto Legislativo N.º 1100
en | 24/11/2026 → 25/12/2027
en | Decree 014-92-EM → Decree 015-93-EF | 014-92-EM → 015-93-EF
en | the Decree 014-92-EM → the Decree 015-92-EM | 014 → 015
en | from 24.11.2026 on → from 25.12.2026 on | 24.11.2026 → 25.12.2026
en | Monday, 3 May → Tuesday, 3 May | Monday → Tuesday
en | CC BY 4.0 text → CC BY-SA 4.0 text | CC BY 4.0 → CC BY-SA 4.0
en | Law No. 1100 → Legislative Decree No. 1104
es | Ley N.º 27651 → Decreto Supremo N.º 27615
es | 2½ ha → 3½ ha | 2½ → 3½
es | el 5 de mayo → el 6 de junio | 5 de mayo → 6 de junio
en | May 5, 2026 → June 6, 2026
en | 10 percent → 12 per mille
en | a quarter of it → three quarters of it | a quarter → three quarters
es | un cuarto de eso → la mitad de eso | un cuarto → la mitad
es | la cuarta zona → la mayor zona | cuarta → mayor
en | 12 of the areas → many of the areas | 12 → many
en | the area → the area of 5 hectares | none → of 5 hectares
en | the 2030 goal → the 2030s goal | 2030 → 2030s
en | A first step is in place → A second step is in place | first → second
es | Ello tiene lugar en la primera zona → Ello tiene lugar en la segunda zona | primera → segunda
"""
MEANINGS = """
es | el dato. No se halló plan → el dato. Se halló plan | No → none
en | which the State controls → which the State does not control | controls → does not control
en | all that is legal → all that is illegal | legal → illegal
en | areas with permits → areas without permits | with → without
en | the formal areas → the informal areas | formal → informal
en | what isn't protected → what is protected | isn't → is
en | some areas → no areas | some → no
en | what was always protected → what was never protected | always → never
en | what nobody owns → what somebody owns | nobody → somebody
en | neither camp → either camp | neither → either
en | what cannot recover → what can recover | cannot → can
en | the regulated area → the unregulated area | regulated → unregulated
en | the renewable area → the non-renewable area | renewable → non-renewable
es | lo que se controla → lo que no se controla | none → no
es | zonas con permiso → zonas sin permiso | con → sin
es | lo legal → lo ilegal | legal → ilegal
es | zonas formales → zonas informales | formales → informales
es | algunas zonas → ningunas zonas | algunas → ningunas
es | lo que siempre se protegió → lo que nunca se protegió | siempre → nunca
es | lo que alguien cuida → lo que nadie cuida | alguien → nadie
es | una zona regular → una zona irregular | regular → irregular
es | zonas no permitidas → zonas permitidas | no → none
es | también lo protegido → tampoco lo protegido | también → tampoco
es | algo → nada | algo → nada
en | what must be protected → what may be protected | must → may
en | what must be protected → what should be protected | must → should
en | what is required → what is allowed | required → allowed
en | what is permitted → what is prohibited | permitted → prohibited
en | the mandatory permits → the voluntary permits | mandatory → voluntary
en | all areas → some areas | all → some
en | all areas → most areas | all → most
en | nearly all of it → some of it | nearly all → some
en | more than 12 areas → fewer than 12 areas | more → fewer
en | no more than 12 areas → more than 12 areas | no → none
en | at least 12 areas → at most 12 areas | least → most
en | areas before May → areas after May | before → after
en | what has increased → what has fallen | increased → fallen
en | forests inside it → forests outside it | inside → outside
en | the highest forest → the lowest forest | highest → lowest
en | what hardly grows → what grows | hardly → none
en | what it lacks → what it has | lacks → has
en | what failed to grow → what grew | failed to grow → grew
en | what is able to grow → what is unable to grow | able → unable
en | exported gold → imported gold | exported → imported
es | lo que debe cuidarse → lo que puede cuidarse | debe → puede
pt | o que deve crescer → o que pode crescer | deve → pode
pt | o que aumentou antes de → o que diminuiu antes de | aumentou → diminuiu
pt | a floresta protegida por lei → a floresta não protegida por lei | none → não
es | lo que aumentó → lo que se redujo | aumentó → se redujo
es | todos los bosques → algunos de los bosques | todos → algunos de
es | más de 12 zonas → menos de 12 zonas | más → menos
es | no más de 12 zonas → más de 12 zonas | no → none
es | al menos 12 zonas → a lo sumo 12 zonas | al menos → a lo sumo
es | zonas antes de mayo → zonas después de mayo | antes → después
es | lo permitido → lo prohibido | permitido → prohibido
es | lo que está dentro → lo que está fuera | dentro → fuera
es | la falta de control → el exceso de control | la falta → el exceso
es | lo que apenas crece → lo que crece | apenas → none
es | lo que carece de agua → lo que tiene agua | carece de → tiene
es | lo que es útil → lo que es inútil | útil → inútil
es | la zona protegida → la zona desprotegida | protegida → desprotegida
fr | ce que l'État doit garder → ce que l'État peut garder | doit → peut
fr | ce qui a augmenté → ce qui a diminué | augmenté → diminué
fr | la forêt est protégée → la forêt n'est pas protégée | est → n'est pas
fr | toutes les zones → certaines zones | toutes les → certaines
fr | au moins 12 zones → au plus 12 zones | moins → plus
fr | les zones avant mai → les zones après mai | avant → après
fr | la forêt autorisée → la forêt interdite | autorisée → interdite
fr | les mines légales → les mines illégales | légales → illégales
fr | des zones avec permis → des zones sans permis | avec → sans
de | was der Staat schützen muss → was der Staat schützen darf | muss → darf
de | was gestiegen ist → was gesunken ist | gestiegen → gesunken
de | der geschützte Wald → der nicht geschützte Wald | none → nicht
de | alle Zonen → einige Zonen | alle → einige
de | mindestens 12 Zonen → höchstens 12 Zonen | mindestens → höchstens
de | Zonen vor dem Mai → Zonen nach dem Mai | vor → nach
de | was erlaubt ist → was verboten ist | erlaubt → verboten
de | eine Zone mit Recht → keine Zone mit Recht | eine → keine
nl | wat de staat moet doen → wat de staat mag doen | moet → mag
nl | wat is gestegen → wat is gedaald | gestegen → gedaald
nl | het beschermde bos → het niet beschermde bos | none → niet
nl | alle zones → sommige zones | alle → sommige
nl | minstens 12 zones → hoogstens 12 zones | minstens → hoogstens
nl | wat is toegestaan → wat is verboten | toegestaan → verboten
nl | zones met recht → zones zonder recht | met → zonder
"""
WORDINGS = """
en | the old forest → the ancient forest | old → ancient
en | one of the areas → some of the areas | one → some
en | a forest → the forest | a → the
en | what was never protected → what was not protected | never → not
en | the area, and more → the area and more | , → none
en | all that → All that | all → All
en | eight areas → 8 areas | eight → 8
en | 3 mn trees → 3 million trees | 3 mn → 3 million
en | forests → whole forests | none → whole
en | the press → the impression | press → impression
en | what was lost in May → what was lost in vain | May → vain
es | el bosque antiguo → el bosque viejo | antiguo → viejo
es | una zona → la zona | una → la
es | un bosque → el bosque | un → el
es | lo que nunca volvió → lo que jamás volvió | nunca → jamás
es | el Catastro → el catastro | Catastro → catastro
es | tres zonas → 3 zonas | tres → 3
es | bosques → bosques enteros | none → enteros
es | lo esencial → lo principal | esencial → principal
es | zonas sin permiso → zonas sin título | permiso → título
en | the 2025 law → the 2025 act | law → act
en | what the report (2025) says → what the report [2025] says | ( … ) → [ … ]
en | Law No. 27651 lays → Law No. 27651 sets | lays → sets
en | In 2025 → By 2025 | In → By
en | Law on 5 areas → Decree on 5 areas | Law → Decree
en | 5 areas → 5 sites | areas → sites
en | a year of it → a month of it | year → month
en | half-hearted trees → whole-hearted trees | half-hearted → whole-hearted
en | double trees → dual trees | double → dual
en | PDF/A-4 files → PDF/A-4 documents | files → documents
en | 68%, but → 68%; but | , → ;
en | Law No. 27651, on → Law No. 27651 on | , → none
en | The 2025 Report by UNEP → The 2025 Report by UNDP | UNEP → UNDP
en | art. 6 of it → article 6 of it | art. → article
en | Law No. 27651 → Law 27651 | No. → none
en | the Law No. 27651 → Law No. 27651 | the → none
en | at 10 a.m. today → at 10 am today | a.m. → am
en | COVID-19-related → COVID-19-linked
en | half of it → some of it | half → some
en | I saw 5 of them → We saw 5 of them | I → We
es | D. S. N.º 014-92-EM → Decreto Supremo N.º 014-92-EM | D. S. → Decreto Supremo
es | DS N.º 014-92-EM → Decreto Supremo N.º 014-92-EM | DS → Decreto Supremo
es | la Ley N.º 27651 impone → la Ley N.º 27651 fija | impone → fija
es | la citada Ley N.º 27651 → la Ley N.º 27651 | citada → none
es | el mar 5 → el río 5 | mar → río
es | la mitad de eso → parte de eso | la mitad → parte
en | what must be protected → what has to be protected | must → has to
en | more than 12 areas → over 12 areas | more than → over
en | at least 12 areas → no fewer than 12 areas | at least → no fewer than
en | every area → all of the area | every → all of the
en | no doubt an area → surely an area | no doubt → surely
en | areas by May → areas no later than May | by → no later than
en | what may be lost → what might be lost | may → might
en | what it lacks → what it does not have | lacks → does not have
en | the French quarter → the French district | quarter → district
en | in a second → in a minute | second → minute
es | lo que debe cuidarse → lo que tiene que cuidarse | debe → tiene que
pt | o que deve crescer → o que tem que crescer | deve → tem que
pt | o que caiu no entanto → o que caiu porém | no entanto → porém
es | lo que creció → lo que aumentó | creció → aumentó
es | al menos 12 zonas → por lo menos 12 zonas | al → por lo
es | No obstante, el bosque → Con todo, el bosque | No obstante → Con todo
es | no solo árboles → no únicamente árboles | solo → únicamente
es | la falta de control → la ausencia de control | falta → ausencia
es | hace falta control → se necesita control | hace falta → se necesita
es | el cuarto de máquinas → el taller de máquinas | cuarto → taller
es | un cuarto de madera → una casa de madera | un … cuarto → una … casa
es | un cuarto → un salón | cuarto → salón
es | la media noche → la alta noche | media → alta
fr | ce qui a crû sans doute → ce qui a crû sûrement | sans doute → sûrement
fr | ce qui a augmenté → ce qui a progressé | augmenté → progressé
fr | la personne qui garde → la garde qui garde | personne → garde
fr | toutes les zones → chaque zone | toutes les zones → chaque zone
de | ohne Zweifel ein Wald → sicher ein Wald | ohne Zweifel → sicher
de | nicht nur Wald → auch Wald | nicht nur → auch
de | was gestiegen ist → was gewachsen ist | gestiegen → gewachsen
nl | niet alleen bos → ook bos | niet alleen → ook
nl | wat is gestegen → wat is gegroeid | gestegen → gegroeid
"""
#: Language, and the same number before and after.
FORMS = """
en | 12.5 ha → 12,5 ha
en | 1,000 ha → 1000 ha
en | 0.80 ha → 0.8 ha
en | 139,169 ha → 139 169 ha
es | 8.2 ha → 8,2 ha
es | 12,50 ha → 12,5 ha
"""
#: Language, sentence, and the score or rank before and after.
SCORES = """
en | Peru scored {} in this dimension. | 11.7 → 11.9
en | Peru scored {} in this dimension. | 1.7 → −1.7
en | Peru obtained {} points. | 12 → 13
en | It got {} of the points. | 0.5 → 0.8
en | It holds the {} place. | fourth → third
en | It ranks {}. | fourth → fifth
en | It ranks {}. | 4th → 3rd
en | It has the {} score of the region. | fourth-highest → third-highest
en | It is in {} position, with 11.7 points. | second → third
es | El Perú obtuvo un puntaje de {}. | 11.7 → 11.9
es | El Perú obtuvo {} puntos. | 12 → 13
es | Ocupa el {} lugar. | cuarto → tercer
es | Ocupa la {} posición. | cuarta → tercera
es | Quedó en el {} puesto. | 4.º → 3.º
es | Está en {} lugar, con 11,7 puntos. | segundo → primer
es | Suma {} de los puntos posibles. | 2.3 → 2.8
"""


def rows(table: str) -> list[tuple[str, str, str, str, str]]:
    """Language, both texts, and what is told of them."""
    found = []
    for line in table.strip().splitlines():
        language, texts, *less = line.split(" | ")
        old, new = texts.split(" → ")
        shown = less[0].split(" → ") if less else [old, new]
        before, after = ("" if text == "none" else text for text in shown)
        found.append((language, old, new, before, after))
    return found


def planted(language: str, old: str, new: str) -> list[tuple[str, str, str]]:
    frame = LANDS[language]
    return told(frame.format(old), frame.format(new), language)


@pytest.mark.parametrize(("language", "old", "new", "before", "after"), rows(NUMBERS))
def test_a_number_its_unit_or_its_size_is_one_change_of_a_number(
    language: str, old: str, new: str, before: str, after: str
) -> None:
    assert planted(language, old, new) == [("number", before, after)]


@pytest.mark.parametrize(("language", "old", "new", "before", "after"), rows(MEANINGS))
def test_a_negation_that_comes_or_goes_and_an_opposite_turn_the_meaning(
    language: str, old: str, new: str, before: str, after: str
) -> None:
    assert planted(language, old, new) == [("meaning", before, after)]
    assert planted(language, new, old) == [("meaning", after, before)]


@pytest.mark.parametrize(("language", "old", "new", "before", "after"), rows(WORDINGS))
def test_other_words_for_the_same_are_wording(
    language: str, old: str, new: str, before: str, after: str
) -> None:
    assert planted(language, old, new) == [("wording", before, after)]


@pytest.mark.parametrize(("language", "old", "new", "before", "after"), rows(FORMS))
def test_the_same_number_with_other_marks_is_layout(
    language: str, old: str, new: str, before: str, after: str
) -> None:
    assert [kind for kind, *_ in planted(language, old, new)] == ["layout"]


@pytest.mark.parametrize("row", SCORES.strip().splitlines())
def test_a_score_or_a_rank_is_a_score(row: str) -> None:
    language, sentence, change = row.split(" | ")
    old, new = change.split(" → ")
    assert told(sentence.format(old), sentence.format(new), language) == [("score", old, new)]


def test_each_reversal_of_a_passage_is_a_change_of_its_own() -> None:
    old, new = "More mines open inside the park.", "Fewer mines open outside the park."
    assert told(old, new) == [("meaning", "More", "Fewer"), ("meaning", "inside", "outside")]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("it must grow", "it may grow", "meaning"),
        ("debe crecer", "puede crecer", "meaning"),
        ("it must grow", "it must shine", "wording"),
    ],
)
def test_a_reversal_is_told_where_no_file_names_a_language(old: str, new: str, kind: str) -> None:
    assert [one for one, *_ in told(old, new, "")] == [kind]


def test_a_file_s_own_decimal_mark_tells_what_its_numbers_are() -> None:
    by_comma = Numerals((("es", POINT.foreign),))
    pair = PassagePair(passage("creció 1.262 ha", "es"), passage("creció 1,262 ha", "es"))
    (change,) = text_changes(pair, (by_comma, Numerals((("es", POINT),))), by_name=True)
    assert change.kind is Kind.LAYOUT
    (change,) = text_changes(pair, (by_comma, by_comma), by_name=True)
    assert (change.kind, change.old, change.new) == (Kind.NUMBER, "1.262", "1,262")


def test_without_a_language_marks_that_may_be_the_same_are_not_a_number() -> None:
    pair = PassagePair(passage("1,262 ha", ""), passage("1.262 ha", ""))
    (change,) = text_changes(pair, (Numerals(), Numerals()), by_name=False)
    assert change.kind is Kind.LAYOUT


def test_scores_numbers_and_meaning_are_listed_first() -> None:
    kinds = [Kind.WORDING, Kind.MEANING, Kind.NOTE, Kind.NUMBER, Kind.SCORE, Kind.NUMBER]
    listed = by_gravity(Change(kind, Act.CHANGED) for kind in kinds)
    assert [change.kind for change in listed] == [
        Kind.SCORE,
        Kind.NUMBER,
        Kind.NUMBER,
        Kind.MEANING,
        Kind.WORDING,
        Kind.NOTE,
    ]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("8.2 millones", "8.2 mil millones", Kind.NUMBER),
        ("obtuvo 11.7 puntos", "obtuvo 11.9 puntos", Kind.SCORE),
        ("se controla", "no se controla", Kind.MEANING),
    ],
)
def test_what_one_language_alone_says_otherwise_is_marked(old: str, new: str, kind: Kind) -> None:
    changed = Comparison(
        "peru-report-card-es.pdf", None, None, "es", (), tuple(found(old, new, "es")), "", ("es",)
    )
    other = Comparison("peru-report-card-en.pdf", None, None, "en", (), (), "", ("en",))
    (change,) = held_against_each_other([changed, other])[0].changes
    assert (change.kind, change.only_in) == (kind, "es")
