"""Commands that answer in the reader's language: their help, and what is wrong with a command line.

Help is written in English where a command is declared, and translated when it is printed.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from reportcard.cli.help import page
from reportcard.cli.usage import unexpected, unknown_command, wrong_usage

if TYPE_CHECKING:
    from typer._click import Context

Function = TypeVar("Function", bound=Callable[..., Any])


class Command(TyperCommand):
    """A command. Its `epilog` is its examples, one a line."""

    # What is left over is reported in the reader's language
    allow_extra_args = True

    def get_help(self, ctx: "Context") -> str:
        return page(self, ctx)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        try:
            rest = super().parse_args(ctx, args)
        except TyperException as error:
            raise wrong_usage(error, ctx) from error
        if rest:
            raise unexpected(rest, ctx)
        return rest


class CommandGroup(TyperGroup):
    """A command with commands below it; alone, it prints its help."""

    def get_help(self, ctx: "Context") -> str:
        return page(self, ctx)

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        if not args and self.no_args_is_help:
            typer.echo(self.get_help(ctx))
            ctx.exit()
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            raise wrong_usage(error, ctx) from error

    def resolve_command(
        self, ctx: "Context", args: list[str]
    ) -> "tuple[str | None, Any, list[str]]":
        if args[0] not in self.commands:
            raise unknown_command(args[0], tuple(self.commands), ctx)
        return super().resolve_command(ctx, args)


class Commands(typer.Typer):
    """Declares commands of these kinds."""

    def __init__(self, name: str, *, help: str, **settings: Any) -> None:
        super().__init__(
            name=name,
            cls=CommandGroup,
            help=help,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            # Colors of others are shown as what they are, not taken out: the program has none.
            context_settings={"help_option_names": ["-h", "--help"], "color": True},
            **settings,
        )

    def command(
        self,
        name: str | None = None,
        *,
        help: str | None = None,
        examples: Sequence[str] = (),
        **settings: Any,
    ) -> Callable[[Function], Function]:
        """Declares a command. The first line of its help is what a list of commands prints, in at
        most 60 signs; its examples are command lines.
        """
        return super().command(name, cls=Command, help=help, epilog="\n".join(examples), **settings)
