"""What a form for faults is built from, and which rules are refused for how the app is reached."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.errors import Refusal
from sandbox.faults.announcing import announced
from sandbox.faults.checking import read_rule
from sandbox.faults.kinds import KINDS
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.socket_app import SocketApp

ANNOUNCED = announced()
BY_KIND: dict[str, Json] = {one["kind"]: one for one in ANNOUNCED["fault_kinds"]}
OVER_HTTP = sorted(name for name, one in BY_KIND.items() if one["transport"] == "http")
OVER_SOCKETS = sorted(name for name, one in BY_KIND.items() if one["transport"] == "socket")


@pytest.fixture
async def over_sockets() -> AsyncIterator[Sandbox]:
    async with Sandbox(manifest(socket_mode=True), clock=Clock("virtual")) as sandbox:
        yield sandbox


def targets(kind: str) -> list[str]:
    """What a form offers for this kind."""
    one = BY_KIND[kind]
    places = [name for place in one["places"] for name in ANNOUNCED["fault_targets"][place]]
    return one["only"] or places


def in_full(kind: str) -> Json:
    """Every field a form shows for this kind, as it stands there in the beginning."""
    fields = [*BY_KIND[kind]["reads"], *ANNOUNCED["fault_fields"]]
    return {"kind": kind} | {field["name"]: field["default"] for field in fields}


def test_every_kind_is_announced_with_a_sentence() -> None:
    assert list(BY_KIND) == list(KINDS)
    for one in BY_KIND.values():
        assert one["does"][0].isupper()
        assert one["does"].endswith(".")
    assert len({one["does"] for one in BY_KIND.values()}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_target_that_is_offered_for_a_kind_is_taken(kind: str) -> None:
    offered = targets(kind)

    assert offered
    for target in offered:
        read_rule(in_full(kind) | {"target": target})


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_and_every_bound_of_a_field_is_taken(kind: str) -> None:
    start = in_full(kind) | {"target": targets(kind)[0]}
    for field in [*BY_KIND[kind]["reads"], *ANNOUNCED["fault_fields"]]:
        bounds = [field[name] for name in ("least", "most") if field[name] is not None]
        if field["type"] == "whole":
            bounds = [int(bound) for bound in bounds]
        for value in (field["default"], *field["choices"], *bounds):
            read_rule(start | {field["name"]: value})


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
@pytest.mark.parametrize("name", ["to_second", "from_second", "probability", "seconds"])
def test_no_field_is_beyond_all_numbers(name: str, value: float) -> None:
    with pytest.raises(Refusal, match=f"`{name}` of a fault must be a number"):
        read_rule({"target": "*", "kind": "slow", name: value})


async def test_the_panel_hands_out_what_a_form_for_faults_needs(sandbox: Sandbox) -> None:
    panel = await sandbox.control.get("panel")

    assert {name: panel[name] for name in ANNOUNCED} == ANNOUNCED


async def test_the_rules_in_force_are_listed_as_they_were_given(sandbox: Sandbox) -> None:
    await sandbox.fault("chat.*", "slow", seconds=2.5, nth=3)
    await sandbox.fault("delivery:event", "duplicate", times=0)

    listed = (await sandbox.control.get("faults"))["faults"]

    assert listed == (await sandbox.control.get("panel"))["faults"]
    shown = [(one["id"], one["target"], one["kind"], one["nth"], one["times"]) for one in listed]
    assert shown == [
        ("R1", "chat.*", "slow", 3, 1),
        ("R2", "delivery:event", "duplicate", 1, 0),
    ]
    assert (listed[0]["seconds"], listed[0]["seen"], listed[0]["fired"]) == (2.5, 0, 0)


@pytest.mark.parametrize("kind", OVER_HTTP)
async def test_a_fault_of_requests_is_refused_for_an_app_with_sockets(
    over_sockets: Sandbox, kind: str
) -> None:
    with pytest.raises(SandboxRefused, match="over HTTP only, and the setting socket_mode is true"):
        await over_sockets.fault(targets(kind)[0], kind)


@pytest.mark.parametrize("kind", OVER_SOCKETS)
async def test_a_fault_of_sockets_is_refused_for_an_app_with_requests(
    sandbox: Sandbox, kind: str
) -> None:
    with pytest.raises(SandboxRefused, match="over sockets only, and the setting"):
        await sandbox.fault(targets(kind)[0], kind)


@pytest.mark.parametrize(
    ("kind", "rule"), [("bad_signature", {}), ("clock_skew", {"seconds": 400})]
)
async def test_a_fault_of_requests_waits_while_the_app_has_sockets(
    sandbox: Sandbox, alice: Person, kind: str, rule: dict[str, Any]
) -> None:
    await sandbox.fault("delivery:command", kind, **rule)
    await sandbox.settings(socket_mode=True)
    async with SocketApp(sandbox):
        await alice.types("#general", "/hello")

    (listed,) = (await sandbox.control.get("faults"))["faults"]
    assert (listed["seen"], listed["fired"]) == (0, 0)


async def test_a_fault_of_envelopes_waits_while_the_app_has_requests(
    over_sockets: Sandbox,
) -> None:
    app = ListeningApp()
    await app.start()
    over_sockets.app_url = app.url
    await over_sockets.fault("delivery:command", "same_envelope")
    await over_sockets.settings(socket_mode=False)
    try:
        await over_sockets.person("alice").types("#general", "/hello")
        await over_sockets.settled()
    finally:
        await app.stop()

    assert len(app.heard("command")) == 1
    (listed,) = (await over_sockets.control.get("faults"))["faults"]
    assert listed["fired"] == 0
