"""The App Home: a calendar, what goes on, and buttons that act from there."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from core.domain.account import UserState
from core.domain.maintenance import MaintenanceState
from sandbox.conversation.form import Form
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import in_hours, scheduled, stored


def the_grid(home: Form) -> str:
    [block] = [block for block in home.blocks if block["type"] == "rich_text"]
    return str(block["elements"][0]["elements"][0]["text"])


async def test_it_shows_incidents_windows_and_the_month_as_a_grid(stage: Stage) -> None:
    await stage.declares("Search is slow")
    window = await scheduled(stage, "New database", hours=1)

    home = await stage.alice.home("New database")

    assert "INC-1" in home.words
    here = stage.clock().astimezone(ZoneInfo(await zone_of(stage)))
    assert f"Calendar: {here:%B %Y}" in home.words
    grid = the_grid(home)
    assert grid.splitlines()[0].split() == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert f">{here.day:>2}" in grid
    start = window.scheduled_start_at.astimezone(here.tzinfo)
    if start.month == here.month:
        assert f"{start.day:>2}*" in grid
    await stage.settled()


async def test_the_worst_incident_stands_first_and_of_two_alike_the_newer(stage: Stage) -> None:
    for words in ("Older sev2", "Worst sev1", "Newer sev2"):
        await stage.declares(words)

    home = await stage.alice.home("Worst")

    _, _, active = home.words.partition("Active incidents")
    places = [active.index(title) for title in ("Worst", "Newer", "Older")]
    assert places == sorted(places)
    await stage.settled()


async def zone_of(stage: Stage) -> str:
    home = await stage.alice.home("All times: ")
    return home.words.rpartition("All times: ")[2].split()[0]


async def test_the_months_to_come_show_what_a_series_will_bring(stage: Stage) -> None:
    await scheduled(stage, "Backups", hours=1, recurrence="FREQ=DAILY")
    home = await stage.alice.home("Backups")

    await home.clicks("Later")
    later = await home.containing("(repeats)")

    assert the_grid(later).count("*") >= 28
    await later.clicks("This month")
    assert await later.containing("Scheduled")
    await stage.settled()


async def test_a_window_is_started_from_there_and_the_answer_stands_on_top(stage: Stage) -> None:
    await scheduled(stage)
    home = await stage.alice.home("New database")

    await home.clicks("Start now")

    told = await home.containing("You started MNT-1; it ends")
    assert told.blocks[0]["text"]["text"].startswith("You started MNT-1")
    assert "!" in the_grid(told)
    assert (await stored(stage)).state is MaintenanceState.IN_PROGRESS
    await stage.settled()


async def test_a_window_is_scheduled_from_there_and_the_month_looked_at_stays(
    stage: Stage,
) -> None:
    home = await stage.alice.home("No maintenance is running or coming.")
    await home.clicks("Later")
    month = (await home.containing("Calendar: ")).wire["private_metadata"]
    await (await home.fresh()).clicks("Schedule maintenance")
    form = await (await stage.alice.modal()).containing("What is done?")
    start = in_hours(stage, 30)

    await form.fill(
        {
            "What is done?": "Disks",
            "Start": int(start.timestamp()),
            "End": int((start + timedelta(hours=1)).timestamp()),
        }
    )
    await form.submit()

    told = await home.containing("MNT-1 “Disks” is scheduled")
    assert told.wire["private_metadata"] == month
    await stage.settled()


async def test_extending_and_canceling_ask_in_a_form(stage: Stage) -> None:
    await scheduled(stage)
    home = await stage.alice.home("New database")
    await home.clicks("Start now")
    running = await home.containing("Extend")
    before = (await stored(stage)).scheduled_end_at
    await running.clicks("Extend")
    form = await (await stage.alice.modal()).containing("How much longer?")
    await form.fill({"How much longer?": "2 hours"})
    await form.submit()
    await home.containing("MNT-1 now ends on")
    await running.clicks("Cancel maintenance")
    form = await (await stage.alice.modal()).containing("Why?")

    await form.fill({"Why?": "The vendor left."})
    await form.submit()

    assert await home.containing("You canceled MNT-1")
    window = await stored(stage)
    assert (window.scheduled_end_at - before, window.cancel_reason) == (
        timedelta(hours=2),
        "The vendor left.",
    )
    await stage.settled()


async def test_details_open_where_no_message_can_be_shown(stage: Stage) -> None:
    await scheduled(stage, description="Orders wait.")
    home = await stage.alice.home("New database")

    await home.clicks("Details")

    assert await (await stage.alice.modal()).containing("Orders wait.")
    await stage.settled()


async def test_an_older_view_does_not_replace_a_newer_one(stage: Stage) -> None:
    home = await stage.alice.home("No maintenance")
    await scheduled(stage)
    await stage.sandbox.fault("views.publish", "error", error="hash_conflict")

    await stage.alice.home()
    await stage.sandbox.settled()
    await stage.sandbox.clear_faults()

    assert "New database" not in (await home.fresh()).words
    assert "New database" in (await stage.alice.home("New database")).words
    await stage.settled()


async def test_who_was_put_out_reads_why_nothing_is_shown(stage: Stage) -> None:
    carol = stage.sandbox.person("carol")
    await stage.is_viewer("carol")
    await stage.puts_out("carol", UserState.SUSPENDED)

    home = await carol.home("is suspended; ask an admin")

    assert "INC" not in home.words


async def test_an_incident_declared_from_there_is_told_there(stage: Stage) -> None:
    home = await stage.alice.home("No incident is active.")
    await home.clicks("Declare an incident")
    form = await (await stage.alice.modal()).containing("What is wrong?")

    await form.fill({"What is wrong?": "Search is slow"})
    await form.submit()

    told = await home.containing("INC-1 “Search is slow” is declared.")
    assert "Open · Investigating" in told.words
    await stage.settled()


async def test_who_may_only_look_is_offered_nothing_else(stage: Stage) -> None:
    await scheduled(stage)
    carol = stage.sandbox.person("carol")
    await stage.is_viewer("carol")

    home = await carol.home("New database")

    assert "No incident is active." in home.words
    assert labels(home) == ["Details", "Earlier", "This month", "Later"]
    await stage.settled()


def labels(home: Form) -> list[str]:
    """Of every button, from top to bottom."""
    parts = [
        part
        for block in home.blocks
        for part in (block.get("accessory"), *block.get("elements", ()))
    ]
    return [part["text"]["text"] for part in parts if part and part["type"] == "button"]
