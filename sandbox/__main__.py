"""`python -m sandbox --manifest app.yml` starts a workspace for any Slack app."""

import asyncio
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path

from sandbox.alone import CannotStart, run
from sandbox.options import add_options, wishes_of
from sandbox.server import Sandbox
from sandbox.welcome import places, words

DONE, WRONG_USAGE = 0, 2


def main(arguments: Sequence[str], variables: Mapping[str, str]) -> int:
    given = _parser().parse_args(arguments)

    def tell(sandbox: Sandbox) -> None:
        told = json.dumps(places(sandbox, variables)) if given.json else words(sandbox, variables)
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()

    try:
        asyncio.run(run(wishes_of(given, variables, manifest=given.manifest), tell))
    except CannotStart as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG_USAGE
    return DONE


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m sandbox",
        description="A Slack workspace on this machine, as strict as Slack.",
        epilog="Secrets are taken from SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN and SLACK_APP_TOKEN "
        "where these are set, and made up otherwise; SANDBOX_CONTROL_SECRET guards the page.",
    )
    parser.add_argument(
        "--manifest", type=Path, required=True, metavar="FILE", help="the app's manifest"
    )
    add_options(parser)
    parser.add_argument("--json", action="store_true", help="answer with one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
