"""Driving a sandbox over its control API: the class that tests read as a conversation."""

from types import TracebackType
from typing import Any, Self

from sandbox.conversation.control import ControlClient
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.expecting import Expectations
from sandbox.json_types import Json


class SandboxClient:
    """A sandbox at some URL, in this process or in another one.

    Leaving the `async with` raises `UnexpectedFindings` when the referee found something since that
    was not announced with `expects`, or did not find what was.
    """

    def __init__(self, url: str, control_secret: str = "") -> None:
        self.control = ControlClient(url, control_secret)
        self.expectations = Expectations()
        self._since = 0

    def expects(self, *codes: str) -> None:
        """Announce findings that this test causes on purpose."""
        self.expectations.expect(*codes)

    def allows(self, *codes: str) -> None:
        """Announce findings that may come or not."""
        self.expectations.allow(*codes)

    @property
    def url(self) -> str:
        return self.control.url

    @property
    def api_url(self) -> str:
        """The `base_url` of Slack's own clients."""
        return f"{self.url}/api/"

    async def open(self) -> None:
        await self.control.open()

    async def close(self) -> None:
        await self.control.close()

    async def __aenter__(self) -> Self:
        await self.open()
        self._since = (await self.control.get("findings"))["last"]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        found = {} if error else await self.control.get("findings", after=str(self._since))
        await self.close()
        if error is None:
            self.expectations.judge(found["findings"])

    def person(self, name: str) -> Person:
        return Person(self.control, name)

    async def channels(self) -> list[Room]:
        state = await self.control.get("state")
        return [Room(self.control, wire) for wire in state["channels"]]

    async def channel_named(self, prefix: str, patience: float | None = None) -> Room:
        """Wait for a channel of this name, or the newest one whose name begins like this."""
        wanted = prefix.removeprefix("#")

        async def look() -> Room | None:
            rooms = await self.channels()
            exact = [room for room in rooms if room.name == wanted]
            similar = [room for room in rooms if wanted and room.name.startswith(wanted)]
            found = exact or similar
            return found[-1] if found else None

        async def seen() -> list[str]:
            return [f"#{room.name}" for room in await self.channels()]

        return await self.control.wait_for(look, f"A channel {prefix!r}", patience, seen)

    async def journal(self, kind: str = "", after: int = 0) -> list[Json]:
        """Entries of one kind, or all: delivery, ack, api_call, finding."""
        query = {"after": str(after)} | ({"kind": kind} if kind else {})
        return list((await self.control.get("journal", **query))["entries"])

    async def findings(self) -> list[Json]:
        """What the referee whistled at."""
        return await self.journal("finding")

    async def calls(self, method: str) -> list[Json]:
        """The Web API calls of one method."""
        return [call for call in await self.journal("api_call") if call["method"] == method]

    async def call_of(self, method: str, patience: float | None = None) -> Json:
        """Wait until the app has called a method; the newest call."""

        async def look() -> Json | None:
            calls = await self.calls(method)
            return calls[-1] if calls else None

        return await self.control.wait_for(look, f"A call of {method}", patience)

    async def settled(self, patience: float | None = None) -> None:
        """Wait until every delivery has its ack.

        That includes what a fault holds back (`delay`, `reorder`): on a virtual clock, push it.
        The next attempt of an event that failed is not waited for.
        """

        async def look() -> bool | None:
            return True if (await self.control.get("state"))["pending"] == 0 else None

        await self.control.wait_for(look, "An end of all deliveries", patience)

    async def connected(self, sockets: int = 1, patience: float | None = None) -> None:
        """Wait until the app has opened this many sockets."""

        async def look() -> bool | None:
            opened = (await self.control.get("transport"))["sockets"]
            return True if len(opened) >= sockets else None

        await self.control.wait_for(look, f"A connection with {sockets} sockets", patience)

    async def fault(self, target: str, kind: str, **rule: Any) -> None:
        """Let something go wrong: `fault("chat.postMessage", "lost_reply", nth=2)`."""
        await self.control.post("faults", [{"target": target, "kind": kind, **rule}])

    async def clear_faults(self) -> None:
        await self.control.delete("faults")

    async def settings(self, **settings: Any) -> None:
        await self.control.post("settings", settings)

    async def token(self, kind: str = "bot", **changes: Any) -> None:
        """Change a token: `token("bot", state="expired")`, `token("user", scopes=[...])`."""
        await self.control.post("tokens", {"kind": kind, **changes})

    async def advance(self, seconds: float) -> None:
        """Push the sandbox's clock forward."""
        await self.control.post("clock/advance", {"seconds": seconds})

    async def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        await self.control.post("sockets/disconnect", {"reason": reason})

    async def reads_log(self, text: str, name: str = "the app") -> None:
        """Show the referee the log of an app in another process; it looks for secrets."""
        await self.control.post("log", {"name": name, "text": text})

    async def snapshot(self) -> Json:
        return await self.control.get("snapshot")

    async def restore(self, snapshot: Json) -> None:
        await self.control.post("restore", snapshot)

    async def reset(self) -> None:
        await self.control.post("reset", {})
        self.control.places.clear()
