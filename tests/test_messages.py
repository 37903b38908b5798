"""The program's messages and their Spanish: nothing is missing, too long, or left over. The
language that a command writes in.
"""

import re
import sys
from collections.abc import Callable, Iterator

import pytest

from reportcard import __main__ as program
from reportcard.errors import ExitCode
from reportcard.messages import catalogue as catalogues
from reportcard.messages.catalogue import chosen, language_of, languages, reader, speaking
from reportcard.problems.registry import every_rule

from .catalogue import FOLDER, Said, catalogue, holes, said
from .conftest import ROOT, Copy

Run = Callable[..., tuple[int, str, str]]
MESSAGES = {one.key: one for one in said()}
FILES = sorted(FOLDER.glob("*.po"))
LONGEST = 30
#: Words of which an English sentence has one, and a Spanish sentence none.
ENGLISH = frozenset(
    {"the", "is", "are", "of", "not", "and", "with", "for", "this", "that", "from", "to", "it"}
)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a message, without blocks of code."""
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    yield from re.split(r"(?<=[.!?])\s+|\n+", prose)


def too_long(text: str) -> list[str]:
    return [
        sentence
        for sentence in sentences(text)
        if len(re.findall(r"[^\W\d_][\w'’-]*", sentence)) > LONGEST
    ]


def english_in(text: str) -> list[str]:
    """The lines with an English word, without paths, options and what is quoted or code."""
    prose = re.sub(r"`[^`]*`|\"[^\"]*\"|\S*/\S*|--[a-z-]+", "", text)
    return [
        line for line in prose.splitlines() if ENGLISH & set(re.findall(r"[a-z]+", line.lower()))
    ]


def forms(one: Said) -> tuple[str, ...]:
    return (one.text, one.plural) if one.plural else (one.text,)


def test_messages_are_found() -> None:
    assert len(MESSAGES) > 300
    assert "unknown option {name}." in MESSAGES
    assert [file.stem for file in FILES] == ["es"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_is_translated(file: object) -> None:
    known = catalogue(file)
    missing = [
        f"{one.place}: {one.text}"
        for one in MESSAGES.values()
        if (entry := known.get(one.text)) is None
        or entry.pluralizable != bool(one.plural)
        or not all(entry.string if entry.pluralizable else (entry.string,))
        or entry.fuzzy
    ]
    assert missing == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_catalogue_has_only_what_the_program_writes(file: object) -> None:
    texts = {one.text for one in MESSAGES.values()}
    found = (entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalogue(file))
    assert [text for text in found if text and text not in texts] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_translations_have_the_holes_of_their_message(file: object) -> None:
    for entry in catalogue(file):
        ids = entry.id if entry.pluralizable else (entry.id,)
        strings = entry.string if entry.pluralizable else (entry.string,)
        for string in filter(None, strings):
            assert holes(string) == holes(ids[-1]), string


def test_sentences_are_short() -> None:
    texts = [text for one in MESSAGES.values() for text in forms(one)]
    for file in FILES:
        for entry in catalogue(file):
            texts.extend(entry.string if entry.pluralizable else (entry.string,))
    assert [sentence for text in texts if text for sentence in too_long(text)] == []


def test_a_long_sentence_is_seen() -> None:
    assert too_long(f"{'word ' * 30}end. Short.") == [f"{'word ' * 30}end."]
    assert too_long(f"{'word ' * 29}end.\n\n```yaml\n{'word ' * 40}\n```") == []


# --- the language ---------------------------------------------------------------------------------


LOCALES = {
    (): "en",
    (("LANG", "es_PE.UTF-8"),): "es",
    (("LANG", "de_DE.UTF-8"),): "en",
    (("LANG", "es_PE.UTF-8"), ("LC_ALL", "C")): "en",
    (("LANG", "C.UTF-8"), ("LC_MESSAGES", "es")): "es",
    (("LANG", "en_US.UTF-8"), ("LC_ALL", "")): "en",
    (("LANG", "es_PE.UTF-8"), ("REPORTCARD_LANGUAGE", "en")): "en",
    (("LANG", "en_US.UTF-8"), ("REPORTCARD_LANGUAGE", "es")): "es",
}


@pytest.mark.parametrize("variables", LOCALES)
def test_the_environment_chooses_the_language(
    variables: tuple[tuple[str, str], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert chosen(dict(variables)) == LOCALES[variables]
    # Ctrl-C before the program is loaded is answered in the same language
    monkeypatch.setattr("os.environ", dict(variables))
    monkeypatch.setattr(sys, "argv", ["reportcard", "build"])
    assert program._STOPPED.get(program._language()) == stopped(LOCALES[variables]) or (
        LOCALES[variables] == "en"
    )


def stopped(language: str) -> str:
    return f"{ExitCode.INTERRUPTED.meaning.written(language)}\n"


def test_ctrl_c_before_the_program_is_loaded_is_answered_as_after() -> None:
    assert {language: stopped(language) for language in languages()} == program._STOPPED


ASKED = {
    ("--messages", "es", "build"): "es",
    ("build", "--messages", "es"): "es",
    ("build", "--messages=es", "peru"): "es",
    ("--messages=en", "build"): "en",
    ("--messages=es_PE", "build"): "es",
}


@pytest.mark.parametrize("arguments", ASKED)
def test_the_command_line_chooses_the_language(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportcard.cli.language import speak_as_asked

    other = {"es": "en", "en": "es"}[ASKED[arguments]]
    monkeypatch.setenv("REPORTCARD_LANGUAGE", other)
    monkeypatch.setattr(catalogues, "_process", "en")
    rest = speak_as_asked(arguments)
    assert (reader(), [word for word in rest if word != "peru"]) == (ASKED[arguments], ["build"])
    monkeypatch.setattr(sys, "argv", ["reportcard", *arguments])
    assert program._language() == ASKED[arguments]


def test_what_follows_two_dashes_is_no_option(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportcard.cli.language import speak_as_asked

    monkeypatch.setattr(catalogues, "_process", "en")
    words = ["verify", "--", "--messages", "es"]
    assert speak_as_asked(words) == words
    assert reader() == "en"


def test_the_name_of_a_locale_has_a_language() -> None:
    names = ("es", "es_PE", "es-PE", "es_PE.UTF-8", "ES", "es.UTF-8", "C.UTF-8", "")
    assert [language_of(name) for name in names] == ["es"] * 6 + ["c", ""]


@pytest.mark.parametrize("arguments", [("--messages", "fr"), ("--messages=fr",), ("--messages=",)])
def test_a_language_without_messages_is_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run("explain", "--all", *arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.endswith("Use one of: en, es.\n")
    assert run("explain", "--all", "--messages")[0] == ExitCode.USAGE


# --- commands in Spanish --------------------------------------------------------------------------


def test_english_is_seen() -> None:
    assert english_in('La ficha es útil. Vea `the card` y "the card".') == []
    assert english_in("La ficha.\nThe card is here.") == ["The card is here."]


def unquoted(text: str, copy: Copy) -> str:
    """What a report says, without the lines of content that it quotes."""
    content = (copy.root / "content/peru/en.yaml").read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if line.strip(" …") not in content)


@pytest.mark.long
def test_check_in_spanish(copy: Copy, run: Run) -> None:
    copy.edit("content/peru/es.yaml", "**define con precisión**", "**define con precisión")
    code, out, err = run("check", "--workspace", str(copy.root), "--messages", "es")
    assert code == ExitCode.CONTENT
    assert out.startswith("advertencia: content/peru/")
    assert "\nerror: content/peru/es.yaml:" in out
    assert err == "peru: 1 error, 2 advertencias\n"
    assert english_in(unquoted(out, copy)) == []


@pytest.mark.long
def test_a_card_that_is_not_published_in_spanish(copy: Copy, run: Run) -> None:
    copy.edit("content/peru/es.yaml", "**define con precisión**", "**define con precisión")
    code, out, err = run("build", "peru", "--workspace", str(copy.root), "--messages=es")
    assert (code, out) == (ExitCode.CONTENT, "")
    assert err.endswith(
        "error: peru no se publicó por 1 error señalado arriba. Los PDF anteriores no cambiaron.\n"
        "peru: 1 error, 2 advertencias\n"
    )
    assert english_in(unquoted(err, copy)) == []


WRONG = (
    ("bild",),
    ("build", "--languge", "es"),
    ("build", "--jobs", "many"),
    ("build", "--jobs"),
    ("build", "--edition", "web"),
    ("build", "--bilingual=1"),
    ("build", "atlantis"),
    ("gauges",),
    ("schema", "card", "peru"),
    ("schema", "cards"),
    ("explain", "NOTE-UNUSD"),
    ("explain",),
    ("translations", "exprt"),
    ("--messages", "fr"),
)


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_in_spanish(
    run: Run, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("REPORTCARD_LANGUAGE", "es")
    code, out, err = run(*arguments)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith("error: ")
    assert english_in(err.replace(" --help", "")) == []


def test_no_workspace_in_spanish(
    run: Run, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTCARD_LANGUAGE", "es")
    code, _, err = run("check", "--workspace", str(tmp_path))
    assert code == ExitCode.NO_WORKSPACE
    assert english_in(err) == []


@pytest.mark.long
def test_the_rules_in_spanish(run: Run) -> None:
    code, out, _ = run("explain", "--all", "--messages", "es")
    assert code == 0
    assert out.startswith("# Reglas\n")
    assert all(f"**{code}** (" in out for code in every_rule())
    with speaking("es"):
        for rule in every_rule().values():
            examples = (rule.wrong, rule.right)
            page = run("explain", rule.code, "--messages", "es")[1]
            for example in filter(None, examples):
                page = page.replace(example, "")
            assert english_in(page) == []
