"""`tocsin sandbox`: the sandbox alone, for Tocsin's manifest or for that of any Slack app."""

import os
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from bot.answers import Answer, say
from bot.demo_tour import TOUR
from bot.manifest import NoManifest, manifest_path
from bot.sandbox_unusable import SandboxUnusable
from bot.settings import Settings
from sandbox.alone import CannotStart, run
from sandbox.options import add_options, wishes_of
from sandbox.server import Sandbox
from sandbox.welcome import places, words

__all__ = ["add_options", "serve_sandbox"]


async def serve_sandbox(given: Namespace, settings: Settings) -> None:
    def tell(sandbox: Sandbox) -> None:
        ready = Answer(object=places(sandbox, os.environ), words=words(sandbox, os.environ))
        say(ready, as_json=given.json)

    manifest = given.manifest or _own_manifest()
    tour = () if given.manifest else TOUR
    try:
        wishes = wishes_of(given, os.environ, manifest=manifest, usual_port=settings.sandbox_port)
        await run(replace(wishes, tour=tour), tell)
    except CannotStart as problem:
        raise SandboxUnusable(str(problem)) from problem


def _own_manifest() -> Path:
    try:
        return manifest_path()
    except NoManifest as problem:
        raise SandboxUnusable(f"{problem} Or let --manifest name one.") from problem
