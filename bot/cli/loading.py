"""Commands that are loaded when they are called, so that the bot starts without them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from importlib import import_module

from bot.answers import Answer
from bot.cli.parser import Handler
from bot.settings import Settings


def later(module: str, name: str) -> Handler:
    """The handler of that name in the module."""

    async def handler(given: Namespace, settings: Settings) -> Answer | None:
        called: Handler = getattr(import_module(module), name)
        return await called(given, settings)

    return handler


def options_later(module: str) -> Callable[[ArgumentParser], None]:
    """What the module's own `add_options` adds."""

    def prepare(parser: ArgumentParser) -> None:
        import_module(module).add_options(parser)

    return prepare
