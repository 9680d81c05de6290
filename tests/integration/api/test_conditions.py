"""Changes under a condition: only what was not changed since it was read."""

from tests.integration.api.doors import Client, bearer, json_of

WISH = {"title": "Checkout fails", "severity": "high"}


async def test_an_incident_says_its_version_and_takes_it_back_as_a_condition(
    client: Client, neutral: str
) -> None:
    made = await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    path, tag = "/api/v1/incidents/INC-1", made.headers["ETag"]
    headers = bearer(neutral) | {"If-Match": tag}

    changed = await client.patch(path, json={"title": "Checkout is down"}, headers=headers)
    overtaken = await client.patch(path, json={"title": "Checkout is slow"}, headers=headers)
    shown = await client.get(path, headers=bearer(neutral))

    assert (changed.status, overtaken.status) == (200, 412)
    assert (await json_of(overtaken))["type"] == "precondition_failed"
    assert (await json_of(shown))["title"] == "Checkout is down"
    assert changed.headers["ETag"] != tag


async def test_any_version_is_a_condition_that_always_holds(client: Client, neutral: str) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    headers = bearer(neutral) | {"If-Match": "*"}

    response = await client.patch(
        "/api/v1/incidents/INC-1", json={"title": "Other"}, headers=headers
    )

    assert response.status == 200


async def test_a_tag_of_somebody_else_fits_nothing(client: Client, neutral: str) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))

    statuses = [
        (
            await client.patch(
                "/api/v1/incidents/INC-1",
                json={"title": "Other"},
                headers=bearer(neutral) | {"If-Match": tag},
            )
        ).status
        for tag in ('"abc"', "W/abc", '"99-00000000"', "nonsense")
    ]

    assert statuses == [412] * 4


async def test_what_did_not_change_is_not_sent_again(client: Client, neutral: str) -> None:
    await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    first = await client.get("/api/v1/incidents/INC-1", headers=bearer(neutral))
    headers = bearer(neutral) | {"If-None-Match": first.headers["ETag"]}

    unchanged = await client.get("/api/v1/incidents/INC-1", headers=headers)
    await client.patch("/api/v1/incidents/INC-1", json={"title": "Other"}, headers=bearer(neutral))
    changed = await client.get("/api/v1/incidents/INC-1", headers=headers)

    assert (unchanged.status, await unchanged.read(), changed.status) == (304, b"", 200)


async def test_a_condition_that_held_the_first_time_holds_when_the_request_comes_again(
    client: Client, neutral: str
) -> None:
    made = await client.post("/api/v1/incidents", json=WISH, headers=bearer(neutral))
    headers = {"If-Match": made.headers["ETag"], "Idempotency-Key": "lost-answer"}

    answers = [
        await client.patch(
            "/api/v1/incidents/INC-1",
            json={"title": "Other"},
            headers=bearer(neutral) | headers,
        )
        for _ in range(2)
    ]

    assert [answer.status for answer in answers] == [200, 200]
    assert await json_of(answers[0]) == await json_of(answers[1])
