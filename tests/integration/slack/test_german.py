"""An organisation that chose German: a whole incident and a whole maintenance without English."""

from datetime import timedelta

from bot.languages import catalogue_of
from core.commands.settings import EditIncidentSettings
from tests.fakes.people import the_operator
from tests.integration.slack.channels import heard
from tests.integration.slack.spoken import english_in, texts_shown
from tests.integration.slack.stage import Stage
from tests.integration.slack.windows import scheduled

GERMAN = catalogue_of("de")


async def speaks(stage: Stage, language: str) -> None:
    operator = the_operator(stage.organization_id)
    await stage.bus.execute(EditIncidentSettings(caller=operator, language=language))


async def test_an_incident_is_worked_on_without_a_word_of_english(stage: Stage) -> None:
    await speaks(stage, "de")

    room = await stage.declares("Kasse ohne Verbindung")
    await stage.bob.types(room, "/incident ack")
    await stage.bob.types(room, "/incident severity sev1")
    await stage.alice.types(room, "/incident update Ein Zertifikat fehlt")
    await stage.alice.types(room, "/incident note Neu ausgestellt")
    await stage.alice.types(room, "/incident task Ablauf überwachen")
    await stage.alice.types(room, "/incident snooze 2h")
    await stage.alice.types(room, "/incident timeline")
    await stage.alice.types(room, "/incident list")
    await stage.alice.types(room, "/incident help")
    await stage.alice.types(room, "/incident help severity")
    await stage.bob.types(room, "/incident resolve Zertifikat ersetzt")
    await stage.settled()

    shown = await texts_shown(stage)
    assert any("hat den Vorfall bestätigt." in text for text in shown)
    assert any("Kritisch (SEV1)" in text for text in shown)
    assert english_in(shown, GERMAN) == []


FORMS = ("", "update", "resolve", "edit", "role", "task", "note", "cancel", "severity", "merge",
         "link", "private", "snooze", "export", "settings")  # fmt: skip
ANSWERED = ("show", "list all", "tasks", "alerts", "similar Zertifikat", "subscribe",
            "subscribe list", "postmortem")  # fmt: skip
REFUSED = ("show INC-99", "severty high", "severity arg", "snooze bald", "list foo", "merge INC-1",
           "assign niemand", "tasks done 7", "task wer", "export pdf")  # fmt: skip


async def test_forms_answers_and_refusals_are_german(stage: Stage) -> None:
    await speaks(stage, "de")
    room = await stage.declares("Kasse ohne Verbindung")

    for command in (*FORMS, *ANSWERED, *REFUSED):
        await stage.alice.types(room, f"/incident {command}".strip())
    await stage.settled()

    shown = await texts_shown(stage)
    assert {"Vorfall beheben", "Vorfall verknüpfen", "Einstellungen"} <= {*shown}
    assert "Es gibt keinen Vorfall INC-99." in shown
    assert english_in(shown, GERMAN) == []


async def test_maintenance_and_the_home_are_german(stage: Stage) -> None:
    await speaks(stage, "de")
    await scheduled(stage, "Neue Datenbank", hours=1, recurrence="FREQ=WEEKLY")
    general = await stage.room("general")

    await stage.alice.types(general, "/maintenance list")
    await stage.alice.types(general, "/maintenance")
    await stage.alice.types(general, "/maintenance start MNT-1")
    await stage.alice.types(general, "/maintenance extend 30m")
    await stage.alice.types(general, "/maintenance update Halb fertig")
    await stage.alice.types(general, "/maintenance complete")
    await stage.alice.types(general, "/maintenance help")
    await stage.alice.home("Kalender")
    await stage.passes(timedelta(minutes=5))

    shown = await texts_shown(stage)
    assert any("ist jetzt abgeschlossen." in text for text in shown)
    assert english_in(shown, GERMAN) == []


async def test_another_choice_holds_for_what_is_said_next(stage: Stage) -> None:
    await speaks(stage, "de")
    room = await stage.declares("Kasse ohne Verbindung")

    await speaks(stage, "en")
    await stage.bob.types(room, "/incident ack")

    await room.message("acknowledged the incident.")
    await stage.settled()


async def test_whoever_archives_a_channel_unseen_is_somebody_in_german(stage: Stage) -> None:
    await speaks(stage, "de")
    room = await stage.declares("Kasse ohne Verbindung")
    await stage.sandbox.fault("users.info", "error", error="user_not_found")

    await stage.bob.joins(room)

    await stage.bob.archives(room)

    event = await heard(stage, "archived")
    assert event.by.name == "Jemand"
