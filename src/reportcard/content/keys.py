"""Keys of content files as people type them in their own language."""

import difflib
from collections.abc import Sequence
from typing import Final
from unicodedata import normalize

#: By key, its Spanish, Portuguese and French words, in small letters without accents.
_WORDS: Final = {
    "title": "titulo titre",
    "status": "estado estatus situacao statut etat",
    "authors": "autores autoras autor auteurs",
    "overall": "general evaluacion-general geral avaliacao-geral",
    "result": "resultado resultados resultat",
    "dimensions": "dimensiones dimensoes",
    "findings": "hallazgos conclusiones achados constats",
    "context": "contexto contexte",
    "recommendations": "recomendaciones recomendacoes recommandations",
    "text": "texto texte",
    "institutions": "instituciones instituicoes",
    "pictogram": "pictograma pictogramme",
    "notes": "notas",
    "waivers": "exenciones excepciones dispensas",
    "country": "pais pays",
    "countries": "paises",
    "provisional": "provisorio provisoire",
    "categories": "categorias",
    "published": "publicado publicados publie",
    "total": "totales",
    "ranks": "puestos posiciones rangos posicoes rangs",
    "score": "puntaje puntuacion pontuacao note",
    "criteria": "criterios criteres",
    "version": "versao",
    "date": "fecha data",
    "languages": "idiomas lenguas linguas langues",
    "organisations": "organizaciones organizacoes organizations",
    "name": "nombre nome nom",
    "names": "nombres nomes noms",
    "lines": "lineas linhas lignes",
    "cover": "portada cubierta capa couverture",
    "back": "contraportada contracapa",
    "links": "enlaces vinculos liens",
    "contact": "contacto contato",
    "quotes": "comillas aspas guillemets",
    "units": "unidades unites",
    "spelling": "ortografia orthographe",
    "avoid": "evitar eviter",
    "print": "impresion impressao impression",
    "terms": "terminos termos termes",
    "language": "idioma lengua lingua langue",
    "edition": "edicion edicao",
    "scoreboard": "tablero painel",
    "heading": "encabezado encabezamiento cabecalho",
    "introduction": "introduccion introducao",
    "definition": "definicion definicao",
    "labels": "etiquetas rotulos",
    "notice": "aviso avis",
    "subtitle": "subtitulo sous-titre",
    "citation": "cita citacion citacao",
    "licence": "licencia licenca license",
    "letter": "letra lettre",
}
KEYS: Final = frozenset(_WORDS)
_MEANT: Final = {word: key for key, words in _WORDS.items() for word in words.split()}


def meant(typed: str, known: Sequence[str]) -> str:
    """The key among those known that a person meant: by its word in another language, or as it is
    nearly spelled. Empty if there is none.
    """
    letters = normalize("NFKD", typed).encode("ascii", "ignore").decode().strip().lower()
    translated = _MEANT.get(letters.replace(" ", "-"), "")
    if translated in known:
        return translated
    for spelled in (typed, letters):
        if near := difflib.get_close_matches(spelled, known, n=1):
            return near[0]
    return ""
