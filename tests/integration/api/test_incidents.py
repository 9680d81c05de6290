"""`/api/v1/incidents`: the documented requests of Overwatch and Observer."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AddService, AddUser
from core.domain.account import Dialect, Role
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Client, api_key, bearer, json_of

REDIS = {
    "title": "Redis cluster failover in us-east-1",
    "severity": "critical",
    "description": "Primary Redis node became unreachable at 14:32 UTC.",
}


async def create(client: Client, key: str, **wish: Any) -> Any:
    """The object as answered; `REDIS` but for `wish`."""
    response = await client.post("/api/v1/incidents", json=REDIS | wish, headers=bearer(key))
    body = await json_of(response)
    assert response.status in {200, 201}, body
    return body


async def edit(client: Client, key: str, id: str, **wish: Any) -> Any:
    response = await client.patch(f"/api/v1/incidents/{id}", json=wish, headers=bearer(key))
    body = await json_of(response)
    assert response.status == 200, body
    return body


async def listed(client: Client, key: str, query: str = "") -> Any:
    response = await client.get(f"/api/v1/incidents{query}", headers=bearer(key))
    body = await json_of(response)
    assert response.status == 200, body
    return body


async def test_the_documented_creation_answers_the_new_incident(
    client: Client, bus: CommandBus, organization_id: OrganizationId, alice: Caller
) -> None:
    key = await api_key(
        bus, organization_id, dialect=Dialect.OVERWATCH, created_by=alice.actor.user_id
    )

    response = await client.post("/api/v1/incidents", json=REDIS, headers=bearer(key))

    made = await json_of(response)
    assert response.status == 201
    assert {name: made[name] for name in REDIS} == REDIS
    assert made["status"] == "active"
    assert made["created_by"] == alice.actor.user_id
    assert made["created_at"] == "2030-01-01T12:00:00.000Z"


async def test_a_new_incident_is_first_in_the_list_and_can_be_read(
    client: Client, clock: FakeClock, overwatch: str
) -> None:
    await create(client, overwatch, title="An older one")
    clock.advance(seconds=1)
    made = await create(client, overwatch)

    page = await listed(client, overwatch)
    read = await client.get(f"/api/v1/incidents/{made['id']}", headers=bearer(overwatch))

    assert page["data"][0]["id"] == made["id"]
    assert await json_of(read) == made


async def test_one_incident_answers_in_both_envelopes(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch)

    assert made["meta"] == {"total": 1, "page": 1}
    assert made["data"] == {
        name: value for name, value in made.items() if name not in ("data", "meta")
    }


@pytest.mark.parametrize("name", ["INC-1", "inc-1"])
async def test_an_incident_is_found_by_what_people_call_it(
    client: Client, overwatch: str, name: str
) -> None:
    made = await create(client, overwatch)

    read = await client.get(f"/api/v1/incidents/{name}", headers=bearer(overwatch))

    assert (await json_of(read))["id"] == made["id"]


async def test_the_list_has_both_envelopes(client: Client, overwatch: str) -> None:
    await create(client, overwatch)

    page = await listed(client, overwatch)

    assert page["items"] == page["data"]
    assert page["meta"] == {"total": 1, "limit": 25, "offset": 0, "page": 1}
    assert page["next_cursor"] is None


async def test_the_documented_list_request(
    client: Client, bus: CommandBus, organization_id: OrganizationId, overwatch: str, alice: Caller
) -> None:
    assigned = await create(client, overwatch, severity="high", assignee="alice@example.com")
    unassigned = await create(client, overwatch, severity="high")
    await create(client, overwatch, severity="low")

    page = await listed(client, overwatch, "?status=active&severity=high&limit=25")

    assert page["meta"] == {"total": 2, "limit": 25, "offset": 0, "page": 1}
    assert {line["id"]: line["assignee"] for line in page["data"]} == {
        assigned["id"]: "Alice Archer",
        unassigned["id"]: None,
    }
    assert {(line["severity"], line["status"]) for line in page["data"]} == {("high", "active")}


async def test_filters_combine(client: Client, overwatch: str) -> None:
    await create(client, overwatch, title="low one", severity="low")
    gone = await create(client, overwatch, title="gone", severity="high")
    await edit(client, overwatch, gone["id"], status="resolved")
    await create(client, overwatch, title="wanted", severity="high")
    await create(client, overwatch, title="wanted too", severity="critical")

    page = await listed(client, overwatch, "?status=active&severity=high,CRITICAL")

    assert {line["title"] for line in page["data"]} == {"wanted", "wanted too"}


@pytest.mark.parametrize("parameter", ["search", "q"])
async def test_search_looks_at_title_and_description(
    client: Client, overwatch: str, parameter: str
) -> None:
    await create(client, overwatch, title="Checkout", description="500s everywhere")
    await create(client, overwatch, title="Search", description="slow checkout index")
    await create(client, overwatch, title="Login", description="certificates")

    page = await listed(client, overwatch, f"?{parameter}=CHECKOUT")

    assert {line["title"] for line in page["data"]} == {"Checkout", "Search"}


async def test_pages_by_offset_page_and_cursor_agree(
    client: Client, clock: FakeClock, overwatch: str
) -> None:
    for title in ("first", "second", "third"):
        clock.advance(seconds=1)
        await create(client, overwatch, title=title)
    first = await listed(client, overwatch, "?limit=1")

    by_offset = await listed(client, overwatch, "?limit=1&offset=1")
    by_page = await listed(client, overwatch, "?limit=1&page=2")
    by_cursor = await listed(client, overwatch, f"?limit=1&cursor={first['next_cursor']}")
    beyond = await listed(client, overwatch, "?limit=1&offset=9")

    assert [line["title"] for line in first["data"]] == ["third"]
    pages = (by_offset, by_page, by_cursor)
    assert [[line["title"] for line in page["data"]] for page in pages] == [["second"]] * 3
    assert {page["meta"]["total"] for page in (first, *pages, beyond)} == {3}
    assert by_page["meta"]["page"] == by_offset["meta"]["page"] == 2
    assert beyond["data"] == []


async def test_following_the_cursor_ends(client: Client, overwatch: str) -> None:
    made = {(await create(client, overwatch, title=f"No {n}"))["id"] for n in range(5)}
    seen: list[str] = []
    query = "?limit=2"

    while query:
        page = await listed(client, overwatch, query)
        seen += [line["id"] for line in page["data"]]
        query = f"?limit=2&cursor={page['next_cursor']}" if page["next_cursor"] else ""

    assert len(seen) == 5
    assert set(seen) == made


async def test_a_page_has_at_most_200(client: Client, overwatch: str) -> None:
    page = await listed(client, overwatch, "?limit=5000")

    assert page["meta"]["limit"] == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=many", "limit"),
        ("limit=-1", "limit"),
        ("offset=1e3", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("page=x", "page"),
        ("cursor=!!", "cursor"),
        ("cursor=MjAzMC0wMS0wMSBpbmNfMQ", "cursor"),
        ("status=banana", "status"),
        ("state=banana", "state"),
        ("severity=high,banana", "severity"),
        ("search=%00", "search"),
        ("since=2030-01-01", "since"),
    ],
)
async def test_a_query_that_means_nothing_names_its_parameter(
    client: Client, overwatch: str, query: str, field: str
) -> None:
    response = await client.get(f"/api/v1/incidents?{query}", headers=bearer(overwatch))

    body = await json_of(response)
    assert response.status == 422
    assert body["errors"][0]["source"]["field"] == field


async def test_an_unknown_parameter_is_ignored(client: Client, overwatch: str) -> None:
    assert (await listed(client, overwatch, "?flavour=mint"))["meta"]["total"] == 0


async def test_a_page_is_never_older_than_the_last_change(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch)
    before = await listed(client, overwatch)

    await edit(client, overwatch, made["id"], title="Renamed")
    after = await listed(client, overwatch)

    assert [before["data"][0]["title"], after["data"][0]["title"]] == [REDIS["title"], "Renamed"]


async def test_an_encoded_ampersand_is_not_another_parameter(
    client: Client, overwatch: str
) -> None:
    await create(client, overwatch, title="a")
    await create(client, overwatch, title="a&limit=1")

    by_parameters = await listed(client, overwatch, "?search=a&limit=1")
    by_text = await listed(client, overwatch, "?search=a%26limit=1")

    assert [page["meta"]["limit"] for page in (by_parameters, by_text)] == [1, 25]
    assert [page["meta"]["total"] for page in (by_parameters, by_text)] == [2, 1]


async def test_resolving_takes_it_from_the_active_ones(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch)

    resolved = await edit(client, overwatch, made["id"], status="Resolved")

    active = await listed(client, overwatch, "?status=active")
    assert resolved["status"] == "resolved"
    assert resolved["resolved_at"] is not None
    assert active["data"] == []


async def test_a_patch_changes_what_it_names_and_nothing_else(
    client: Client, overwatch: str
) -> None:
    made = await create(client, overwatch)

    changed = await edit(client, overwatch, made["id"], title="Redis is back", severity="low")

    assert (changed["title"], changed["severity"]) == ("Redis is back", "low")
    assert (changed["description"], changed["status"]) == (REDIS["description"], "active")


async def test_an_empty_patch_changes_nothing(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch)

    assert await edit(client, overwatch, made["id"]) == made


async def test_a_patch_is_all_or_nothing(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch)
    wish = {"title": "Renamed", "status": "banana"}

    response = await client.patch(
        f"/api/v1/incidents/{made['id']}", json=wish, headers=bearer(overwatch)
    )

    body = await json_of(response)
    read = await client.get(f"/api/v1/incidents/{made['id']}", headers=bearer(overwatch))
    assert response.status == 422
    assert body["errors"][0]["source"]["field"] == "status"
    assert await json_of(read) == made


async def test_an_empty_postmortem_link_clears_it_and_null_leaves_it(
    client: Client, overwatch: str
) -> None:
    made, link = await create(client, overwatch), "https://wiki.example.com/redis"
    await edit(client, overwatch, made["id"], postmortem_url=link)

    kept = await edit(client, overwatch, made["id"], postmortem_url=None)
    cleared = await edit(client, overwatch, made["id"], postmortem_url="")

    assert (kept["postmortem_url"], cleared["postmortem_url"]) == (link, None)


async def test_a_status_and_a_state_that_contradict_each_other_are_refused(
    client: Client, overwatch: str
) -> None:
    made = await create(client, overwatch)
    wish = {"status": "resolved", "state": "published"}

    response = await client.patch(
        f"/api/v1/incidents/{made['id']}", json=wish, headers=bearer(overwatch)
    )

    body = await json_of(response)
    assert (response.status, body["errors"][0]["source"]["field"]) == (422, "state")
    shown = await listed(client, overwatch, "?status=active")
    assert [one["id"] for one in shown["data"]] == [made["id"]]


@pytest.mark.parametrize("status", ["active", "acknowledged", "resolved", "closed", "canceled"])
async def test_what_was_read_may_be_sent_back_whole(
    client: Client, overwatch: str, status: str
) -> None:
    made = await create(client, overwatch)
    way = {"closed": ["resolved", "closed"], "active": []}.get(status, [status])
    for step in way:
        await edit(client, overwatch, made["id"], status=step)
    read = await client.get(f"/api/v1/incidents/{made['id']}", headers=bearer(overwatch))
    whole = {**(await json_of(read))["data"], "title": "Other"}

    changed = await client.put(
        f"/api/v1/incidents/{made['id']}", json=whole, headers=bearer(overwatch)
    )

    body = await json_of(changed)
    assert (body["title"], body["status"]) == ("Other", whole["status"])


async def test_a_list_of_words_may_have_brackets(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch)
    await create(client, overwatch)
    await edit(client, overwatch, made["id"], status="resolved")

    page = await listed(client, overwatch, "?status[]=resolved")

    assert [one["id"] for one in page["data"]] == [made["id"]]


async def test_a_move_that_is_not_possible_is_a_conflict(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch)
    wish = {"status": "closed"}

    response = await client.patch(
        f"/api/v1/incidents/{made['id']}", json=wish, headers=bearer(overwatch)
    )

    assert response.status == 409
    assert (await json_of(response))["type"] == "conflict"


async def test_a_broad_word_leaves_an_incident_that_it_fits_as_it_is(
    client: Client, overwatch: str
) -> None:
    made = await create(client, overwatch)
    acknowledged = await edit(client, overwatch, made["id"], status="in_progress")

    again = await edit(client, overwatch, made["id"], status="active")

    assert acknowledged["acknowledged_at"] is not None
    assert again == acknowledged


async def test_an_assignee_is_given_and_taken(
    client: Client, overwatch: str, alice: Caller
) -> None:
    made = await create(client, overwatch)

    given = await edit(client, overwatch, made["id"], assignee="Alice Archer")
    kept = await edit(client, overwatch, made["id"], title="Renamed")
    taken = await edit(client, overwatch, made["id"], assignee=None)

    assert [one["assignee"] for one in (given, kept, taken)] == [
        "Alice Archer",
        "Alice Archer",
        None,
    ]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"title": None}, "title"),
        ({"title": ""}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"title": 7}, "title"),
        ({"severity": "banana"}, "severity"),
        ({"severity": None}, "severity"),
        ({"description": "x" * 10_001}, "description"),
        ({"affected_services": ["svc_nope"]}, "affected_services"),
        ({"affected_services": ["svc"] * 101}, "affected_services"),
        ({"affected_services": "svc"}, "affected_services"),
        ({"assignee": "nobody"}, "assignee"),
        ({"publish": "perhaps"}, "publish"),
        ({"initial_message": {"type": "Fixing", "description": "x"}}, "initial_message.type"),
        ({"initial_message": {"type": "Resolved"}}, "initial_message.description"),
    ],
)
async def test_a_wish_that_cannot_be_granted_names_its_field(
    client: Client, store: FakeStore, overwatch: str, wish: dict[str, Any], field: str
) -> None:
    response = await client.post("/api/v1/incidents", json=REDIS | wish, headers=bearer(overwatch))

    body = await json_of(response)
    assert response.status == 422
    assert body["errors"][0]["source"]["field"] == field
    assert (await listed(client, overwatch))["meta"]["total"] == 0


async def test_unknown_fields_are_ignored(client: Client, overwatch: str) -> None:
    made = await create(client, overwatch, tags=["redis"], flavour="mint")

    assert "flavour" not in made


@pytest.mark.parametrize(
    ("given", "overwatch_reads", "observer_reads"),
    [
        ("Critical", "critical", "critical"),
        ("sev1", "critical", "critical"),
        ("major", "high", "major"),
        ("high", "high", "major"),
        ("medium", "medium", "minor"),
        ("minor", "low", "minor"),
        ("low", "low", "minor"),
    ],
)
async def test_each_dialect_reads_a_severity_in_its_own_words(
    client: Client,
    neutral: str,
    overwatch: str,
    observer: str,
    given: str,
    overwatch_reads: str,
    observer_reads: str,
) -> None:
    made = await create(client, neutral, severity=given)

    words = [(await listed(client, key))["data"][0]["severity"] for key in (overwatch, observer)]

    assert made["severity"] == given.lower()
    assert words == [overwatch_reads, observer_reads]


async def test_observer_finds_under_minor_all_that_it_sees_as_minor(
    client: Client, neutral: str, observer: str
) -> None:
    for severity in ("critical", "high", "medium", "low"):
        await create(client, neutral, severity=severity)

    page = await listed(client, observer, "?severity=minor")

    assert page["meta"]["total"] == 2


async def test_observers_incident_is_a_draft_unless_it_says_otherwise(
    client: Client, observer: str, overwatch: str
) -> None:
    draft = await create(client, observer)
    published = await create(client, observer, publish=True)
    drafted = await create(client, overwatch, publish=False)

    active = await listed(client, overwatch, "?status=active")

    assert [one["state"] for one in (draft, published, drafted)] == ["draft", "published", "draft"]
    assert [line["id"] for line in active["data"]] == [published["id"]]


async def test_a_draft_is_published_by_a_patch(client: Client, observer: str) -> None:
    draft = await create(client, observer)

    published = await edit(client, observer, draft["id"], state="published")

    assert (draft["published_at"], published["state"]) == (None, "published")
    assert published["published_at"] == "2030-01-01T12:00:00.000Z"


async def test_observer_is_answered_200_and_the_others_201(
    client: Client, neutral: str, overwatch: str, observer: str
) -> None:
    statuses = [
        (await client.post("/api/v1/incidents", json=REDIS, headers=bearer(key))).status
        for key in (neutral, overwatch, observer)
    ]

    assert statuses == [201, 201, 200]


async def test_observers_documented_creation(
    client: Client, bus: CommandBus, alice: Caller, observer: str
) -> None:
    service = await bus.execute(AddService(caller=alice, name="Checkout API"))
    message = {
        "type": "Investigating",
        "description": "Investigating elevated error rate on checkout.",
    }

    made = await create(
        client,
        observer,
        title="Checkout API errors",
        severity="major",
        affected_services=[service.id],
        publish=True,
        initial_message=message,
    )

    assert (made["state"], made["severity"], made["type"]) == ("published", "major", "Incident")
    assert made["affected_services"] == [{"id": service.id, "name": "Checkout API"}]
    assert [{name: said[name] for name in message} for said in made["messages"]] == [message]


async def test_a_draft_keeps_its_first_message(client: Client, observer: str) -> None:
    wish = REDIS | {"initial_message": {"type": "Identified", "description": "A bad deploy."}}

    response = await client.post("/api/v1/incidents", json=wish, headers=bearer(observer))

    made = await json_of(response)
    assert (response.status, made["state"]) == (200, "draft")
    assert [message["type"] for message in made["messages"]] == ["Identified"]


async def test_a_key_of_idempotency_makes_one_incident_of_two_requests(
    client: Client, overwatch: str
) -> None:
    headers = {**bearer(overwatch), "Idempotency-Key": "deploy-42"}
    wish = REDIS | {"initial_message": {"type": "Identified", "description": "A bad deploy."}}

    first = await client.post("/api/v1/incidents", json=wish, headers=headers)
    again = await client.post("/api/v1/incidents", json=wish, headers=headers)

    assert (first.status, again.status) == (201, 201)
    assert await json_of(first) == await json_of(again)
    assert (await listed(client, overwatch))["meta"]["total"] == 1


async def test_a_key_of_idempotency_serves_one_request_only(client: Client, overwatch: str) -> None:
    headers = {**bearer(overwatch), "Idempotency-Key": "deploy-42"}
    await client.post("/api/v1/incidents", json=REDIS, headers=headers)

    other = await client.post(
        "/api/v1/incidents", json=REDIS | {"title": "Another"}, headers=headers
    )

    assert other.status == 422
    assert (await json_of(other))["errors"][0]["code"] == "idempotency_key_reused"


async def test_callers_do_not_share_keys_of_idempotency(
    client: Client, overwatch: str, neutral: str
) -> None:
    ids = [
        (
            await json_of(
                await client.post(
                    "/api/v1/incidents",
                    json=REDIS,
                    headers={**bearer(key), "Idempotency-Key": "deploy-42"},
                )
            )
        )["id"]
        for key in (overwatch, neutral)
    ]

    assert len(set(ids)) == 2


@pytest.mark.parametrize("key", ["x" * 256, "Müller"])
async def test_a_strange_key_of_idempotency_is_refused(
    client: Client, overwatch: str, key: str
) -> None:
    headers = {**bearer(overwatch), "Idempotency-Key": key}

    response = await client.post("/api/v1/incidents", json=REDIS, headers=headers)

    body = await json_of(response)
    assert response.status == 422
    assert body["errors"][0]["source"]["field"] == "Idempotency-Key"


@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_an_unknown_incident_is_not_found(
    client: Client, overwatch: str, method: str
) -> None:
    response = await client.request(
        method, "/api/v1/incidents/nope", json={}, headers=bearer(overwatch)
    )

    body = await json_of(response)
    assert (response.status, body["status_code"]) == (404, 404)
    assert body["path"] == "/api/v1/incidents/nope"


async def test_two_people_of_one_name_are_not_guessed_at(
    client: Client, bus: CommandBus, organization_id: OrganizationId, overwatch: str, alice: Caller
) -> None:
    await bus.execute(
        AddUser(
            caller=the_operator(organization_id),
            email="other@example.com",
            name="alice archer",
            role=Role.ENGINEER,
        )
    )
    wish = REDIS | {"assignee": "Alice Archer"}

    response = await client.post("/api/v1/incidents", json=wish, headers=bearer(overwatch))

    assert response.status == 422
    assert "several people" in (await json_of(response))["detail"]
