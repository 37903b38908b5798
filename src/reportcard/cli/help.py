"""Help: the page of a command, and the list of commands by what they are for."""

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from reportcard.cli.contents import COMMANDS, CONTENTS
from reportcard.messages.message import Message, message

if TYPE_CHECKING:
    from typer._click import Context
    from typer.core import TyperCommand, TyperGroup

#: The broadest page: longer lines are hard to read.
_BROADEST: Final = 80
#: The broadest column of names; what is longer has a line to itself.
_NAMES: Final = 26

_EXIT_CODES: Final = message(
    "Exit codes: 0 success · 1 not published or different · 2 usage error · 3 no "
    "workspace · 4 content · 5 layout · 6 output · 7 preflight · 8 unreadable file"
)


def page(command: "TyperCommand | TyperGroup", context: "Context") -> str:
    """All that the help of a command prints."""
    parts = [usage(command, context), *_about(command, context)]
    parameters = command.get_params(context)
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    options = [one for one in parameters if one.param_type_name == "option"]
    if arguments:
        rows = [(_argument_name(one), _explained(one)) for one in arguments]
        parts.append(listed(message("Arguments"), rows))
    parts.extend(_lists(command, context))
    parts.append(
        listed(message("Options"), [(_option_name(one), _explained(one)) for one in options])
    )
    if command.epilog:
        examples = "\n".join(f"  {line}" for line in command.epilog.splitlines())
        parts.append(f"{message('Examples')}:\n{examples}")
    if context.parent is None:
        parts.append(str(message("For help on a command: reportcard COMMAND --help")))
        parts.append(_wrapped(str(_EXIT_CODES)))
    return "\n\n".join(parts)


def usage(command: "TyperCommand | TyperGroup", context: "Context") -> str:
    """The line that says what a command takes."""
    arguments = [
        _argument_name(one)
        for one in command.get_params(context)
        if one.param_type_name == "argument"
    ]
    of_group = [str(message("COMMAND"))] if hasattr(command, "commands") else []
    words = [context.command_path, f"[{message('OPTIONS')}]", *of_group, *arguments]
    return f"{message('Usage')}: {' '.join(words)}"


def summary(name: str) -> str:
    """What a list of commands says of one of the program's own, without a full stop."""
    return str(COMMANDS[name][1]).removesuffix(".")


def _about(command: "TyperCommand | TyperGroup", context: "Context") -> Iterator[str]:
    """The paragraphs on what a command does. The line that lists have of it is the first."""
    if context.parent is not None and context.parent.parent is None:
        yield _wrapped(str(COMMANDS[command.name or ""][1]), "  ")
    yield from _paragraphs(command.help)


def _lists(command: Any, context: "Context") -> Iterator[str]:
    """The lists of the commands below a command."""
    if context.parent is None:
        broad = max(map(len, COMMANDS))
        for purpose, names in CONTENTS.items():
            yield listed(purpose, [(name, summary(name)) for name in names], broad)
    elif commands := getattr(command, "commands", None):
        rows = [(name, str(message(one.help)).partition("\n")[0]) for name, one in commands.items()]
        yield listed(message("Commands"), [(name, line.removesuffix(".")) for name, line in rows])


def _argument_name(argument: Any) -> str:
    """`FILE`, `[FILE]` if it may be left out, with `…` if there may be several."""
    name = bare_name(argument)
    return (name if argument.required else f"[{name}]") + ("" if argument.nargs == 1 else "…")


def _option_name(option: Any) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    if option.secondary_opts:
        return f"{names} / {', '.join(option.secondary_opts)}"
    return names if option.is_flag else f"{names} {_value_name(option)}"


def _value_name(option: Any) -> str:
    if option.metavar:
        return str(message(option.metavar))
    choices = choices_of(option)
    if choices:
        return "|".join(choices)
    is_number = option.type_descriptor.is_ranged
    return str(message("N") if is_number else message("TEXT"))


def bare_name(argument: Any) -> str:
    """An argument's name in help and messages."""
    return str(message(argument.metavar or argument.name.upper()))


def choices_of(parameter: Any) -> tuple[str, ...]:
    """The words that a parameter takes; none if it takes others too."""
    choices = parameter.type_descriptor.choices
    return tuple(str(getattr(one, "value", one)) for one in choices or ())


def _explained(parameter: Any) -> str:
    """What a parameter does, with its range and default."""
    if parameter.name == "help":
        return str(message("Print this help and exit."))
    more = []
    if parameter.min is not None:
        more.append(message("{low} to {high}", low=parameter.min, high=parameter.max))
    default = getattr(parameter.default, "value", parameter.default)
    if parameter.secondary_opts:
        default = (parameter.opts if default else parameter.secondary_opts)[0]
    elif isinstance(default, bool):
        default = None
    if default not in (None, "") and parameter.show_default:
        more.append(message("default: {value}", value=str(default)))
    words = " ".join(str(message(parameter.help or "")).split())
    return f"{words} [{'; '.join(map(str, more))}]" if more else words


def listed(title: Message, rows: Sequence[tuple[str, str]], broad: int = 0) -> str:
    broad = broad or min(max(len(name) for name, _ in rows), _NAMES)
    lines = [f"{title}:"]
    for name, words in rows:
        indent = " " * (broad + 4)
        text = _wrapped(words, indent)
        is_short = len(name) <= broad
        lines.append(f"  {name:{broad}}  {text.lstrip()}" if is_short else f"  {name}\n{text}")
    return "\n".join(lines)


def _paragraphs(text: str | None) -> list[str]:
    written = str(message(text)) if text else ""
    return [_wrapped(one, "  ") for one in written.split("\n\n") if one]


def _wrapped(text: str, indent: str = "") -> str:
    width = max(min(shutil.get_terminal_size().columns, _BROADEST), 50)
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
