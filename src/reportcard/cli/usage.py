"""What is wrong with a command line, in the reader's language: the parser's own words are English
alone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from reportcard.cli.help import bare_name, choices_of
from reportcard.errors import ExitCode, ReportCardError
from reportcard.messages.message import Message, message

if TYPE_CHECKING:
    from typer._click import Context

#: No more letters of what was typed are repeated.
_LONGEST: Final = 80


def wrong_usage(error: Any, context: "Context") -> ReportCardError:
    """The fault that the parser found, by the kind of its exception."""
    kinds = {
        "NoSuchOption": _unknown_option,
        "MissingParameter": _missing,
        "BadOptionUsage": _option_without_value,
        "BadParameter": _wrong_value,
    }
    kind = kinds.get(type(error).__name__)
    if kind and (kind is not _wrong_value or hasattr(error.__cause__, "errors")):
        return kind(error, context)
    fault = message("invalid command line: {reason}", reason=error.format_message())
    return _fault(fault, _see(context))


def unknown_command(name: str, known: Sequence[str], context: "Context") -> ReportCardError:
    """A command that does not exist."""
    import difflib

    fault = message('unknown command "{name}".', name=name[:_LONGEST])
    return _fault(fault, _see(context, difflib.get_close_matches(name, known)))


def unexpected(words: Sequence[str], context: "Context") -> ReportCardError:
    """Arguments after the last that a command takes."""
    fault = message(
        'unexpected argument "{words}".',
        'unexpected arguments "{words}".',
        words=" ".join(words)[:_LONGEST],
        n=len(words),
    )
    return _fault(fault, _see(context))


def _unknown_option(error: Any, context: "Context") -> ReportCardError:
    fault = message("unknown option {name}.", name=error.option_name[:_LONGEST])
    return _fault(fault, _see(context, error.possibilities or ()))


def _missing(error: Any, context: "Context") -> ReportCardError:
    return _fault(message("{name} is missing.", name=_name(error.param)), _see(context))


def _option_without_value(error: Any, context: "Context") -> ReportCardError:
    """An option that needs a value and has none, or has one and takes none."""
    name = error.option_name
    takes_value = next(
        not getattr(one, "is_flag", False)
        for one in context.command.get_params(context)
        if name in (*one.opts, *one.secondary_opts)
    )
    fault = (
        message("{name} requires a value.", name=name)
        if takes_value
        else message("{name} does not take a value.", name=name)
    )
    return _fault(fault, _see(context))


def _wrong_value(error: Any, context: "Context") -> ReportCardError:
    """A value that a parameter does not take; the parser knows it by pydantic's exception."""
    parameter, command = error.param, _help_of(context)
    choices = choices_of(parameter)
    (first, *_) = error.__cause__.errors()
    typed = first["input"] if isinstance(first["input"], list | tuple) else (first["input"],)
    value = next((one for one in typed if one not in choices), typed[0])
    fault = message(
        'invalid value "{value}" for {name}.', name=_name(parameter), value=str(value)[:_LONGEST]
    )
    if choices:
        advice = message("Use one of: {values}. See {command}.", values=choices, command=command)
    elif parameter.min is not None:
        advice = message(
            "Use a whole number from {low} to {high}. See {command}.",
            low=parameter.min,
            high=parameter.max,
            command=command,
        )
    else:
        advice = _see(context)
    return _fault(fault, advice)


def _name(parameter: Any) -> str:
    """An option as it is typed, an argument as the help names it."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return bare_name(parameter)


def _see(context: "Context", near: Sequence[str] = ()) -> Message:
    command = _help_of(context)
    if near:
        return message("Did you mean {near}? See {command}.", near=tuple(near), command=command)
    return message("See {command}.", command=command)


def _help_of(context: "Context") -> str:
    return f"{context.command_path} --help"


def _fault(fault: Message, advice: Message) -> ReportCardError:
    return ReportCardError(fault, code=ExitCode.USAGE, advice=advice)
