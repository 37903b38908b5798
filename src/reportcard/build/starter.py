"""What `init` and `new` write: a workspace to start from, and the files of a card in every
language, or its scores alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final

from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.build.repository import JOBS, README
from reportcard.build.skeleton import SCORES, skeleton
from reportcard.content.loading import Content
from reportcard.content.rewrites import Rewrite
from reportcard.content.splicing import spliced
from reportcard.content.yaml import read_tree
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language.locales import folder_name, is_country
from reportcard.language.names import country_code, short_name
from reportcard.messages.message import message
from reportcard.problems.problem import Problem, has_errors
from reportcard.workspace.replacement import finish_interrupted, replace_files
from reportcard.workspace.starter import STARTER_THEME, starter_folder, starter_theme
from reportcard.workspace.system import reason
from reportcard.workspace.theme import packaged_themes
from reportcard.workspace.workspace import DEVICES, MARK, RESERVED, Workspace

DEMONSTRATION: Final = ("content", "styles", "figures", "schema")
"""What the demonstration consists of."""
_SHELL: Final = ("figures/README.md", "schema")
#: What the starter's theme is drawn with beside its own files.
_ARTWORK: Final = ("figures/back.svg", "figures/cover.svg", "figures/hatch.svg")

#: What is made from the content, and does not belong into a repository.
_MADE: Final = ("/output/", "/.cache/", "/changes/")


def shell(theme: str) -> tuple[str, ...]:
    """What every workspace has from the starter: nothing of a subject. The starter's theme is
    copied; one of a package stays there.
    """
    own = (f"styles/{theme}", *_ARTWORK) if theme == STARTER_THEME else ()
    return (*_SHELL, *own)


def tokens(theme: str) -> str:
    """The colors of a theme that a workspace can begin with, as its file has them.

    Raises ReportCardError (USAGE) if there is none of that name.
    """
    folders = {STARTER_THEME: starter_theme(), **packaged_themes()}
    if theme not in folders:
        raise ReportCardError(
            message('there is no theme "{name}".', name=theme),
            code=ExitCode.USAGE,
            advice=message("Choose from: {names}.", names=tuple(folders)),
        )
    return (folders[theme] / "tokens.yaml").read_text(encoding="utf-8")


def demonstrated() -> tuple[str, tuple[str, ...]]:
    """The name of the demonstration's index, and its languages."""
    tree, _ = read_tree((starter_folder() / "content/wording/en.yaml").read_bytes(), "")
    return str(tree.text("edition", "programme") if tree else ""), ("en", "es")


def refuse_full(folder: Path) -> None:
    """Raises ReportCardError (USAGE) if a folder holds something else than what a new repository
    does: a README, a license, files of git.
    """
    finish_interrupted(folder)
    if folder.exists() and (
        not folder.is_dir() or not all(map(_is_of_repository, folder.iterdir()))
    ):
        raise ReportCardError(
            message("{folder} is not empty.", folder=str(folder)),
            code=ExitCode.USAGE,
            advice=message("Choose a new or empty folder."),
        )


def init(
    folder: Path, parts: Iterable[str], texts: Iterable[tuple[str, str]] = ()
) -> tuple[str, ...]:
    """A new workspace in a missing folder, or in one that has at most a new repository: parts of
    the starter, and texts of its own by their paths. A README that is there stays. Gives its files.

    Raises ReportCardError if the folder holds something (USAGE) or cannot be written (OUTPUT).
    """
    refuse_full(folder)
    is_new = not folder.exists()
    try:
        files = {name: data for part in parts for name, data in _starter_files(part)}
        files |= {name: text.encode() for name, text in texts}
        if not is_new and any(path.name.lower().startswith("readme") for path in folder.iterdir()):
            files.pop(README, None)
        files[".gitignore"] = _ignored(folder).encode()
        mark = MARK.as_posix()
        files[mark] = files.pop(mark)  # the last: with it the folder is a workspace
        replace_files(folder, files)
        (folder / "output").mkdir(exist_ok=True)
    except (OSError, ReportCardError) as error:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, ReportCardError):
            raise
        raise _unwritable(folder, error) from error
    return tuple(sorted(files))


def _is_of_repository(path: Path) -> bool:
    name = path.name.lower()
    if name == ".github":
        return not (path.parent / JOBS["github"]).exists()
    is_of_git = name in (".git", ".gitignore", ".gitattributes")
    return is_of_git or name.partition(".")[0] in ("readme", "license", "licence")


def _ignored(folder: Path) -> str:
    """The lines of .gitignore: those that are there, and what is made."""
    file = folder / ".gitignore"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return "".join(f"{line}\n" for line in dict.fromkeys((*lines, *_MADE)))


def new(
    workspace: Workspace,
    country: str,
    texts: Mapping[str, str],
    others: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[str, ...]:
    """A folder of that name with texts by their files' names: a card with its scores, or scores
    alone; and other files that change with it, by their path. Scores that are there stay. Gives the
    files.

    Raises ReportCardError if files are there already (USAGE) or cannot be written (OUTPUT).
    """
    folder = workspace.root / "content" / country
    for name in texts:
        if (folder / name).exists() and (name != SCORES or len(texts) == 1):
            raise ReportCardError(
                message("{file} already exists.", file=f"content/{country}/{name}"),
                code=ExitCode.USAGE,
                advice=message("Edit that file instead. Nothing was written."),
            )
    if (folder / SCORES).exists():
        texts = {name: text for name, text in texts.items() if name != SCORES}
    files = {f"content/{country}/{name}": text.encode() for name, text in texts.items()}
    replace_files(workspace.root, {**files, **others})
    return (*files, *others)


def begin_card(
    workspace: Workspace, country: str, code: str | None, *, scores_only: bool = False
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """A country's skeleton in every language, or only its scores; the files written, and the
    problems that kept them from being written.

    Raises ReportCardError if the country is not known or has a card (USAGE), or files cannot be
    written (OUTPUT).
    """
    read = read_workspace(workspace)
    if not isinstance(read, ReadWorkspace) or has_errors(read.shared):
        return (), read.problems
    country = " ".join(country.split())  # a line break may come along with what is pasted
    if not country.isprintable():
        raise _no_folder(country)
    folder = _named_folder(country)
    if read.content.scoreboard.model.assessed == "other":
        written = _begin_other(workspace, read.content, folder, (country, code), scores_only)
        return written, ()
    given = read.content.scores.get(folder)
    languages = tuple(read.content.edition.model.languages)
    known = given.model.country if given and not code else _known(country, code, languages)
    if not folder:
        raise _no_folder(country)
    return new(workspace, folder, _texts(read.content, known, {}, scores_only)), ()


def refuse_unnamed(name: str, languages: Sequence[str], *, of_country: bool) -> None:
    """Raises ReportCardError (USAGE) if no card can be begun of that name: of a country that is not
    known, or that makes no folder.
    """
    folder = _named_folder(name)
    if of_country:
        _known(name, None, languages)
    elif not folder:
        raise _no_folder(name)


def _known(country: str, code: str | None, languages: Sequence[str]) -> str:
    """The code of a country by its name or a code, as typed."""
    # Who begins a card may know the country by its English name.
    known = country_code(code or country, (*languages, "en")) or code
    if known is None or not is_country(known):
        raise ReportCardError(
            message('"{country}" is not a known country.', country=code or country),
            code=ExitCode.USAGE,
            advice=message("Specify the country's ISO 3166 code, for example --code PE."),
        )
    return known


def _named_folder(name: str) -> str:
    """The folder of a card. Raises ReportCardError (USAGE) if it cannot be there."""
    folder = folder_name(short_name(name))
    if folder in DEVICES:
        raise ReportCardError(
            message(
                'a card cannot be named "{folder}": Windows reserves this name.', folder=folder
            ),
            code=ExitCode.USAGE,
            advice=message("Use another name. If it is a country, specify its code with --code."),
        )
    if folder in RESERVED:
        raise ReportCardError(
            message(
                'a card cannot be named "{folder}": content/{folder} is reserved for other '
                "content.",
                folder=folder,
            ),
            code=ExitCode.USAGE,
            advice=message("Use another name. If it is a country, specify its code with --code."),
        )
    return folder


def _texts(
    content: Content, code: str, titles: Mapping[str, str], scores_only: bool
) -> dict[str, str]:
    texts = dict(skeleton(content, code, titles))
    return {SCORES: texts[SCORES]} if scores_only else texts


def _begin_other(
    workspace: Workspace,
    content: Content,
    folder: str,
    typed: tuple[str, str | None],
    scores_only: bool,
) -> tuple[str, ...]:
    """The skeleton of what is not a country, by its name and code as typed; the name is added to
    the wording of every language that lacks it.
    """
    name, code = typed
    known = country_code(code, content.edition.model.languages) if code else ""
    if known is None or (known and not is_country(known)):
        raise ReportCardError(
            message('"{country}" is not a known country.', country=code or name),
            code=ExitCode.USAGE,
            advice=message("Specify the country's ISO 3166 code, for example --code PE."),
        )
    if not folder:
        raise _no_folder(name)
    renamed: dict[str, bytes] = {}
    titles = dict.fromkeys(content.wordings, name)
    for language, wording in content.wordings.items():
        if folder in wording.model.countries:
            titles[language] = str(wording.model.countries[folder].name or name)
        else:
            named = Rewrite(("countries", folder, "name"), (("line", name),))
            renamed[wording.tree.file] = spliced(wording.data, wording.tree.file, [named])
    return new(workspace, folder, _texts(content, known or "", titles, scores_only), renamed)


def _no_folder(name: str) -> ReportCardError:
    return ReportCardError(
        message('"{name}" cannot be used as a folder name.', name=name),
        code=ExitCode.USAGE,
        advice=message("Enter a name with letters from a to z or digits."),
    )


def _starter_files(part: str) -> Iterator[tuple[str, bytes]]:
    """The files of a part of the starter, by their path."""
    source = starter_folder() / part
    if source.is_file():
        yield part, source.read_bytes()
        return
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if path.is_file() and not any(one.startswith(".") for one in name.parts):
            yield f"{part}/{name.as_posix()}", path.read_bytes()


def _unwritable(folder: Path, error: OSError) -> ReportCardError:
    return ReportCardError(
        message("cannot write to {path}: {reason}.", path=str(folder), reason=reason(error)),
        code=ExitCode.OUTPUT,
        advice=message("Free up space or grant write permission. Nothing was changed."),
    )
