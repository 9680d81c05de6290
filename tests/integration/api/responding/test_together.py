"""Incidents are merged and linked over `/api/v1`, and nobody learns of a hidden one."""

from tests.integration.api.checks.incident_io import SCOPES, Ground
from tests.integration.api.doors import api_key
from tests.integration.api.responding.declared import V1, declared


async def test_a_merged_incident_is_over_and_says_where_it_goes_on(api: Ground) -> None:
    stays = await declared(api, "Search is slow")
    gone = await declared(api, "Search times out")

    merged = await api.ask("POST", f"{V1}/{gone.reference}/merge", {"into": stays.reference})

    told = {"id": stays.id, "reference": stays.reference, "title": "Search is slow"}
    assert (merged["status"], merged["merged_into"]) == ("closed", told)
    assert (await api.get(f"{V1}/{gone.id}"))["merged_into"] == told
    assert (await api.get(f"{V1}/{stays.id}"))["merged_into"] is None


async def test_what_cannot_be_merged_is_refused_at_its_field(api: Ground) -> None:
    incident = await declared(api)
    hidden = await declared(api, private=True)
    path = f"{V1}/{incident.id}/merge"

    itself = await api.ask("POST", path, {"into": incident.id}, status=422)
    nothing = await api.ask("POST", path, {"into": "INC-4711"}, status=422)
    secret = await api.ask("POST", path, {"into": hidden.id}, status=422)

    fields = {one["errors"][0]["source"]["field"] for one in (itself, nothing, secret)}
    assert fields == {"into"}
    assert secret["detail"] == f"There is no incident {hidden.id}."


async def test_who_was_overtaken_merges_nothing(api: Ground) -> None:
    stays, gone = await declared(api), await declared(api)
    response = await api.client.get(
        f"{V1}/{gone.id}", headers={"Authorization": f"Bearer {api.key}"}
    )
    await api.ask("PATCH", f"{V1}/{gone.id}", {"title": "Another title"})

    condition = {"If-Match": response.headers["ETag"]}
    path = f"{V1}/{gone.id}/merge"
    await api.ask("POST", path, {"into": stays.id}, status=412, headers=condition)

    assert (await api.get(f"{V1}/{gone.id}"))["status"] == "active"


async def test_linked_incidents_name_each_other_until_the_link_is_taken_away(api: Ground) -> None:
    one, other = await declared(api, "One"), await declared(api, "Other")

    linked = await api.ask("PUT", f"{V1}/{one.reference}/related/{other.reference}")
    there = await api.get(f"{V1}/{other.id}/related")
    await api.ask("DELETE", f"{V1}/{one.id}/related/{other.id}", status=204)

    assert (linked["id"], linked["title"]) == (other.id, "Other")
    assert [entry["reference"] for entry in there["data"]] == [one.reference]
    assert (await api.get(f"{V1}/{one.id}/related"))["data"] == []


async def test_a_link_to_what_became_private_is_shown_to_those_who_may_know(api: Ground) -> None:
    one, other = await declared(api), await declared(api)
    await api.ask("PUT", f"{V1}/{one.id}/related/{other.id}")
    scopes = (*SCOPES, "incidents:private")
    seeing = await api_key(api.bus, api.organization_id, scopes=scopes)
    await api.ask("PATCH", f"{V1}/{other.id}/members", {"private": True}, key=seeing)

    hidden = await api.get(f"{V1}/{one.id}/related")
    shown = await api.ask("GET", f"{V1}/{one.id}/related", key=seeing)

    assert (hidden["data"], hidden["meta"]["total"]) == ([], 0)
    assert [entry["id"] for entry in shown["data"]] == [other.id]
