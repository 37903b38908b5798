"""Headings that authors use of their own accord, beside those of the wording: in English, Spanish,
Portuguese and French, whatever the language of the manuscript is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from reportcard.intake.manuscript import plain

#: Text under these has no field of its own in a card. They are known where they are joined to one
#: that has: “Conclusions and recommendations”.
_NO_FIELD: Final = (
    "conclusion conclusions conclusiones conclusao conclusoes"
    " finding findings hallazgo hallazgos achados constatations constats",
    "key findings;main findings;hallazgos principales;principales hallazgos"
    ";principais achados;principaux constats;final remarks;concluding remarks;closing remarks"
    ";reflexiones finales;consideraciones finales;palabras finales;consideracoes finais"
    ";remarques finales;next steps;the way forward;way forward;proximos pasos;proximos passos"
    ";prochaines etapes;lessons learned;lecciones aprendidas;licoes aprendidas"
    ";acknowledgments;acknowledgements;agradecimientos;agradecimentos;remerciements",
)
#: By field: single words, and headings of several words.
_OWN: Final[Mapping[str, tuple[str, str]]] = {
    "overall.result": (
        "",
        "overall result;overall results;overall assessment;overall score;general assessment"
        ";resultado general;resultados generales;evaluacion general;puntaje general"
        ";resultado global;resultados globales;evaluacion global;calificacion general"
        ";calificacion global;puntaje global;puntaje total;resultado total;total score"
        ";overall findings;overall performance"
        ";resultado geral;resultados gerais;avaliacao geral;pontuacao geral"
        ";resultat global;resultat general;evaluation generale;evaluation globale",
    ),
    "context": (
        "context contexto contexte",
        "national context;country context;contexto nacional;contexto del pais;contexto do pais"
        ";contexto pais;contexte national;contexte du pays",
    ),
    "recommendations": (
        "recommendation recommendations recomendacion recomendaciones recomendacao recomendacoes"
        " recommandation recommandations proposals propuestas propostas propositions",
        "policy recommendations;public policy recommendations;recomendaciones de politica"
        ";recomendaciones de politicas;recomendaciones de politica publica"
        ";recomendaciones de politicas publicas;recomendacoes de politica"
        ";recomendacoes de politicas;recomendacoes de politicas publicas"
        ";recommandations politiques",
    ),
    "authors": (
        "author authors authorship autor autora autores autoras autoria autorxs autoris"
        " auteur auteurs auteure auteures autrice autrices",
        "written by;prepared by;about the author;about the authors;elaborado por;escrito por"
        ";preparado por;redactado por;redige par;prepare par;ecrit par"
        ";sobre el autor;sobre la autora;sobre los autores;sobre las autoras;acerca del autor"
        ";acerca de la autora;acerca de los autores;acerca de las autoras;sobre o autor"
        ";sobre a autora;sobre os autores;sobre as autoras;a propos de l auteur"
        ";a propos des auteurs;author team;authoring team;team of authors;report authors"
        ";research team;equipo de investigacion;equipo investigador;equipe de pesquisa"
        ";equipe de recherche;equipo autor;equipo autoral;equipo de autores;equipo de autoras"
        ";equipo de autoria;equipo redactor;equipo de redaccion;equipe autora;equipe autoral"
        ";equipe de autores;equipe d auteurs;equipe de redaction"
        # Autor(es), Autores/as, Autor@s and what else has a sign within: words of their stems
        ";author s;autor es;autor a;autora s;autor as;autores as;autoras es;autor s;autora es"
        ";autor a es as;auteur s;auteur e s;auteur es;auteur rice s;auteur rices;auteurs rices",
    ),
}
#: Words that may stand before a heading, and those that may be in it: "The national context", "Key
#: recommendations", "Autora principal".
_ARTICLES: Final = (
    " the our these el la los las nuestro nuestra nuestros nuestras o a os as nossos nossas le les"
    " nos "
)
_QUALIFIERS: Final = (
    " key main major final general lead chief contributing principal principales clave finales"
    " generales especificas prioritarias principais finais gerais principaux "
)
#: What follows a heading in brackets, as in "Autores (orden alfabético)", but not in "Autor(es)".
_ASIDE: Final = re.compile(r"(.*\S)\s+\([^()]*\)\s*:?\s*")
_AND: Final = re.compile(r"\s*(?:[&/,;+]|\b(?:and|y|e|et)\b)\s*", re.IGNORECASE)
#: What the rest of a heading begins with that says for whom or of what a section is.
_FOR: Final = re.compile(
    r"(.+?)\s+(?:for|to|para|al?|del?|do|da|dos|das|of|pour|de la|du|des)\s+\S.*", re.IGNORECASE
)


def _known() -> Mapping[str, str]:
    found = dict.fromkeys((*_NO_FIELD[0].split(), *_NO_FIELD[1].split(";")), "")
    for field, (single, several) in _OWN.items():
        found |= dict.fromkeys((*single.split(), *filter(None, several.split(";"))), field)
    return MappingProxyType(found)


#: The field of each heading by its plain words; empty if the card has none.
KNOWN: Final = _known()
AUTHORS: Final = tuple(words for words, field in KNOWN.items() if field == "authors")


@dataclass(frozen=True, slots=True)
class OwnHeading:
    """A heading of an author's own. `fields` are those of the parts that it joins, in its order; a
    part that no field is for is empty. One that joins nothing has one.
    """

    fields: tuple[str, ...]

    @property
    def field(self) -> str:
        """The field that text under it goes to; empty if a person has to divide it."""
        named = set(self.fields) - {""}
        if "recommendations" in named:
            return "recommendations"
        return next(iter(named)) if len(named) == 1 and len(set(self.fields)) == 1 else ""


def own_heading(text: str, fields: Mapping[str, str], *, loose: bool) -> OwnHeading | None:
    """What a line is as a heading; `fields` has the headings of the wording by their plain words.
    With `loose`, what follows it may say for whom it is: “Recommendations for ministries”.
    """
    known = {**KNOWN, **fields}
    if found := _joined(text, known):
        return found
    lead = _FOR.fullmatch(text) if loose else None
    return _joined(lead[1], known) if lead else None


def _joined(text: str, known: Mapping[str, str]) -> OwnHeading | None:
    if aside := _ASIDE.fullmatch(text):
        return _joined(aside[1], known)
    words = _bare(text, known)
    if words in known:
        return OwnHeading((known[words],)) if known[words] else None
    parts = [_bare(part, known) for part in _AND.split(text)]
    if len(parts) < 2 or any(part not in known for part in parts):
        return None
    found = OwnHeading(tuple(known[part] for part in parts))
    return found if any(found.fields) else None


def _bare(text: str, known: Mapping[str, str]) -> str:
    """The plain words of a heading; without an article or qualifier if they are not known with
    it.
    """
    words = plain(text)
    if words in known:
        return words
    left = [one for one in words.split() if f" {one} " not in _QUALIFIERS]
    return " ".join(left[1:] if left and f" {left[0]} " in _ARTICLES else left)
