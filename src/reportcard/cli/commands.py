"""Commands that answer in the reader's language: their help, and what is wrong with a command line.

Help is written in English where a command is declared, and translated when it is printed. The
program's own commands are imported when they are needed, by their names in `cli.contents`.
"""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from reportcard.cli.contents import COMMANDS
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


class Program(CommandGroup):
    """The program: its commands are those of `cli.contents`."""

    def __init__(self, *, commands: dict[str, Any], **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = CommandList(commands)


class CommandList(MutableMapping[str, Any]):
    """The program's commands by name, each imported when somebody takes it."""

    def __init__(self, taken: dict[str, Any]) -> None:
        """`taken` are those that are imported already."""
        self.taken = taken

    def __getitem__(self, name: str) -> Any:
        if name not in self.taken:
            module, _ = COMMANDS[name]
            import_module(f"{__package__}.{module}")
            # What is imported is declared to the program, which is then put together anew
            made: Any = typer.main.get_command(import_module(f"{__package__}.app").app)
            self.taken.update(made.commands.taken)
        return self.taken[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self.taken[name] = command

    def __delitem__(self, name: str) -> None:
        del self.taken[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Commands(typer.Typer):
    """Declares commands of these kinds."""

    def __init__(
        self,
        name: str,
        *,
        help: str = "",
        cls: type[CommandGroup] = CommandGroup,
        **settings: Any,
    ) -> None:
        super().__init__(
            name=name,
            cls=cls,
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
        """Declares a command. Its examples are command lines. The help of one of the program's own
        begins with its line in `cli.contents`; of another, the first line is what lists print, in
        at most 60 signs.
        """
        # Without help, typer would print the function's docstring
        return super().command(
            name, cls=Command, help=help or "", epilog="\n".join(examples), **settings
        )
