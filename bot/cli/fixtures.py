"""`tocsin fixtures load`."""

from argparse import Namespace

from bot.answers import Answer
from bot.bootstrap import administration
from bot.fixtures import CHECKOUT, METRIC_ID, PASSWORDS, fixtures, keys_of
from bot.passwords import hash_password
from bot.secret_keys import secret_keys
from bot.settings import Settings

WARNING = (
    "Their passwords and one of the keys are printed in public documents: "
    "load them only where nobody else can reach the server."
)


async def load(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        keys = keys_of(secret_keys(settings)[0])
        hashes = {user: await hash_password(password) for user, password in PASSWORDS.items()}
        made = await office.bus.execute(fixtures(office.caller, keys, hashes, office.clock()))
    shown = {**keys.shown(), "service_id": CHECKOUT, "metric_id": METRIC_ID}
    lines = [f"{name:16} {value}" for name, value in shown.items()]
    said = f"{made} example objects were loaded." if made else "All examples were there already."
    return Answer(object={**shown, "loaded": made}, words="\n".join([said, *lines, WARNING]))
