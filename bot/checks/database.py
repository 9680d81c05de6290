"""The database: whether it answers, and whether its schema is that of this version."""

from bot.bootstrap import database_state
from bot.checks.finding import Finding
from bot.settings import Settings
from core.errors import CoreError

KIND = {True: "PostgreSQL", False: "SQLite"}


async def check_database(settings: Settings) -> list[Finding]:
    kind = KIND[settings.on_postgresql]
    try:
        state = await database_state(settings)
    except CoreError as refusal:
        return [Finding.wrong("database", f"{refusal} Look at TOCSIN_DATABASE_URL.")]
    if not state.exists:
        return [Finding.fine("database", "The first `tocsin serve` makes it.")]
    answers = Finding.fine("database", f"{kind} answers.")
    if not state.pending:
        return [answers, Finding.fine("migrations", "The schema is that of this version.")]
    if settings.on_postgresql:
        behind = "The schema is older than this version; run: tocsin migrate"
        return [answers, Finding.wrong("migrations", behind)]
    return [answers, Finding.fine("migrations", "`tocsin serve` will bring the schema up to date.")]
