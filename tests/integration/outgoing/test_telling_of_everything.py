"""Programs are told what happens to incidents and everything else, where there are any to tell."""

from core.commands import (
    AcknowledgeIncident,
    AddArticle,
    AddFollowUp,
    AddService,
    DeclareIncident,
    DeleteArticle,
    DeleteIncident,
    PublishIncident,
    ResolveIncident,
)
from core.commands.subscriptions import Follow, Unfollow
from core.commands.together import ChangeMembers
from core.domain.incident import Incident
from core.domain.state import State
from core.domain.subscription import Followed
from core.domain.webhook_delivery import DeliveryState
from core.effects import FanOutEvent
from tests.integration.outgoing.conftest import SECRET, Post


async def _declare(post: Post, title: str = "Checkout is down", **wish: object) -> Incident:
    given = {"title": title, "severity": "high", **wish}
    return await post.bus.execute(DeclareIncident(caller=post.alice, **given))  # type: ignore[arg-type]


async def test_the_life_of_an_incident_is_told_in_order_and_signed(post: Post) -> None:
    await post.endpoint(events=("incident.*",))
    incident = await _declare(post)
    await post.bus.execute(AcknowledgeIncident(caller=post.alice, incident_id=incident.id))
    await post.bus.execute(
        ResolveIncident(caller=post.alice, incident_id=incident.id, summary="Rolled back.")
    )

    await post.relay.drain()

    assert post.receiver.types == [
        "incident.declared",
        "incident.acknowledged",
        "incident.resolved",
    ]
    assert all(one.signed_by(SECRET) for one in post.receiver.received)
    last = post.receiver.received[-1].json["data"]
    assert last["event"]["summary"] == "Rolled back."
    assert last["event"]["description"] == "Alice Archer resolved the incident: Rolled back."
    shown = last["incident"]
    assert (shown["reference"], shown["state"]) == ("INC-1", "resolved")
    assert shown["alerts"] == {"firing": 0, "total": 0}


async def test_filters_keep_what_is_not_wanted_away(post: Post) -> None:
    checkout = await post.bus.execute(AddService(caller=post.alice, name="checkout"))
    await post.endpoint(
        events=("incident.declared",), service_ids=(checkout.id,), severities=("high",)
    )
    await _declare(post, "Wanted", service_ids=(checkout.id,))
    await _declare(post, "Not as bad", service_ids=(checkout.id,), severity="low")
    elsewhere = await post.bus.execute(AddService(caller=post.alice, name="search"))
    await _declare(post, "Elsewhere", service_ids=(elsewhere.id,))

    await post.relay.drain()

    assert [one.json["data"]["incident"]["title"] for one in post.receiver.received] == ["Wanted"]


async def test_of_a_draft_nothing_is_told_before_it_is_published(post: Post) -> None:
    await post.endpoint(events=("incident.*",))
    draft = await _declare(post, state=State.DRAFT)
    await post.relay.drain()
    before = list(post.receiver.types)

    await post.bus.execute(PublishIncident(caller=post.alice, incident_id=draft.id))
    await post.relay.drain()

    assert (before, post.receiver.types) == ([], ["incident.published"])


async def test_a_deleted_incident_is_told_of_with_what_it_was(post: Post) -> None:
    await post.endpoint(events=("incident.deleted",))
    incident = await _declare(post)
    await post.bus.execute(DeleteIncident(caller=post.alice, incident_id=incident.id))

    await post.relay.drain()

    [told] = post.receiver.received
    assert told.json["data"]["incident"]["title"] == "Checkout is down"
    assert told.json["data"]["incident"]["deleted_at"] is not None


async def test_a_new_service_is_told_of_with_its_facts(post: Post) -> None:
    await post.endpoint(events=("service.created",))
    service = await post.bus.execute(AddService(caller=post.alice, name="checkout"))

    await post.relay.drain()

    [told] = post.receiver.received
    event = told.json["data"]["event"]
    assert (event["service_id"], event["name"]) == (service.id, "checkout")
    assert event["description"] == "Alice Archer added the service checkout."


async def test_nothing_is_carried_where_there_is_nobody_to_tell(post: Post) -> None:
    await _declare(post)

    parcels = await post.house.storage.outbox.claim(100, post.clock())

    assert not any(isinstance(parcel.effect, FanOutEvent) for parcel in parcels)
    assert parcels


async def test_nobody_is_told_of_a_private_incident_nor_of_its_tasks(post: Post) -> None:
    await post.endpoint(events=("incident.*", "follow_up.*"))
    incident = await _declare(post, "Payroll leaked", private=True)
    about = {"caller": post.alice, "incident_id": incident.id}
    await post.bus.execute(AddFollowUp(**about, title="Payroll: rotate keys"))  # type: ignore[arg-type]
    await post.bus.execute(AcknowledgeIncident(**about))  # type: ignore[arg-type]

    await post.relay.drain()

    assert post.receiver.received == []


async def test_what_was_on_its_way_when_it_became_private_never_arrives(post: Post) -> None:
    endpoint = await post.endpoint(events=("incident.*",))
    post.receiver.answers.append(503)
    incident = await _declare(post, "Payroll leaked")
    await post.relay.drain()
    first = len(post.receiver.received)
    hide = ChangeMembers(caller=post.alice, incident_id=incident.id, private=True)
    await post.bus.execute(hide)

    await post.later(hours=1)

    [delivery] = await post.deliveries(endpoint)
    assert len(post.receiver.received) == first
    assert delivery.state is DeliveryState.FAILED


async def test_who_follows_what_is_told_to_no_program(post: Post) -> None:
    await post.endpoint(events=())
    secret = await _declare(post, private=True)
    wish = Follow(
        caller=post.alice, followed=Followed.INCIDENT, subject=secret.id, follower="U0ALICE"
    )
    followed = await post.bus.execute(wish)
    await post.bus.execute(Unfollow(caller=post.alice, subscription_id=followed.id))
    await post.bus.execute(AddService(caller=post.alice, name="checkout"))

    await post.relay.drain()

    assert post.receiver.types[-1:] == ["service.created"]
    assert secret.reference not in str([one.json for one in post.receiver.received])


async def test_where_a_deleted_article_was_shown_is_not_told(post: Post) -> None:
    await post.endpoint(events=("article.deleted",))
    article = await post.bus.execute(
        AddArticle(caller=post.alice, title="Rollback", body="Go back.")
    )
    await post.bus.execute(DeleteArticle(caller=post.alice, article_id=article.id))

    await post.relay.drain()

    [told] = post.receiver.received
    assert told.json["data"]["event"]["record_id"] == article.id
    assert "shown_in" not in told.json["data"]["event"]
