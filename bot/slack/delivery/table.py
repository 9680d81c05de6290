"""Which delivery shows which effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.slack.delivery.alert_notices import AlertNotices
from bot.slack.delivery.alerts import AlertLists
from bot.slack.delivery.announced_in import AnnouncedIn
from bot.slack.delivery.announcement import Announcements
from bot.slack.delivery.archiving import Archives
from bot.slack.delivery.bookmarks import Bookmarks
from bot.slack.delivery.card import Cards
from bot.slack.delivery.channel import Channels
from bot.slack.delivery.errand import Deliver, Errands, IncidentErrand
from bot.slack.delivery.following import Following
from bot.slack.delivery.invitations import Invitations
from bot.slack.delivery.likenesses import LooksLike
from bot.slack.delivery.lines import Lines
from bot.slack.delivery.mentions import Mentions
from bot.slack.delivery.news import News
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.outages import Outages
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.postmortems import Postmortems
from bot.slack.delivery.reminders import Reminders
from bot.slack.delivery.roles import RoleTellings
from bot.slack.delivery.rooms import Rooms
from bot.slack.delivery.settling import Settling
from bot.slack.delivery.subscribers import Subscribers
from bot.slack.delivery.summaries import Summaries
from bot.slack.delivery.tasks import TaskLists
from bot.slack.delivery.topic import Topics
from bot.slack.delivery.trouble import Troubles
from bot.slack.delivery.window_notices import WindowNotices
from bot.slack.delivery.window_places import Places
from bot.slack.delivery.window_trouble import WindowTroubles
from bot.slack.delivery.windows import WindowCards
from bot.slack.delivery.withdrawing import Withdrawals
from bot.slack.workspaces import Workspaces
from core import effects as e
from core.bus import CommandBus
from core.ports import Clock, Delivery, Outbox, Postings, ReadModels


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What deliveries work with. `announcement_channel` is the installation's, by name or id;
    `monotonic` is the time by which is paced what is sent."""

    bus: CommandBus
    reads: ReadModels
    postings: Postings
    outbox: Outbox
    workspaces: Workspaces
    announcement_channel: str
    clock: Clock
    monotonic: Callable[[], float] | None = None


def deliveries(means: Means) -> Mapping[type[e.Effect], Delivery]:
    bus, reads, clock = means.bus, means.reads, means.clock
    announced_in = AnnouncedIn(reads, means.announcement_channel)
    poster, rooms = Poster(means.postings, announced_in), Rooms()
    errands = Errands(means.workspaces, reads)
    following = Following(bus, reads, means.monotonic)
    channels, archives = Channels(bus, reads, poster, means.monotonic), Archives(following)

    def run(deliver: Deliver) -> Delivery:
        return errands.run(following.minding(deliver))

    postmortems = Postmortems(poster, reads)
    announcements = Announcements(poster, rooms, announced_in, reads, means.monotonic)
    news, cards = News(poster, reads, clock), Cards(poster, reads)
    told = AlertNotices(poster, rooms, announced_in, clock)
    return {
        e.RefreshAnnouncement: run(announcements.refresh),
        e.OpenChannel: run(channels.open),
        e.RefreshCard: run(_shown(cards, Settling(poster, reads))),
        e.RefreshTopic: run(Topics(poster).refresh),
        e.AddBookmarks: run(Bookmarks(poster).add),
        e.TellRole: run(RoleTellings(poster, reads).tell),
        e.PostReminder: run(Reminders(poster, reads, clock).post),
        e.ShowPostmortem: run(postmortems.show),
        e.AskContributors: run(postmortems.ask),
        e.RefreshTasks: run(TaskLists(poster, reads, clock).refresh),
        e.InvitePeople: run(Invitations(poster, reads).invite),
        e.ArchiveChannel: run(archives.archive),
        e.UnarchiveChannel: run(archives.unarchive),
        e.PostUpdate: run(news.update),
        e.PostNotice: run(news.notice),
        e.PostExecution: run(news.execution),
        e.RefreshLikenesses: run(LooksLike(poster, reads).refresh),
        e.RefreshAlerts: run(AlertLists(poster, cards, reads).refresh),
        e.PostAlertNotice: errands.run_source(told.post),
        **_from_afar(errands, poster, rooms, means),
        e.TellDeclarer: run(Troubles(poster, reads).tell),
        e.RefreshMentions: run(Mentions(poster, reads).refresh),
        e.RetellLines: run(Lines(poster, reads, means.outbox).retell),
        **_of_windows(errands, poster, Places(poster, rooms, announced_in), reads),
    }


def _shown(cards: Cards, settling: Settling) -> Deliver:
    """Whatever in its channel says how the incident is."""

    async def deliver(effect: e.RefreshCard, errand: IncidentErrand) -> None:
        await one_by_one([partial(cards.refresh, effect, errand), partial(settling.look, errand)])

    return deliver


def _from_afar(
    errands: Errands, poster: Poster, rooms: Rooms, means: Means
) -> Mapping[type[e.Effect], Delivery]:
    """Elsewhere than where an incident is worked on."""
    reads = means.reads
    outages = Outages(poster, means.postings, reads, means.clock)
    taking_back = Withdrawals(poster, rooms, reads, means.outbox, means.clock)
    return {
        e.TellSubscribers: errands.run(Subscribers(poster, rooms, reads, outages).tell),
        e.Withdraw: errands.run(taking_back.withdraw),
        e.PostSummary: errands.run_source(Summaries(poster, rooms, reads, outages).post),
    }


def _of_windows(
    errands: Errands, poster: Poster, places: Places, reads: ReadModels
) -> Mapping[type[e.Effect], Delivery]:
    run = errands.run_maintenance
    return {
        e.RefreshMaintenanceCard: run(WindowCards(poster, places).refresh),
        e.PostMaintenanceNotice: run(WindowNotices(poster, places, reads).post),
        e.TellMaintenanceOwner: run(WindowTroubles(poster, places, reads).tell),
    }
