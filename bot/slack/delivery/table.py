"""Which delivery shows which effect."""

from collections.abc import Mapping

from bot.slack.delivery.alert_notices import AlertNotices
from bot.slack.delivery.alerts import AlertLists
from bot.slack.delivery.announcement import Announcements
from bot.slack.delivery.bookmarks import Bookmarks
from bot.slack.delivery.card import Cards
from bot.slack.delivery.channel import Channels
from bot.slack.delivery.errand import Errands
from bot.slack.delivery.invitations import invite_people
from bot.slack.delivery.likenesses import LooksLike
from bot.slack.delivery.news import News
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.rooms import Rooms
from bot.slack.delivery.topic import Topics
from bot.slack.delivery.trouble import Troubles
from bot.slack.delivery.window_notices import WindowNotices
from bot.slack.delivery.window_places import Places
from bot.slack.delivery.window_trouble import WindowTroubles
from bot.slack.delivery.windows import WindowCards
from bot.slack.workspaces import Workspaces
from core import effects as e
from core.bus import CommandBus
from core.ports import Clock, Delivery, Postings, ReadModels


def deliveries(
    bus: CommandBus,
    reads: ReadModels,
    postings: Postings,
    workspaces: Workspaces,
    announcement_channel: str,
    clock: Clock,
) -> Mapping[type[e.Effect], Delivery]:
    poster, rooms = Poster(postings, announcement_channel), Rooms()
    errands = Errands(workspaces, reads)
    run = errands.run
    news, cards = News(poster, reads, clock), Cards(poster)
    told = AlertNotices(poster, rooms, announcement_channel, clock)
    return {
        e.RefreshAnnouncement: run(Announcements(poster, rooms, announcement_channel).refresh),
        e.OpenChannel: run(Channels(bus, reads).open),
        e.RefreshCard: run(cards.refresh),
        e.RefreshTopic: run(Topics(poster).refresh),
        e.AddBookmarks: run(Bookmarks(poster).add),
        e.InvitePeople: run(invite_people),
        e.PostUpdate: run(news.update),
        e.PostNotice: run(news.notice),
        e.PostExecution: run(news.execution),
        e.RefreshLikenesses: run(LooksLike(poster, reads).refresh),
        e.RefreshAlerts: run(AlertLists(poster, cards, reads).refresh),
        e.PostAlertNotice: errands.run_source(told.post),
        e.TellDeclarer: run(Troubles(poster, reads).tell),
        **_of_windows(errands, poster, Places(poster, rooms, announcement_channel), reads),
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
