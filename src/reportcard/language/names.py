"""Names of countries in the forms that sentences need: Peru, Peru’s, in Peru; el Perú, del Perú, en
el Perú.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from babel.core import get_global

from reportcard.language.locales import Tongue, folder_name, is_country, named_country
from reportcard.language.packs import CountryGroup, pack

Form = Literal["name", "of", "the", "in"]
#: The forms that a text may call for, as `country.of`.
FORMS: Final[tuple[Form, ...]] = ("name", "of", "the", "in")

#: Names by which the United Nations list member states (M49), where they are not the usual ones
#: with an addition in brackets, in English, Spanish, French and Portuguese; and former or short
#: names that are still typed.
_OFFICIAL: Final = {
    "CD": "dr-congo republica-democratica-del-congo democratic-republic-of-the-congo "
    "republique-democratique-du-congo republica-democratica-do-congo",
    "CG": "congo republic-of-the-congo",
    "CI": "ivory-coast",
    "CZ": "czech-republic",
    "GB": "uk united-kingdom-of-great-britain-and-northern-ireland "
    "reino-unido-de-gran-bretana-e-irlanda-del-norte",
    "KP": "democratic-peoples-republic-of-korea republica-popular-democratica-de-corea",
    "KR": "republic-of-korea republica-de-corea republique-de-coree republica-da-coreia",
    "LA": "lao-pdr lao-peoples-democratic-republic republica-democratica-popular-lao",
    "MK": "macedonia",
    "MD": "republic-of-moldova republica-de-moldova republique-de-moldova",
    "NL": "the-netherlands kingdom-of-the-netherlands",
    "PS": "palestine palestina state-of-palestine estado-de-palestina",
    "RU": "russian-federation federacion-de-rusia federation-de-russie federacao-russa",
    "SZ": "swaziland",
    "SY": "syrian-arab-republic republica-arabe-siria",
    "TL": "east-timor",
    "TR": "turkey",
    "TZ": "united-republic-of-tanzania republica-unida-de-tanzania",
    "US": "united-states-of-america estados-unidos-de-america etats-unis-damerique",
    "VA": "holy-see santa-sede",
    "VN": "viet-nam",
}
_OFFICIAL_CODES: Final = {name: code for code, names in _OFFICIAL.items() for name in names.split()}
#: What M49 adds to a name, and ISO 3166: Venezuela (Bolivarian Republic of), Tanzania, United
#: Republic of.
_ADDITION: Final = re.compile(r"\s*(?:\([^()]*\)|,.*)$")


def country_form(tongue: Tongue, form: Form, name: str = "") -> str | None:
    """The country's name in a form, None if the grammar of its language is not known for it. The
    country is that of the tongue; `name` is the edition's own name for it, if it has one.
    """
    known = pack(tongue.language)
    names = known.names if known else None
    code = tongue.country
    own = name or str(names.names.get(code, "") if names else "") or tongue.country_name(code)
    if form == "name":
        return own
    group = _group(names.groups if names else (), code)
    pattern = group.pattern(form) if group else None
    return pattern.replace("{name}", own) if pattern else None


def country_code(name: str, languages: Iterable[str]) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country by its name in one of the languages or with the
    United Nations, also as a folder has it (`costa-rica`), or by its code of two or three letters.
    """
    code = name.strip().upper()
    if is_country(code):
        return code
    alias = get_global("territory_aliases").get(code, ())
    if len(code) == 3 and len(alias) == 1 and code.isalpha():
        return str(alias[0])
    for one in _plainer(name):
        official = _OFFICIAL_CODES.get(folder_name(one.replace("'", "").replace("’", "")))
        if found := official or named_country(one, languages):
            return found
    return None


def short_name(name: str) -> str:
    """A country's name without what lists of the United Nations add: Bolivia (Plurinational State
    of) is Bolivia.
    """
    return _ADDITION.sub("", name.strip()) or name


def _plainer(name: str) -> Iterator[str]:
    yield name
    if (short := short_name(name)) != name:
        yield short


def _group(groups: Iterable[CountryGroup], code: str) -> CountryGroup | None:
    """The group that names the country, or that of all others."""
    others = None
    for group in groups:
        if code in group.countries:
            return group
        if not group.countries:
            others = group
    return others
