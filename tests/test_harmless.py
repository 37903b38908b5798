"""A hundred edits that change nothing of substance, in both languages alike: no rule speaks."""

import pytest

from .conftest import Copy, whatever_the_checks_say

#: Sentences as an editor may add them, in English and Spanish. Each has a word that a rule on
#: scores, ranks, numbers, dates, quotes or signs could stumble over.
PAIRS = (
    ("The State continues this work.", "El Estado continúa esta labor."),
    ("The last inspections were in the north.", "Las últimas inspecciones fueron en el norte."),
    ("Better maps would help.", "Mejores mapas ayudarían."),
    ("The worst damage is along the rivers.", "El peor daño está a lo largo de los ríos."),
    ("This comes first for the regions.", "Esto es lo primero para las regiones."),
    ("In second place come the ports.", "En segundo lugar vienen los puertos."),
    ("Three agencies share the task.", "Tres entidades comparten la tarea."),
    ("The task was begun in 2019.", "La tarea se inició en 2019."),
    ("Since 2015, little has changed.", "Desde 2015 ha cambiado poco."),
    ("About 40% of the staff left.", "Cerca del 40 % del personal se fue."),
    ("They lead to new roads.", "Llevan a nuevas carreteras."),
    ("It stands behind the reform.", "Está detrás de la reforma."),
    ("After the reform, permits fell.", "Después de la reforma, los permisos cayeron."),
    ("Prices rose before the vote.", "Los precios subieron antes de la votación."),
    ("Exports to Brazil rose.", "Las exportaciones al Brasil subieron."),
    ("The border with Colombia is long.", "La frontera con Colombia es larga."),
    ("Bolivia shares the river.", "Bolivia comparte el río."),
    ("Ecuador signed the agreement, too.", "El Ecuador también firmó el acuerdo."),
    ("The point is to act early.", "El punto es actuar a tiempo."),
    ("The lowest parts are flooded.", "Las partes más bajas están inundadas."),
    ("Above all, people want water.", "Sobre todo, la gente quiere agua."),
    ("A first step was taken.", "Se dio un primer paso."),
    ("The rules leave a large gap.", "Las normas dejan un gran vacío."),
    ("It weighs 2.5 tons.", "Pesa 2.5 toneladas."),
    ("The river is 1,250 km long.", "El río mide 1,250 km de largo."),
)
FIELDS = {"en": 0, "es": 1}
#: After which paragraphs of the context they are put, from the end.
PLACES = 4


@pytest.mark.long
def test_a_hundred_harmless_edits_raise_no_alarm(copy: Copy) -> None:
    assert len(PAIRS) * PLACES == 100
    for language, side in FIELDS.items():
        path = copy.root / f"content/peru/{language}.yaml"
        head, mark, rest = path.read_text(encoding="utf-8").partition("\ncontext: |\n")
        text, other, tail = rest.partition("\ncontext_quotes:")
        paragraphs = text.rstrip("\n").split("\n\n")
        for number, pair in enumerate(PAIRS * PLACES):
            place = number % PLACES
            at = len(paragraphs) - 1 - place
            paragraphs[at] = f"{paragraphs[at]}\n  {pair[side]}"
        joined = "\n\n".join(paragraphs)
        new = f"{head}{mark}{joined}\n{other}{tail}"
        path.write_text(new, encoding="utf-8")
    read = whatever_the_checks_say(copy.workspace)
    assert [str(problem) for problem in read.by_country["peru"]] == []
