"""Private incidents: whoever may not know of one finds it nowhere, and its people everywhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from core.commands import (
    AddFollowUp,
    AddNote,
    AttachAlert,
    DeclareIncident,
    LinkChannel,
    PostUpdate,
)
from core.commands.subscriptions import Follow
from core.commands.together import ChangeMembers
from core.domain.alert import Fate
from core.domain.events import (
    AlertSplit,
    Event,
    IncidentAbsorbed,
    IncidentMerged,
    IncidentRelated,
    IncidentUnrelated,
    LikenessesFound,
    LikenessJudged,
    SuppressedAlertsRaised,
)
from core.domain.follow_up import FollowUp
from core.domain.ids import ChannelId, EntryId, EpisodeId, IncidentId, MaintenanceId, UserId
from core.domain.incident import Incident
from core.domain.likeness import Verdict
from core.domain.maintenance import Maintenance
from core.domain.mentions import MENTIONING
from core.domain.narration import narrate
from core.domain.particulars import RoleAssignment
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.subscription import Followed, Subscription
from core.domain.viewer import EVERYTHING, NOBODY, Viewer
from core.errors import NotFound
from core.ports import (
    AlertQuery,
    Found,
    ReadModels,
    RecordQuery,
    UnitOfWork,
    VerdictQuery,
    Work,
)
from core.views import IncidentQuery, TimelineQuery, UpdateQuery
from tests.contract.house import ALICE, House
from tests.contract.likenesses import a_likeness, finding, judging
from tests.contract.samples import a_user, an_episode, an_integration
from tests.contract.windows import schedule
from tests.fakes.moment import NOON
from tests.fakes.people import a_caller, the_relay

SECRET = "Payroll leaked"
CHANNEL = ChannelId("C0SECRET")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A private incident with everything that can belong to one, and a public one beside it."""

    house: House
    secret: Incident
    public: Incident
    declarer: UserId
    outsider: UserId
    update_id: str
    entry_id: EntryId
    task_id: str
    subscription_id: str
    alert_id: EpisodeId
    link_id: EntryId
    window_id: MaintenanceId

    @property
    def reads(self) -> ReadModels:
        return self.house.reads

    def seen_by(self, user_id: UserId | None) -> ReadModels:
        return self.reads.seen_by(Viewer(user_id=user_id))


async def a_scene(house: House) -> Scene:
    bob, carol = await a_user(house, "Bob Baker"), await a_user(house, "Carol Cook")
    caller = a_caller(house.organization_id, user_id=bob.id)
    public = await house.bus.execute(
        DeclareIncident(caller=caller, title="Checkout is slow", severity="high")
    )
    secret = await house.bus.execute(
        DeclareIncident(caller=caller, title=SECRET, severity="high", private=True)
    )
    about: dict[str, Any] = {"caller": caller, "incident_id": secret.id}
    await house.bus.execute(PostUpdate(**about, text=SECRET))
    await house.bus.execute(AddNote(**about, text=SECRET))
    relay = the_relay(house.organization_id)
    linked = {**about, "caller": relay, "channel_id": CHANNEL, "channel_name": "inc-2"}
    linked |= {"private": True}
    await house.bus.execute(LinkChannel(**linked))
    due = NOON + timedelta(days=1)
    task = await house.bus.execute(AddFollowUp(**about, title=SECRET, due_at=due))
    follow = Follow(caller=caller, followed=Followed.INCIDENT, subject=secret.id, follower="U0BOB")
    subscription = await house.bus.execute(follow)
    alert = an_episode(house, (await an_integration(house)).id)
    await house.run(_putting(alert))
    await house.bus.execute(AttachAlert(**about, alert_id=alert.id))
    await house.run(finding(house, public, a_likeness(house, public, secret.id)))
    await house.run(judging(house, public, secret.id, Verdict.SAME_CAUSE))
    organization_id, window = house.organization_id, await schedule(house)
    await house.run(_naming(public, secret, window))
    [update] = (await house.reads.updates(organization_id, UpdateQuery())).updates
    entries = await house.reads.timeline(organization_id, secret.id)
    beside = await house.reads.timeline(organization_id, public.id)
    [link] = [one for one in beside if isinstance(one.event, IncidentRelated)]
    return Scene(
        house=house,
        secret=secret,
        public=public,
        declarer=bob.id,
        outsider=carol.id,
        update_id=update.id,
        entry_id=entries[0].id,
        task_id=task.id,
        subscription_id=subscription.id,
        alert_id=alert.id,
        link_id=link.id,
        window_id=window.id,
    )


def _naming(public: Incident, secret: Incident, window: Maintenance) -> Work[None]:
    """What happened to others while everybody might know of it."""
    about: dict[str, Any] = {"incident_id": public.id, "by": ALICE, "at": NOON}
    link: dict[str, Any] = {"other_id": secret.id, "other": secret.reference}
    events: list[Event] = [
        IncidentRelated(**about, **link),
        IncidentUnrelated(**about, **link),
        IncidentAbsorbed(**about, **link),
        IncidentMerged(**about, into_id=secret.id, into=secret.reference),
        AlertSplit(**about, name="High latency", other=secret.reference),
        LikenessesFound(**about, others=(secret.reference, "“Restart it”")),
        LikenessJudged(**about, **link, verdict=Verdict.SAME_CAUSE),
    ]
    raised = SuppressedAlertsRaised(
        **window.fact(ALICE, NOON), count=2, incidents=(public.reference, secret.reference)
    )

    async def work(uow: UnitOfWork) -> None:
        for event in events:
            await uow.incidents.save(await uow.incidents.get(public.id), because=event)
        await uow.maintenances.save(window, because=raised)

    return work


def _putting(alert: Any) -> Any:
    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put([alert])

    return work


Question = Callable[[ReadModels, Scene], Awaitable[object]]


async def _listed(reads: ReadModels, scene: Scene) -> object:
    return (await reads.incidents(scene.house.organization_id, IncidentQuery())).rows


async def _incident(reads: ReadModels, scene: Scene) -> object:
    return await reads.incident(scene.house.organization_id, scene.secret.id)


async def _by_reference(reads: ReadModels, scene: Scene) -> object:
    return await reads.incident(scene.house.organization_id, scene.secret.reference)


async def _card(reads: ReadModels, scene: Scene) -> object:
    return await reads.card(scene.house.organization_id, scene.secret.id)


async def _in_channel(reads: ReadModels, scene: Scene) -> object:
    return await reads.in_channel(scene.house.organization_id, CHANNEL)


async def _timeline(reads: ReadModels, scene: Scene) -> object:
    return await reads.timeline(scene.house.organization_id, scene.secret.id)


async def _entry(reads: ReadModels, scene: Scene) -> object:
    return await reads.entry(scene.house.organization_id, scene.entry_id)


async def _timeline_beside(reads: ReadModels, scene: Scene) -> object:
    return await reads.timeline(scene.house.organization_id, scene.public.id)


async def _named(reads: ReadModels, scene: Scene) -> object:
    return await reads.timeline_named(
        scene.house.organization_id, scene.secret.id, [scene.entry_id]
    )


async def _named_beside(reads: ReadModels, scene: Scene) -> object:
    return await reads.timeline_named(scene.house.organization_id, scene.public.id, [scene.link_id])


async def _stretch(reads: ReadModels, scene: Scene) -> object:
    query = TimelineQuery(limit=50)
    found = await reads.timeline_stretch(scene.house.organization_id, scene.secret.id, query)
    return found.entries, found.total or None


async def _stretch_beside(reads: ReadModels, scene: Scene) -> object:
    query = TimelineQuery(limit=50, last=True)
    found = await reads.timeline_stretch(scene.house.organization_id, scene.public.id, query)
    return found.entries


async def _entry_beside(reads: ReadModels, scene: Scene) -> object:
    return await reads.entry(scene.house.organization_id, scene.link_id)


async def _window_timeline(reads: ReadModels, scene: Scene) -> object:
    return await reads.maintenance_timeline(scene.house.organization_id, scene.window_id)


async def _update(reads: ReadModels, scene: Scene) -> object:
    return await reads.update(scene.house.organization_id, scene.update_id)


async def _updates(reads: ReadModels, scene: Scene) -> object:
    return (await reads.updates(scene.house.organization_id, UpdateQuery())).updates


async def _notes(reads: ReadModels, scene: Scene) -> object:
    return await reads.notes(scene.house.organization_id, scene.secret.id)


async def _record(reads: ReadModels, scene: Scene) -> object:
    return await reads.record(scene.house.organization_id, FollowUp, scene.task_id)


async def _records(reads: ReadModels, scene: Scene) -> object:
    page = await reads.records(scene.house.organization_id, FollowUp, RecordQuery())
    return page.rows, page.total or None


async def _subscriptions(reads: ReadModels, scene: Scene) -> object:
    page = await reads.records(scene.house.organization_id, Subscription, RecordQuery())
    return page.rows, page.total or None


async def _subscription(reads: ReadModels, scene: Scene) -> object:
    return await reads.record(scene.house.organization_id, Subscription, scene.subscription_id)


async def _likenesses(reads: ReadModels, scene: Scene) -> object:
    return await reads.likenesses(scene.house.organization_id, scene.public.id)


async def _likenesses_among(reads: ReadModels, scene: Scene) -> object:
    found = Found(id=scene.secret.id, kind="incident", title="", score=1.0, snippet="")
    return await reads.likenesses_among(scene.house.organization_id, [found])


async def _verdicts(reads: ReadModels, scene: Scene) -> object:
    page = await reads.verdicts(
        scene.house.organization_id, VerdictQuery(kinds=frozenset({"incident"}))
    )
    return page.rows, page.total or None


async def _alerts_of_it(reads: ReadModels, scene: Scene) -> object:
    query = AlertQuery(incident_id=scene.secret.id)
    return (await reads.alerts(scene.house.organization_id, query)).rows


async def _attached_alerts(reads: ReadModels, scene: Scene) -> object:
    return (await reads.alerts(scene.house.organization_id, AlertQuery(attached=True))).rows


async def _all_alerts(reads: ReadModels, scene: Scene) -> object:
    return (await reads.alerts(scene.house.organization_id, AlertQuery())).rows


async def _alert(reads: ReadModels, scene: Scene) -> object:
    return await reads.alert(scene.house.organization_id, scene.alert_id)


async def _latest_alert(reads: ReadModels, scene: Scene) -> object:
    row = await scene.reads.alert(scene.house.organization_id, scene.alert_id)
    episode = row.episode
    return await reads.latest_alert(
        scene.house.organization_id, episode.integration_id, episode.fingerprint
    )


async def _timers_of_it(reads: ReadModels, scene: Scene) -> object:
    return await reads.timers_of(scene.house.organization_id, [scene.secret.id])


async def _timers_of_its_task(reads: ReadModels, scene: Scene) -> object:
    return await reads.timers_of(scene.house.organization_id, [scene.task_id])


ASKED: dict[str, list[Question]] = {
    "incidents": [_listed],
    "incident": [_incident, _by_reference],
    "card": [_card],
    "in_channel": [_in_channel],
    "timeline": [_timeline, _timeline_beside],
    "timeline_named": [_named, _named_beside],
    "timeline_stretch": [_stretch, _stretch_beside],
    "entry": [_entry, _entry_beside],
    "maintenance_timeline": [_window_timeline],
    "update": [_update],
    "updates": [_updates],
    "notes": [_notes],
    "record": [_record, _subscription],
    "records": [_records, _subscriptions],
    "likenesses": [_likenesses],
    "likenesses_among": [_likenesses_among],
    "verdicts": [_verdicts],
    "alerts": [_alerts_of_it, _attached_alerts, _all_alerts],
    "alert": [_alert],
    "latest_alert": [_latest_alert],
    "timers_of": [_timers_of_it, _timers_of_its_task],
}
"""Every question whose answer may tell of an incident."""

APART = frozenset(
    {
        "seen_by",
        "hidden_among",
        "stamp",
        "services",
        "users",
        "api_keys",
        "organization",
        "plan",
        "invitations",
        "integrations",
        "timers",
        "maintenance",
        "maintenances",
        "maintenance_card",
        "agenda",
        "webhook_delivery",
        "webhook_deliveries",
        "alert_notes",
        "alert_source",
        "recent_deliveries",
        "delivery",
        "delivery_of_request",
        "last_heard",
    }
)
"""Questions whose answers never tell of one. Whoever adds a question decides where it belongs."""


def test_it_is_decided_of_every_question_whether_it_may_tell_of_an_incident() -> None:
    questions = {name for name in dir(ReadModels) if not name.startswith("_")}

    assert questions == APART | ASKED.keys()


async def _said(question: Question, reads: ReadModels, scene: Scene) -> str:
    try:
        return repr(await question(reads, scene))
    except NotFound:
        return ""


def _tells(said: str, scene: Scene) -> bool:
    names = (SECRET, scene.secret.id, scene.secret.reference, scene.task_id)
    return any(name in said for name in names)


async def test_whoever_may_not_know_of_it_is_told_nothing_by_any_question(house: House) -> None:
    scene = await a_scene(house)

    for name, questions in ASKED.items():
        for question in questions:
            for viewer in (NOBODY, Viewer(user_id=scene.outsider)):
                said = await _said(question, scene.reads.seen_by(viewer), scene)
                assert not _tells(said, scene), (name, question.__name__, viewer)


async def test_its_people_and_tocsin_itself_are_told_everything(house: House) -> None:
    scene = await a_scene(house)

    for name, questions in ASKED.items():
        for question in questions:
            for viewer in (EVERYTHING, Viewer(user_id=scene.declarer)):
                said = await _said(question, scene.reads.seen_by(viewer), scene)
                assert _tells(said, scene), (name, question.__name__, viewer)


async def test_a_total_counts_what_the_viewer_may_know_of(house: House) -> None:
    scene = await a_scene(house)
    queries = [
        IncidentQuery(limit=1),
        IncidentQuery(limit=1, states=frozenset({State.OPEN})),
        IncidentQuery(limit=1, severities=frozenset({Severity.HIGH}), published_only=True),
        IncidentQuery(limit=1, offset=1),
        IncidentQuery(limit=1, created_after=scene.public.created_at),
    ]

    for query in queries:
        outside = await scene.seen_by(scene.outsider).incidents(house.organization_id, query)
        inside = await scene.seen_by(scene.declarer).incidents(house.organization_id, query)
        whole = await scene.reads.incidents(house.organization_id, query)

        assert (outside.total, inside.total, whole.total) == (1, 2, 2), query


async def test_whoever_leads_it_plays_a_role_or_is_a_member_knows_of_it(house: House) -> None:
    people = [await a_user(house, f"{name} Someone") for name in ("Dan", "Eve", "Fay", "Gus")]
    lead, player, member, other = [one.id for one in people]
    role = RoleAssignment(role_id="rol_1", user_id=player)
    await house.declare(private=True, assignee_id=lead, roles=(role,), members=(member,))

    seen = [await _count(house, Viewer(user_id=id)) for id in (lead, player, member, other)]

    assert seen == [1, 1, 1, 0]


async def test_who_may_know_of_it_follows_what_is_done(house: House) -> None:
    scene = await a_scene(house)
    caller = a_caller(house.organization_id, user_id=scene.declarer)
    about: dict[str, Any] = {"caller": caller, "incident_id": scene.secret.id}
    outsider = Viewer(user_id=scene.outsider)
    seen = [await _count(house, outsider)]

    for change in (
        ChangeMembers(**about, add=(scene.outsider,)),
        ChangeMembers(**about, remove=(scene.outsider,)),
        ChangeMembers(**about, private=False),
        ChangeMembers(**about, private=True),
    ):
        await house.bus.execute(change)
        seen.append(await _count(house, outsider))

    assert seen == [1, 2, 1, 2, 1]


async def test_the_ids_of_what_is_kept_from_somebody_are_told_apart(house: House) -> None:
    scene = await a_scene(house)
    ids = [scene.public.id, scene.secret.id, IncidentId("inc_404")]
    names = [scene.public.reference, scene.secret.reference, "INC-404", "“Restart it”"]

    outside = await scene.seen_by(scene.outsider).hidden_among(house.organization_id, ids)
    inside = await scene.seen_by(scene.declarer).hidden_among(house.organization_id, ids)
    whole = await scene.reads.hidden_among(house.organization_id, ids)
    named = await scene.seen_by(scene.outsider).hidden_among(house.organization_id, names)
    known = await scene.seen_by(scene.declarer).hidden_among(house.organization_id, names)

    assert (named, known) == (frozenset({scene.secret.reference}), frozenset())
    assert outside == frozenset({scene.secret.id})
    assert not inside | whole


async def test_what_others_did_with_it_stays_told_without_its_name(house: House) -> None:
    scene = await a_scene(house)
    outsider, organization_id = scene.seen_by(scene.outsider), house.organization_id

    lines = await outsider.timeline(organization_id, scene.public.id)
    [raised] = await _raised(outsider, scene)

    whole = await scene.reads.timeline(organization_id, scene.public.id)
    assert [line.id for line in lines] == [line.id for line in whole]
    told = [narrate(line.event) for line in lines if isinstance(line.event, MENTIONING)]
    assert told[-7:] == [
        "Alice Archer linked another incident.",
        "Alice Archer took away the link to another incident.",
        "Alice Archer merged another incident into this one.",
        "Alice Archer merged the incident into another one.",
        "Alice Archer moved the alert High latency to another incident.",
        "It looks like “Restart it”.",
        "Alice Archer said that another incident has the same cause.",
    ]
    assert raised.incidents == (scene.public.reference,)


async def _raised(reads: ReadModels, scene: Scene) -> list[SuppressedAlertsRaised]:
    lines = await reads.maintenance_timeline(scene.house.organization_id, scene.window_id)
    return [one.event for one in lines if isinstance(one.event, SuppressedAlertsRaised)]


async def test_within_a_transaction_it_is_known_from_whom_it_is_kept(house: House) -> None:
    scene = await a_scene(house)
    viewers = [NOBODY, Viewer(user_id=scene.outsider), Viewer(user_id=scene.declarer), EVERYTHING]

    async def work(uow: UnitOfWork) -> list[bool]:
        return [await uow.incidents.is_kept_from(one, scene.secret.id) for one in viewers]

    async def nothing(uow: UnitOfWork) -> list[bool]:
        ids = (scene.public.id, IncidentId("inc_404"))
        return [await uow.incidents.is_kept_from(NOBODY, id) for id in ids]

    assert await house.run(work) == [True, True, False, False]
    assert await house.run(nothing) == [False, False]


async def test_what_speaks_of_it_without_belonging_to_it_does_not_name_it(house: House) -> None:
    scene = await a_scene(house)

    outside = await scene.seen_by(scene.outsider).alert(house.organization_id, scene.alert_id)
    inside = await scene.seen_by(scene.declarer).alert(house.organization_id, scene.alert_id)

    assert (outside.incident, outside.episode.incident_id) == (None, None)
    assert inside.incident is not None
    assert inside.episode.fate_note == "by Alice Archer"
    assert outside.episode == replace(inside.episode, incident_id=None, fate_note="")


async def test_what_it_keeps_quiet_does_not_say_on_which_incident_others_depend(
    house: House,
) -> None:
    scene = await a_scene(house)
    note = f"{scene.secret.reference}, on which checkout depends; it ended because nobody asked"
    source = (await scene.reads.alert(house.organization_id, scene.alert_id)).episode
    why: dict[str, Any] = {"fate": Fate.INHIBITED, "kept_by": scene.secret.id, "fate_note": note}
    quiet = an_episode(house, source.integration_id, "quiet", **why)
    public = an_episode(
        house, source.integration_id, "public", **{**why, "kept_by": scene.public.id}
    )
    await house.run(_putting(quiet))
    await house.run(_putting(public))

    [outside, inside] = [
        await scene.seen_by(viewer).alert(house.organization_id, quiet.id)
        for viewer in (scene.outsider, scene.declarer)
    ]

    assert (inside.episode.kept_by, inside.episode.fate_note) == (scene.secret.id, note)
    assert outside.episode.kept_by is None
    assert outside.fate == (
        "inhibited by an incident on which its service depends; it ended because nobody asked"
    )
    shown = await scene.seen_by(scene.outsider).alert(house.organization_id, public.id)
    assert (shown.episode.kept_by, shown.episode.fate_note) == (scene.public.id, note)


async def test_nobody_else_finds_alerts_by_the_private_incident_that_keeps_them_quiet(
    house: House,
) -> None:
    scene = await a_scene(house)
    source = (await scene.reads.alert(house.organization_id, scene.alert_id)).episode
    for incident in (scene.secret, scene.public):
        changes: dict[str, Any] = {"fate": Fate.INHIBITED, "kept_by": incident.id}
        await house.run(_putting(an_episode(house, source.integration_id, incident.id, **changes)))

    async def found(viewer: UserId, kept_by: str) -> int:
        query = AlertQuery(kept_by=kept_by)
        return len((await scene.seen_by(viewer).alerts(house.organization_id, query)).rows)

    assert await found(scene.outsider, scene.secret.id) == 0
    assert await found(scene.declarer, scene.secret.id) == 1
    assert await found(scene.outsider, scene.public.id) == 1


async def test_next_door_nobody_is_a_member(house: House) -> None:
    scene = await a_scene(house)

    with pytest.raises(NotFound):
        await scene.seen_by(scene.declarer).incident(house.neighbour_id, scene.secret.id)


async def _count(house: House, viewer: Viewer) -> int:
    reads = house.reads.seen_by(viewer)
    return (await reads.incidents(house.organization_id, IncidentQuery())).total
