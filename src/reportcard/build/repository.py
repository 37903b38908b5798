"""What a new workspace has for the people who edit it and for its repository: a README in their
languages, the script that installs system libraries, and a job that shows reviewers what changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from string import Template
from typing import Final, Literal

from reportcard.workspace.starter import starter_folder

Service = Literal["github", "gitlab"]
JOBS: Final[Mapping[Service, str]] = {
    "github": ".github/workflows/report-cards.yml",
    "gitlab": ".gitlab-ci.yml",
}
"""The file of the job by service, from the root of the repository."""
README: Final = "README.md"
_LIBRARIES: Final = "system-libraries.sh"
#: The languages that there is a README in; others have the English one.
_WORDED: Final = ("en", "es")
#: By language and service: what is reviewed, and where reviewers look.
_REVIEWED: Final[Mapping[str, Mapping[Service, tuple[str, str]]]] = {
    "en": {
        "github": (
            "pull request",
            "the summary of the run for the kinds of changes, and `comparison.html` in its "
            "artifact\nfor the pages",
        ),
        "gitlab": (
            "merge request",
            "“What changed in the cards” in the merge request for the pages, and its report of "
            "tests\nfor the kinds of changes",
        ),
    },
    "es": {
        "github": (
            "pull request",
            "el resumen de la ejecución (tipos de cambios) y `comparison.html` en su artefacto\n"
            "(páginas)",
        ),
        "gitlab": (
            "merge request",
            "«What changed in the cards» en la merge request (páginas) y su informe de pruebas\n"
            "(tipos de cambios)",
        ),
    },
}


def repository_files(
    programme: str,
    languages: Sequence[str],
    units: Mapping[str, str],
    service: Service | None = None,
) -> Iterator[tuple[str, str]]:
    """The files by their paths. `units` is what is assessed, in the plural, by language; the first
    language is that which texts are written in.
    """
    worded = list(dict.fromkeys(one for one in languages if one in _WORDED)) or ["en"]
    parts = [f"{_readme(one, programme, languages, units, service).rstrip()}\n" for one in worded]
    yield README, "\n---\n\n".join(parts)
    libraries = starter_folder() / _LIBRARIES
    yield f"tools/{_LIBRARIES}", libraries.read_text(encoding="utf-8")
    if service:
        yield JOBS[service], _text("jobs", f"{service}.yml")
        yield "tools/compare.sh", _text("jobs", "compare.sh")


def _readme(
    language: str,
    programme: str,
    languages: Sequence[str],
    units: Mapping[str, str],
    service: Service | None,
) -> str:
    others = [one for one in languages if one != languages[0]]
    translate = job = ""
    if others:
        source = Template(_text("readme", f"{language}.translate.md"))
        translate = source.substitute(language=languages[0], other=others[0])
    if service:
        request, place = _REVIEWED[language][service]
        source = Template(_text("readme", f"{language}.job.md"))
        job = source.substitute(request=request, place=place, file=JOBS[service])
    return Template(_text("readme", f"{language}.md")).substitute(
        programme=programme,
        units=units.get(language) or next(iter(units.values())),
        language=languages[0],
        translate=translate,
        job=job,
    )


def _text(folder: str, name: str) -> str:
    return files("reportcard.build").joinpath(folder, name).read_text(encoding="utf-8")
