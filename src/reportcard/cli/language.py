"""The language of messages: `--messages`, accepted anywhere on the command line."""

from collections.abc import Sequence
from typing import Final

from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.catalogue import SOURCE, chosen, language_of, languages, speak, wished
from reportcard.messages.message import message
from reportcard.workspace.packages import add_messages

OPTION: Final = "--messages"


def speak_as_asked(arguments: Sequence[str]) -> list[str]:
    """Has this process write in the language that the command line, the environment or the locale
    asks for. Gives the arguments that remain.

    Raises ReportCardError (USAGE) if the command line asks for a language without messages.
    """
    if wished() != SOURCE or any(word.startswith(OPTION) for word in arguments):
        add_messages()
    speak(chosen())
    remaining: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            remaining.extend((word, *words))
        elif word == OPTION:
            speak(_known(next(words, "")))
        elif word.startswith(f"{OPTION}="):
            speak(_known(word.removeprefix(f"{OPTION}=")))
        else:
            remaining.append(word)
    return remaining


def _known(asked: str) -> str:
    language = language_of(asked)
    if language in languages():
        return language
    raise ReportCardError(
        message('messages are not available in "{language}".', language=asked)
        if asked
        else message("--messages requires a language code."),
        code=ExitCode.USAGE,
        advice=message("Use one of: {values}.", values=languages()),
    )
