"""How fast `/incident …` is answered while many type at once, at an incident well under way.

What only reads is asked again and again; what writes adds to the same incident each time, so that
its timeline and its tasks grow long.
"""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench import requests
from bench.load import Load, Request, run
from bench.report import latency
from bench.servers import Server, bare, tocsin
from sandbox.facts.findings import FINDINGS
from sandbox.server import Sandbox

MANIFEST = Path(__file__).parents[1] / "manifest.yml"
ACK_LIMIT = 300.0
"""Milliseconds in which 99 of 100 are answered; Slack gives up after 3,000."""

PEOPLE = 32
COMMANDS = (
    "declare Drill {round}-{{n}} sev4",
    "show INC-1",
    "list",
    "role scribe me INC-1",
    "note INC-1 Looked at the pool, round {round}, number {{n}}",
    "task INC-1 Look at the pool {round}-{{n}} due in 2h",
    "tasks INC-1",
    "timeline INC-1",
)

Alternate = Callable[
    [Callable[[int, int], Awaitable[Load]], Server, Server, int],
    Awaitable[tuple[list[Load], list[Load]]],
]


async def slash(settings: dict[str, str], seconds: float, rounds: int, by: Alternate) -> None:
    """A line per command; the bare handler answers the same requests without looking at them."""
    async with Sandbox(manifest=MANIFEST) as workspace:
        # Under load anything may happen; what is measured here is how fast.
        workspace.allows(*FINDINGS)
        people = [await workspace.person(name).id() for name in ("alice", "bob")]
        general = (await workspace.channel_named("general")).id
        settings = settings | {
            "SLACK_API_URL": workspace.api_url,
            "SLACK_BOT_TOKEN": workspace.bot_token,
            "SLACK_SIGNING_SECRET": workspace.signing_secret,
        }
        commands = requests.SlashCommands(
            secret=workspace.signing_secret, team=workspace.world.workspace.team.id,
            people=people, channel=general,
        )  # fmt: skip
        async with tocsin(settings) as ours, bare() as theirs:
            first = commands.say("declare The first sev3")
            await run(ours.port, first, connections=1, seconds=10, most=1)
            for text in COMMANDS:
                loads = await by(_round(commands, text, seconds), ours, theirs, rounds)
                name = " ".join(word for word in text.split() if "{" not in word)[:24]
                print(latency(f"/incident {name}, {PEOPLE} at once", ACK_LIMIT, *loads))


def _round(
    commands: requests.SlashCommands, text: str, seconds: float
) -> Callable[[int, int], Awaitable[Load]]:
    async def load(port: int, number: int) -> Load:
        request: Request = commands.say(text.format(round=number or time.monotonic_ns()))
        return await run(port, request, connections=PEOPLE, seconds=seconds)

    return load
