"""What is read of an incident carries its version, which is a condition of changing it."""

import pytest
from aiohttp import ClientResponse

from tests.integration.api.checks.incident_io import Ground
from tests.integration.api.doors import bearer
from tests.integration.api.responding.declared import V1, declared

PARTS = ("roles", "members", "related", "reminders", "timeline", "messages", "comments")
CHANGES = [
    ("PATCH", "roles", {"roles": [{"role_id": "role_scribe", "user": "Bob Baker"}]}),
    ("PATCH", "members", {"add": ["Bob Baker"]}),
    ("POST", "reminders/put-off", {"reminder": "update", "minutes": 60}),
]


async def _asked(
    api: Ground, method: str, path: str, wish: object = None, tag: str = "*"
) -> ClientResponse:
    headers = bearer(api.key) | ({"If-Match": tag} if method != "GET" else {})
    return await api.client.request(method, path, json=wish, headers=headers)


@pytest.mark.parametrize("part", PARTS)
async def test_what_was_read_of_it_is_a_condition_of_a_change(api: Ground, part: str) -> None:
    incident = await declared(api)
    path = f"{V1}/{incident.id}"
    tag = (await _asked(api, "GET", f"{path}/{part}")).headers["ETag"]

    held = await _asked(api, "PATCH", path, {"title": "Checkout is down"}, tag)
    overtaken = await _asked(api, "PATCH", path, {"title": "Checkout is slow"}, tag)

    assert (held.status, overtaken.status) == (200, 412)


@pytest.mark.parametrize(("method", "part", "wish"), CHANGES)
async def test_a_change_answers_with_the_version_that_it_made(
    api: Ground, method: str, part: str, wish: object
) -> None:
    incident = await declared(api)
    path = f"{V1}/{incident.id}"

    changed = await _asked(api, method, f"{path}/{part}", wish)

    tag, read = changed.headers.get("ETag", ""), await _asked(api, "GET", path)
    assert changed.status == 200
    assert tag.partition("-")[0] == read.headers["ETag"].partition("-")[0]


@pytest.mark.parametrize("part", PARTS)
async def test_what_was_read_of_it_is_not_sent_again(api: Ground, part: str) -> None:
    incident = await declared(api)
    path = f"{V1}/{incident.id}/{part}"
    first = await _asked(api, "GET", path)
    headers = bearer(api.key) | {"If-None-Match": first.headers["ETag"]}

    again = await api.client.get(path, headers=headers)

    assert (first.status, again.status) == (200, 304)
