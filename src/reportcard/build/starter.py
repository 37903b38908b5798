"""What `init` and `new` write: a workspace to start from, and a country's skeleton in every
language, with comments in the language of who begins it.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from reportcard.build.inventory import ReadWorkspace, read_workspace
from reportcard.build.repository import JOBS, README
from reportcard.checks.placeholders import BEGINNING, NOTE
from reportcard.content.loading import Content
from reportcard.content.rewrites import Rewrite
from reportcard.content.segments import NOTHING
from reportcard.content.splicing import scalar, spliced
from reportcard.content.yaml import read_tree
from reportcard.errors import ExitCode, ReportCardError
from reportcard.language.locales import Tongue, folder_name, is_country
from reportcard.language.names import FORMS, Form, country_code, country_form, short_name
from reportcard.messages.message import Message, message
from reportcard.problems.problem import Problem, has_errors
from reportcard.scores.values import values_of
from reportcard.workspace.starter import STARTER_THEME, starter_folder, starter_theme
from reportcard.workspace.system import reason
from reportcard.workspace.theme import packaged_themes
from reportcard.workspace.workspace import RESERVED, Workspace

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
    own = dict(texts)
    part = folder.resolve().with_name(f".{folder.resolve().name}.part-{os.getpid()}")
    try:
        for name in parts:
            _copy(starter_folder() / name, part / name)
        for name, text in own.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_text(text, encoding="utf-8", newline="\n")
        (part / "output").mkdir()
        (part / ".gitignore").write_text(_ignored(folder), encoding="utf-8")
        _put_in_place(part, folder)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise _unwritable(folder, error) from error
    return tuple(
        name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not (name := path.relative_to(folder).as_posix()).startswith(".git/")
    )


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


def _put_in_place(part: Path, folder: Path) -> None:
    """Puts a finished workspace where it belongs. Raises OSError; nothing is then changed."""
    if not folder.exists() or not any(folder.iterdir()):
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        return
    has_readme = any(path.name.lower().startswith("readme") for path in folder.iterdir())
    done: list[Path] = []
    try:
        for path in sorted(part.rglob("*")):
            target = folder / path.relative_to(part)
            if path.is_dir() or path.name == ".gitignore" or (path.name == README and has_readme):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
            done.append(target)
        (part / ".gitignore").replace(folder / ".gitignore")  # it has the lines of the other
    except OSError:
        for path in done:
            path.unlink()
        raise
    shutil.rmtree(part)


def new(
    workspace: Workspace,
    content: Content,
    country: str,
    code: str,
    titles: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """A country's folder with scores.yaml and a card in every language, which build at once. Gives
    its files.

    `country` is the folder's name, `code` its ISO 3166 code, `titles` are those of the cards by
    language, where they do not follow from the code. Raises ReportCardError if files are
    there already (USAGE) or cannot be written (OUTPUT).
    """
    folder = workspace.root / "content" / country
    texts = dict(_skeleton(content, code, titles or {}))
    for name in texts:
        if (folder / name).exists() and name != "scores.yaml":
            raise ReportCardError(
                message("{file} already exists.", file=f"content/{country}/{name}"),
                code=ExitCode.USAGE,
                advice=message("Edit that file instead. Nothing was written."),
            )
    if (folder / "scores.yaml").exists():
        del texts["scores.yaml"]
    written: list[Path] = []
    try:
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            written.append(folder / name)
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        raise _unwritable(folder, error) from error
    return tuple(f"content/{country}/{name}" for name in texts)


def begin_card(
    workspace: Workspace, country: str, code: str | None
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """A country's skeleton in every language; the files written, and the problems that kept them
    from being written.

    Raises ReportCardError if the country is not known or has a card (USAGE), or files cannot be
    written (OUTPUT).
    """
    read = read_workspace(workspace)
    if not isinstance(read, ReadWorkspace) or has_errors(read.shared):
        return (), read.problems
    folder = folder_name(short_name(country))
    if folder in RESERVED:
        raise ReportCardError(
            message(
                (
                    'a country cannot be named "{folder}": content/{folder} is reserved for other '
                    "content."
                ),
                folder=folder,
            ),
            code=ExitCode.USAGE,
            advice=message("Use another name for this country, and specify its code with --code."),
        )
    if read.content.scoreboard.model.assessed == "other":
        return _begin_other(workspace, read.content, folder, country, code), ()
    given = read.content.scores.get(folder)
    # Who begins a card may know the country by its English name.
    languages = (*read.content.edition.model.languages, "en")
    known = (
        (country_code(code, languages) or code)
        if code
        else (given.model.country if given else country_code(country, languages))
    )
    if not folder or known is None or not is_country(known):
        raise ReportCardError(
            message('"{country}" is not a known country.', country=code or country),
            code=ExitCode.USAGE,
            advice=message("Specify the country's ISO 3166 code, for example --code PE."),
        )
    return new(workspace, read.content, folder, known), ()


def _begin_other(
    workspace: Workspace, content: Content, folder: str, name: str, code: str | None
) -> tuple[str, ...]:
    """The skeleton of what is no country; its name is added to the wording of every language that
    lacks it.
    """
    known = country_code(code, content.edition.model.languages) if code else ""
    if not folder or known is None or (known and not is_country(known)):
        raise ReportCardError(
            message('"{country}" is not a known country.', country=code or name),
            code=ExitCode.USAGE,
            advice=message("Specify the country's ISO 3166 code, for example --code PE."),
        )
    renamed: dict[Path, bytes] = {}
    for wording in content.wordings.values():
        if folder not in wording.model.countries:
            named = Rewrite(("countries", folder, "name"), (("line", name),))
            renamed[workspace.root / wording.tree.file] = spliced(
                wording.data, wording.tree.file, [named]
            )
    written = new(
        workspace, content, folder, known or "", {**dict.fromkeys(content.wordings, name)}
    )
    for path, data in renamed.items():
        part = path.with_name(f".{path.name}.part-{os.getpid()}")
        try:
            part.write_bytes(data)
            part.replace(path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise _unwritable(path, error) from error
    return written + tuple(path.relative_to(workspace.root).as_posix() for path in renamed)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        for path in sorted(source.iterdir()):
            if not path.name.startswith("."):
                _copy(path, target / path.name)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())


def _unwritable(folder: Path, error: OSError) -> ReportCardError:
    return ReportCardError(
        message("cannot write to {path}: {reason}.", path=str(folder), reason=reason(error)),
        code=ExitCode.OUTPUT,
        advice=message("Free up space or grant write permission. Nothing was changed."),
    )


def _skeleton(content: Content, code: str, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "scores.yaml", empty_scores(content, code)
    for language, wording in content.wordings.items():
        title = titles.get(language) or _title(content, language, code)
        dimensions = {
            id_: str(wording.model.dimensions[id_].name)
            for id_ in content.scoreboard.model.dimensions
        }
        yield f"{language}.yaml", _card(title, dimensions)


def _title(content: Content, language: str, code: str) -> str:
    """A card's title as those of the other countries are: "Peru Report Card" makes that of
    Venezuela "Venezuela Report Card", "Ficha de evaluación del Perú" the same "de Venezuela".
    """
    tongue = Tongue(language, code, content.edition.model.languages[language])
    name = country_form(tongue, "name") or code
    for country, cards in content.cards.items():
        if language not in cards or country not in content.scores:
            continue
        title = f" {cards[language].model.title} ".replace("'", "’")
        values = values_of(content, country, language)
        theirs: dict[str, Form] = {}
        for form in FORMS:
            theirs.setdefault(values.form(country, form) or "", form)
        for written in sorted(filter(None, theirs), key=len, reverse=True):
            before, found, after = title.partition(f" {written} ")
            if found:
                own = country_form(tongue, theirs[written]) or name
                return f"{before} {own} {after}".strip()
    return name


def empty_scores(content: Content, code: str) -> str:
    """The scores.yaml of a country without scores yet."""
    lines = [
        "# yaml-language-server: $schema=../../schema/scores.json",
        *([f"country: {code}"] if code else []),
        _comment(
            message(
                "Keep this true while the scores are placeholders: they are shown with "
                "hatching, and the card cannot be released."
            )
        ),
        "provisional: true",
        _comment(
            message(
                "One score per category, with a decimal point: 0.8. Leave a score empty if it "
                "is not published."
            )
        ),
        "categories:",
    ]
    for dimension in content.scoreboard.model.dimensions.values():
        lines.extend(f"  {category}:" for category in dimension.categories)
    lines += [
        _comment(message("Published figures, which are checked against the scores above.")),
        "# published:",
        "#   total: 11.7",
    ]
    return "\n".join(lines) + "\n"


def _comment(words: Message) -> str:
    return f"# {words}"


def _card(title: str, dimensions: Mapping[str, str]) -> str:
    lines = [
        "# yaml-language-server: $schema=../../schema/card.json",
        _comment(
            message(
                "Indent paragraphs below the | character. An empty line starts a new "
                'paragraph; "- " starts a bullet.'
            )
        ),
        _comment(
            message(
                "**bold**, *italic*, [words](https://…), a note reference [^note-id], a value "
                "{{ country.name }}."
            )
        ),
        f"title: {scalar(title, '')}",
        _comment(message("Use draft, review or final; only a final card can be released.")),
        "status: draft",
        "# authors:",
        f"#   - {NOTHING}",
        "overall:",
        "  result: |",
        f"    {BEGINNING}",
        "dimensions:",
    ]
    for id_, long_name in dimensions.items():
        lines += [f"  # {long_name}", f"  {id_}:", "    findings: |", f"      {BEGINNING}"]
    lines += [
        _comment(message("The national context:")),
        "# context: |",
        f"#   {NOTHING}",
        "# recommendations:",
        "#   first-recommendation:",
        f"#     title: {NOTHING}",
        "#     text: |",
        f"#       {NOTHING}",
        "#     institutions: [ministry]",
        "# institutions:",
        f"#   ministry: {NOTHING}",
        "# notes:",
        f"#   its-id: {NOTE}",
    ]
    return "\n".join(lines) + "\n"
