"""Names of countries in the forms that sentences need: derived, the edition's own, or an error."""

import pytest

from reportcard.build.inventory import read_workspace
from reportcard.build.starter import begin_card
from reportcard.content.model import House
from reportcard.language.locales import Tongue
from reportcard.language.names import FORMS, country_code, country_form, short_name

from .conftest import Copy

#: By language and country: the name, the owner, the subject, and the place.
NAMES = {
    ("en", "VE"): ("Venezuela", "Venezuela’s", "Venezuela", "in Venezuela"),
    ("en", "HN"): ("Honduras", "Honduras’s", "Honduras", "in Honduras"),
    ("en", "DO"): (
        "Dominican Republic",
        "the Dominican Republic’s",
        "the Dominican Republic",
        "in the Dominican Republic",
    ),
    ("en", "NL"): ("Netherlands", "the Netherlands’", "the Netherlands", "in the Netherlands"),
    ("en", "US"): (
        "United States",
        "the United States’",
        "the United States",
        "in the United States",
    ),
    ("es", "VE"): ("Venezuela", "de Venezuela", "Venezuela", "en Venezuela"),
    ("es", "PE"): ("Perú", "del Perú", "el Perú", "en el Perú"),
    ("es", "EC"): ("Ecuador", "del Ecuador", "el Ecuador", "en el Ecuador"),
    ("es", "BR"): ("Brasil", "de Brasil", "Brasil", "en Brasil"),
    ("es", "SV"): ("El Salvador", "de El Salvador", "El Salvador", "en El Salvador"),
    ("es", "NL"): (
        "Países Bajos",
        "de los Países Bajos",
        "los Países Bajos",
        "en los Países Bajos",
    ),
    ("es", "DO"): (
        "República Dominicana",
        "de la República Dominicana",
        "la República Dominicana",
        "en la República Dominicana",
    ),
    ("pt-BR", "PE"): ("Peru", "do Peru", "o Peru", "no Peru"),
    ("pt-BR", "BO"): ("Bolívia", "da Bolívia", "a Bolívia", "na Bolívia"),
    ("pt-BR", "PT"): ("Portugal", "de Portugal", "Portugal", "em Portugal"),
    ("pt-BR", "CU"): ("Cuba", "de Cuba", "Cuba", "em Cuba"),
    ("pt-BR", "NL"): (
        "Países Baixos",
        "dos Países Baixos",
        "os Países Baixos",
        "nos Países Baixos",
    ),
    ("fr", "PE"): ("Pérou", "du Pérou", "le Pérou", "au Pérou"),
    ("fr", "BO"): ("Bolivie", "de la Bolivie", "la Bolivie", "en Bolivie"),
    ("fr", "EC"): ("Équateur", "de l’Équateur", "l’Équateur", "en Équateur"),
    ("fr", "NL"): ("Pays-Bas", "des Pays-Bas", "les Pays-Bas", "aux Pays-Bas"),
    ("nl", "PE"): ("Peru", "van Peru", "Peru", "in Peru"),
    ("nl", "DO"): (
        "Dominicaanse Republiek",
        "van de Dominicaanse Republiek",
        "de Dominicaanse Republiek",
        "in de Dominicaanse Republiek",
    ),
    ("de", "BO"): ("Bolivien", "von Bolivien", "Bolivien", "in Bolivien"),
    ("de", "NL"): ("Niederlande", "der Niederlande", "die Niederlande", "in den Niederlanden"),
    # Neither the gender of a country nor the grammar of a language is guessed.
    ("fr", "SZ"): ("Eswatini", None, None, None),
    ("qu", "PE"): ("Perú", None, None, None),
}


@pytest.mark.parametrize(("language", "country"), NAMES)
def test_a_name_has_the_forms_that_its_language_needs(language: str, country: str) -> None:
    tongue = Tongue(language, country, House())
    assert tuple(country_form(tongue, form) for form in FORMS) == NAMES[language, country]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Venezuela (Bolivarian Republic of)", "VE"),
        ("Bolivia (Plurinational State of)", "BO"),
        ("Bolivia, Plurinational State of", "BO"),
        ("Venezuela (República Bolivariana de)", "VE"),
        ("United States of America", "US"),
        ("Lao People’s Democratic Republic", "LA"),
        ("Viet Nam", "VN"),
        ("Saint Vincent and the Grenadines", "VC"),
        ("Trinidad and Tobago", "TT"),
        ("Myanmar", "MM"),
        ("Burma", "MM"),
        ("Côte d'Ivoire", "CI"),
        ("Turkey", "TR"),
        ("The Gambia", "GM"),
        ("UK", "GB"),
        ("costa-rica", "CR"),
        ("VEN", "VE"),
        ("ven", "VE"),
        ("ve", "VE"),
        ("Ruritania", None),
        ("ANT", None),
        ("XYZ", None),
    ],
)
def test_a_country_is_known_by_its_names_and_codes(name: str, code: str | None) -> None:
    assert country_code(name, ("en", "es")) == code


def test_a_name_is_short_without_what_lists_add() -> None:
    assert short_name("Bolivia (Plurinational State of)") == "Bolivia"
    assert short_name("(Test)") == "(Test)"


@pytest.mark.long
@pytest.mark.parametrize(
    ("typed", "folder", "titles"),
    [
        (
            "Venezuela (Bolivarian Republic of)",
            "venezuela",
            ("Venezuela Report Card", "Ficha de evaluación de Venezuela"),
        ),
        (
            "dominican-republic",
            "dominican-republic",
            ("Dominican Republic Report Card", "Ficha de evaluación de la República Dominicana"),
        ),
        ("ecuador", "ecuador", ("Ecuador Report Card", "Ficha de evaluación del Ecuador")),
    ],
)
def test_a_new_card_has_a_title_like_the_others(
    copy: Copy, typed: str, folder: str, titles: tuple[str, str]
) -> None:
    written, problems = begin_card(copy.workspace, typed, None)
    assert (f"content/{folder}/en.yaml" in written, problems) == (True, ())
    for language, title in zip(("en", "es"), titles, strict=True):
        text = (copy.root / f"content/{folder}/{language}.yaml").read_text(encoding="utf-8")
        assert f"\ntitle: {title}\n" in text


@pytest.mark.long
def test_a_new_country_has_its_forms_without_the_wording(copy: Copy) -> None:
    begin_card(copy.workspace, "Guyana", "GUY")
    begin_card(copy.workspace, "dominican-republic", None)
    copy.edit(
        "content/guyana/en.yaml",
        "result: |\n    {{ country.name }} …",
        "result: |\n    Set out {{ country.of }} law.",
    )
    copy.edit(
        "content/dominican-republic/es.yaml",
        "result: |\n    {{ country.name }} …",
        "result: |\n    Se aplica {{ country.in }} y {{ countries.guyana.in }}.",
    )
    from reportcard.scores.values import values_of

    content = read_workspace(copy.workspace).content  # type: ignore[union-attr]
    for country, language, words in (
        ("guyana", "en", "Set out Guyana’s law."),
        ("dominican-republic", "es", "Se aplica en la República Dominicana y en Guyana."),
    ):
        prose = content.cards[country][language].prose["overall.result"]
        bound, problems = values_of(content, country, language).bind(prose)
        assert problems == ()
        assert "".join(run.text for run in bound.line if hasattr(run, "text")) == words


@pytest.mark.long
def test_the_wording_has_the_last_word_and_its_name_is_taken_into_forms(copy: Copy) -> None:
    from reportcard.scores.values import values_of

    copy.edit(
        "content/wording/es.yaml", "of: de Brasil, the", "of: del Brasil, in: en el Brasil, the"
    )
    copy.edit(
        "content/wording/en.yaml",
        "{name: Bolivia, of: Bolivia's, the: Bolivia}",
        "{name: Upper Peru}",
    )
    content = read_workspace(copy.workspace).content  # type: ignore[union-attr]
    spanish, english = (values_of(content, "peru", language) for language in ("es", "en"))
    assert (spanish.form("brazil", "of"), spanish.form("brazil", "in")) == (
        "del Brasil",
        "en el Brasil",
    )
    assert english.form("bolivia", "of") == "Upper Peru’s"


@pytest.mark.long
def test_a_form_that_is_not_known_is_an_error_where_it_is_needed(copy: Copy) -> None:
    begin_card(copy.workspace, "eswatini", None)
    copy.edit("content/edition.yaml", "  es:\n", "  fr:\n    fallback: true\n  es:\n")
    wording = (copy.root / "content/wording/en.yaml").read_text(encoding="utf-8")
    (copy.root / "content/wording/fr.yaml").write_text(wording, encoding="utf-8")
    found = [
        str(problem)
        for problem in read_workspace(copy.workspace).problems
        if problem.code == "PROSE-VALUE"
    ]
    line = wording[: wording.index("{{ country.of }}")].count("\n") + 1
    assert any(
        one.startswith(f"error: content/wording/fr.yaml:{line}:")
        and 'the form "of" of the name Eswatini is not defined' in one
        for one in found
    ), found
