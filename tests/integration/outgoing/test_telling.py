"""Programs are told what happens to maintenance: in order, signed, and until it arrived."""

import asyncio
from datetime import timedelta

from bot.outgoing.door import MOST_ON_THE_WAY
from bot.outgoing.rendering import MOST_MESSAGES
from core.commands import (
    CancelMaintenance,
    CompleteMaintenance,
    DeleteWebhookEndpoint,
    EditMaintenance,
    EditWebhookEndpoint,
    PingWebhook,
    PostProgress,
    ReplayWebhook,
    RotateWebhookSecret,
    StartMaintenance,
)
from core.domain.webhook_delivery import DeliveryState
from core.domain.webhook_endpoint import WebhookEndpoint
from tests.fakes.moment import NOON
from tests.integration.outgoing.conftest import SECRET, Post


async def test_what_happens_to_a_window_is_told_in_order_and_signed(post: Post) -> None:
    await post.endpoint()
    window = await post.window()
    await post.bus.execute(StartMaintenance(caller=post.alice, maintenance_id=window.id))
    await post.bus.execute(CompleteMaintenance(caller=post.alice, maintenance_id=window.id))

    await post.relay.drain()

    assert post.receiver.types == [
        "maintenance.scheduled",
        "maintenance.started",
        "maintenance.completed",
    ]
    assert all(one.signed_by(SECRET) for one in post.receiver.received)
    assert not any(one.signed_by("whsec_AAAA") for one in post.receiver.received)
    first = post.receiver.received[0]
    assert first.headers["Content-Type"] == "application/json"
    assert first.headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert len({one.id for one in post.receiver.received}) == 3


async def test_the_body_says_what_happened_and_how_everything_stands(post: Post) -> None:
    await post.endpoint(events=("maintenance.updated",))
    window = await post.window()
    moved = window.scheduled_start_at + timedelta(minutes=30)
    await post.bus.execute(
        EditMaintenance(caller=post.alice, maintenance_id=window.id, scheduled_start_at=moved)
    )

    await post.relay.drain()

    [told] = post.receiver.received
    assert (told.json["type"], told.json["timestamp"]) == (
        "maintenance.updated",
        "2030-01-01T12:00:00.000Z",
    )
    event, shown = told.json["data"]["event"], told.json["data"]["maintenance"]
    assert (event["type"], event["actor"]) == ("maintenance.updated", "Alice Archer")
    assert event["fields"] == ["start"]
    assert event["scheduled_start_at"] == shown["scheduled_start_at"] == "2030-01-01T13:30:00.000Z"
    assert (shown["id"], shown["reference"], shown["state"]) == (window.id, "MNT-1", "scheduled")


async def test_what_is_late_tells_the_truth_of_today(post: Post) -> None:
    await post.endpoint()
    post.receiver.answers = [503]
    window = await post.window()
    await post.relay.drain()
    await post.bus.execute(
        CancelMaintenance(caller=post.alice, maintenance_id=window.id, reason="No disks.")
    )

    await post.later(seconds=5)

    first, again, canceled = post.receiver.received
    assert first.id == again.id
    assert [one.type for one in (again, canceled)] == [
        "maintenance.scheduled",
        "maintenance.canceled",
    ]
    states = [one.json["data"]["maintenance"]["state"] for one in (first, again, canceled)]
    assert states == ["scheduled", "canceled", "canceled"]
    assert canceled.json["data"]["event"]["reason"] == "No disks."


async def test_only_what_is_wanted_is_sent(post: Post) -> None:
    await post.endpoint(events=("maintenance.started",))
    window = await post.window()
    await post.bus.execute(StartMaintenance(caller=post.alice, maintenance_id=window.id))

    await post.relay.drain()

    assert post.receiver.types == ["maintenance.started"]


async def test_one_that_is_away_keeps_nobody_else_waiting(post: Post) -> None:
    away = await post.endpoint(url="http://127.0.0.1:9/nobody/listens")
    there = await post.endpoint()
    await post.window()

    await post.relay.drain()

    [waiting], [arrived] = await post.deliveries(away), await post.deliveries(there)
    assert (waiting.state, waiting.attempts) == (DeliveryState.WAITING, 1)
    assert waiting.reason == "127.0.0.1 cannot be reached: Connection refused."
    assert (arrived.state, arrived.status) == (DeliveryState.DELIVERED, 200)


async def test_an_endpoint_that_stays_away_is_given_up_after_a_day_and_can_be_sent_it_again(
    post: Post,
) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [500] * 11
    await post.window()

    for _ in range(24):
        await post.later(hours=1)
    await post.later(hours=8)
    await post.later(hours=8)

    [failed] = await post.deliveries(endpoint)
    assert failed.state is DeliveryState.FAILED
    assert failed.reason == "127.0.0.1 answered 500."
    [buried] = await post.house.storage.outbox.buried(post.alice.organization_id, 10)
    assert buried.reason == failed.reason
    post.receiver.answers = []
    await post.bus.execute(ReplayWebhook(caller=post.alice, delivery_id=failed.id))
    await post.relay.drain()
    [arrived] = await post.deliveries(endpoint)
    assert (arrived.state, arrived.attempts) == (DeliveryState.DELIVERED, 1)
    assert len({one.id for one in post.receiver.received}) == 1


async def test_what_the_relay_buried_can_be_dug_up_by_its_own_replay(post: Post) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [404]
    await post.window()
    await post.relay.drain()
    [buried] = await post.house.storage.outbox.buried(post.alice.organization_id, 10)

    await post.house.storage.outbox.replay(post.alice.organization_id, buried.id, post.clock())
    await post.relay.drain()

    [arrived] = await post.deliveries(endpoint)
    assert (arrived.state, arrived.attempts) == (DeliveryState.DELIVERED, 2)


async def test_what_arrived_is_not_sent_twice_however_often_it_is_carried(post: Post) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [404]
    await post.window()
    await post.relay.drain()
    [failed] = await post.deliveries(endpoint)
    await post.bus.execute(ReplayWebhook(caller=post.alice, delivery_id=failed.id))
    await post.relay.drain()

    count = await post.house.storage.outbox.replay_all(post.alice.organization_id, post.clock())
    await post.relay.drain()

    assert count == 1
    assert len(post.receiver.received) == 2


async def test_a_refusal_is_given_up_at_once(post: Post) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [400]
    await post.window()

    await post.relay.drain()

    [failed] = await post.deliveries(endpoint)
    assert (failed.state, failed.status, failed.attempts) == (DeliveryState.FAILED, 400, 1)


async def test_redirects_are_not_followed(post: Post) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [302]
    post.receiver.headers = {"Location": post.receiver.url}
    await post.window()

    await post.relay.drain()

    [failed] = await post.deliveries(endpoint)
    assert failed.reason == "127.0.0.1 answered 302. Redirects are not followed."
    assert len(post.receiver.received) == 1


async def test_too_many_requests_are_spaced_as_the_other_side_asks(post: Post) -> None:
    await post.endpoint()
    post.receiver.answers = [429]
    post.receiver.headers = {"Retry-After": "90"}
    await post.window()
    await post.relay.drain()

    await post.later(seconds=89)
    early = len(post.receiver.received)
    await post.later(seconds=1)

    assert (early, len(post.receiver.received)) == (1, 2)


async def test_one_that_hangs_up_is_tried_again(post: Post) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [0]
    await post.window()
    await post.relay.drain()
    [waiting] = await post.deliveries(endpoint)

    await post.later(seconds=5)

    [arrived] = await post.deliveries(endpoint)
    assert waiting.reason == "127.0.0.1 hung up without an answer."
    assert (arrived.state, arrived.attempts) == (DeliveryState.DELIVERED, 2)


async def test_one_that_is_gone_is_switched_off(post: Post) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [410]
    window = await post.window()
    await post.relay.drain()

    await post.bus.execute(StartMaintenance(caller=post.alice, maintenance_id=window.id))
    await post.relay.drain()

    after = await post.house.storage.reads.record(
        post.alice.organization_id, WebhookEndpoint, endpoint.id
    )
    assert (after.enabled, len(post.receiver.received)) == (False, 1)
    assert after.trouble.startswith("It answered 410")


async def test_what_waits_for_one_that_is_switched_off_is_given_up(post: Post) -> None:
    endpoint = await post.endpoint()
    await post.window()
    await post.bus.execute(
        EditWebhookEndpoint(caller=post.alice, endpoint_id=endpoint.id, enabled=True)
    )
    post.receiver.answers = [503]
    await post.relay.drain()
    await post.bus.execute(
        EditWebhookEndpoint(caller=post.alice, endpoint_id=endpoint.id, enabled=False)
    )

    await post.later(seconds=5)

    [failed] = await post.deliveries(endpoint)
    assert (failed.state, failed.reason) == (DeliveryState.FAILED, "127.0.0.1 is switched off.")


async def test_what_waits_for_one_that_was_deleted_is_forgotten(post: Post) -> None:
    endpoint = await post.endpoint()
    post.receiver.answers = [503]
    await post.window()
    await post.relay.drain()
    await post.bus.execute(DeleteWebhookEndpoint(caller=post.alice, endpoint_id=endpoint.id))

    await post.later(seconds=5)

    [failed] = await post.deliveries(endpoint)
    assert failed.reason == "The endpoint was deleted."
    assert await post.house.storage.outbox.buried(post.alice.organization_id, 10) == []
    assert len(post.receiver.received) == 1


async def test_a_new_secret_and_the_old_one_sign_together_for_a_day(post: Post) -> None:
    endpoint = await post.endpoint()
    newer = "whsec_bmV3ZXI="
    await post.bus.execute(
        RotateWebhookSecret(
            caller=post.alice, endpoint_id=endpoint.id, secret=post.outbound.seal(newer)
        )
    )
    await post.bus.execute(PingWebhook(caller=post.alice, endpoint_id=endpoint.id))
    await post.relay.drain()
    post.clock.advance(days=1)
    await post.bus.execute(PingWebhook(caller=post.alice, endpoint_id=endpoint.id))

    await post.relay.drain()

    signed = [(one.signed_by(SECRET), one.signed_by(newer)) for one in post.receiver.received]
    assert signed == [(True, True), (False, True)]


async def test_a_secret_that_cannot_be_read_any_more_says_so(post: Post) -> None:
    endpoint = await post.endpoint(secret="of another installation")
    await post.window()

    await post.relay.drain()

    [failed] = await post.deliveries(endpoint)
    assert failed.state is DeliveryState.FAILED
    assert "TOCSIN_SECRET_KEY" in failed.reason
    assert post.receiver.received == []


async def test_a_test_says_what_it_is(post: Post) -> None:
    endpoint = await post.endpoint(name="Status page")
    await post.bus.execute(PingWebhook(caller=post.alice, endpoint_id=endpoint.id))

    await post.relay.drain()

    [told] = post.receiver.received
    assert told.json["type"] == "webhook.test"
    assert told.json["data"]["endpoint"] == {"id": endpoint.id, "name": "Status page"}
    assert told.signed_by(SECRET)


async def test_slow_servers_do_not_get_all_lanes(post: Post) -> None:
    post.receiver.answers = [-1] * 20
    endpoints = [await post.endpoint() for _ in range(MOST_ON_THE_WAY + 2)]
    await post.window()

    running = asyncio.create_task(post.relay.run())
    await post.receiver.until(lambda: len(post.receiver.received) == MOST_ON_THE_WAY)
    await post.relay.stop(grace=0.2)
    await running

    received = {one.id for one in post.receiver.received}
    deliveries = [one for endpoint in endpoints for one in await post.deliveries(endpoint)]
    assert len(deliveries) == MOST_ON_THE_WAY + 2
    assert len(post.receiver.received) == len(received) == MOST_ON_THE_WAY


async def test_of_what_was_posted_the_newest_is_told(post: Post) -> None:
    window = await post.window()
    for number in range(MOST_MESSAGES + 1):
        text = f"Disk {number} is in."
        await post.bus.execute(PostProgress(caller=post.alice, maintenance_id=window.id, text=text))
    await post.relay.drain()
    await post.endpoint()
    await post.bus.execute(StartMaintenance(caller=post.alice, maintenance_id=window.id))

    await post.relay.drain()

    [told] = post.receiver.received
    messages = told.json["data"]["maintenance"]["messages"]
    assert len(messages) == MOST_MESSAGES
    assert messages[-1]["description"] == f"Disk {MOST_MESSAGES} is in."
