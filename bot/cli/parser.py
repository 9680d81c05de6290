"""How a command line is taken apart, and how each command is added."""

from argparse import (
    Action,
    ArgumentParser,
    Namespace,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from collections.abc import Callable, Coroutine
from difflib import get_close_matches
from typing import Any, NoReturn, TypeAlias

from bot.answers import Answer
from bot.cli import words
from bot.settings import Settings

Handler: TypeAlias = Callable[[Namespace, Settings], Coroutine[None, None, Answer | None]]


class WrongUsage(Exception):
    """The command line cannot be understood."""


class Parser(ArgumentParser):
    """Raises where argparse would end the process, so that the answer can be JSON too.

    `prepare` adds options, once, when they are first asked for: its command is the one.
    """

    prepare: Callable[[ArgumentParser], None] | None = None

    def parse_known_args(self, *args: Any, **kwargs: Any) -> Any:
        prepare, self.prepare = self.prepare, None
        if prepare:
            prepare(self)
        return super().parse_known_args(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message.rstrip('.')}. See `{self.prog} --help`.")

    def _check_value(self, action: Action, value: Any) -> None:
        """Where argparse would list every command, the nearest one is named."""
        if isinstance(action, _SubParsersAction) and value not in action.choices:
            near = get_close_matches(value, list(action.choices), n=1)
            hint = f"; did you mean `{self.prog} {near[0]}`?" if near else "."
            raise WrongUsage(
                f"There is no command `{self.prog} {value}`{hint} See `{self.prog} --help`."
            )
        super()._check_value(action, value)


Group: TypeAlias = "_SubParsersAction[Parser]"


def group_of(commands: Group, name: str, help: str) -> Group:
    parser = commands.add_parser(
        name, help=help, description=f"{help[0].upper()}{help[1:]}.",
        epilog=f"See `tocsin {name} COMMAND --help` for an example of each command.",
    )  # fmt: skip
    return parser.add_subparsers(dest="subcommand", metavar="COMMAND", required=True)


def command(group: Group, name: str, handler: Handler, help: str, example: str) -> Parser:
    parser = group.add_parser(
        name, help=help, description=f"{help[0].upper()}{help[1:]}.",
        epilog=f"example:\n  {example}", formatter_class=RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", help="answer with one JSON object and nothing else"
    )
    parser.add_argument(
        "--organization", type=words.slug, default="default", metavar="SLUG",
        help="whose it is (default)",
    )  # fmt: skip
    parser.set_defaults(handler=handler)
    return parser
