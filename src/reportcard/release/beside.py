"""What goes out beside the PDFs of a release: pages of the web, pictures, gauges, and files that
packages add.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final, Protocol

from reportcard.build.inventory import SoundWorkspace
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import message
from reportcard.outputs.gauge_files import GaugeFile, gauge_files
from reportcard.outputs.pictures import pictures
from reportcard.page.gauges import Gallery
from reportcard.problems.problem import Problem, has_errors
from reportcard.web.publication import web_edition
from reportcard.workspace.packages import Group, additions, calling
from reportcard.workspace.store import Scratch

#: The kinds of files that gauges go out as.
_KINDS: Final = (GaugeFile("svg"), GaugeFile("png"))
#: The picture that a web page names as its own.
_SHARED: Final = "-1200x630.png"
#: What the folder of a package's files may be called, beside those that there are.
_FOLDER: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_TAKEN: Final = frozenset({"web", "pictures", "gauges"})


class ReleaseOutput(Protocol):
    """Files of a release, as packages add them."""

    def __call__(
        self, read: SoundWorkspace, countries: Sequence[str], languages: Sequence[str]
    ) -> tuple[Mapping[str, bytes], Iterable[Problem]]:
        """The files for some countries' cards, by their path in a folder of their own, and what is
        wrong with them. The same content gives the same bytes. The countries' content has no
        error.
        """


def beside(
    read: SoundWorkspace,
    countries: Iterable[str],
    languages: tuple[str, ...],
    gallery: Gallery | None = None,
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files by their path in the release, and what was found while they were made.

    Where the pages have an address, the pictures that they are shared with are beside them too.
    """
    gallery = gallery or Gallery(Scratch())
    sound = [country for country in countries if not has_errors(read.by_country[country])]
    files: dict[str, bytes] = {}
    found: list[Problem] = []
    parts = {
        "web": web_edition(read, sound, languages, gallery=gallery),
        "pictures": pictures(read, sound, languages, gallery),
        **{
            f"gauges/{country}": gauge_files(read, country, languages, _KINDS, gallery)
            for country in sound
        },
        **dict(_added(read, sound, languages)),
    }
    for place, (made, problems) in parts.items():
        files |= {f"{place}/{name}": data for name, data in made.items()}
        found.extend(problems)
    if read.content.edition.model.web_address:
        files |= {
            f"web/{name}": data
            for name, data in parts["pictures"][0].items()
            if name.endswith(_SHARED)
        }
    return files, tuple(found)


def _added(
    read: SoundWorkspace, countries: Sequence[str], languages: Sequence[str]
) -> Iterator[tuple[str, tuple[dict[str, bytes], tuple[Problem, ...]]]]:
    """What packages add, by the name of the folder.

    Raises ReportCardError (USAGE) if a name is not one of a folder or a file.
    """
    for name, output in additions(Group.OUTPUTS).items():
        with calling(name):
            files, problems = output(read, tuple(countries), tuple(languages))
            made = {str(path): bytes(data) for path, data in files.items()}, tuple(problems)
        for path in made[0]:
            if name in _TAKEN or not _FOLDER.fullmatch(name) or not _is_inside(path):
                raise ReportCardError(
                    message(
                        'the package that adds "{name}" writes outside its folder: {file}.',
                        name=name,
                        file=f"{name}/{path}",
                    ),
                    code=ExitCode.USAGE,
                    advice=message(
                        "Report this to the package's authors, or uninstall the package."
                    ),
                )
        yield name, made


def _is_inside(path: Any) -> bool:
    """Whether a path, as typed, is one of a file below the folder that it is relative to."""
    parts = PurePosixPath(path).parts
    return (
        path == "/".join(parts) != ""
        and not {"", "/", "..", "."}.intersection(parts)
        and not re.search(r"[\\:\0]", path)
    )
