"""The settings, the data folder, the secret key and the port."""

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

import aiohttp

from bot.checks.finding import Finding
from bot.encryption import SECRET_KEY_FILE
from bot.listening import PortUnusable, take_port
from bot.private_files import is_private
from bot.settings import Settings, variable_of

PATIENCE = aiohttp.ClientTimeout(total=3)


def check_settings(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    known = {variable_of(field) for field in Settings.model_fields}
    given = sorted(known & environment.keys())
    yield Finding.fine("settings", f"{len(given)} come from the environment: {_listed(given)}.")
    for stranger in sorted(environment.keys() - known):
        if stranger.startswith("TOCSIN_"):
            yield Finding.wrong("settings", _unknown(stranger, known))


def check_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    if not folder.exists():
        return Finding.fine("data folder", f"{folder} will be made by the first `tocsin serve`.")
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return Finding.wrong(
            "data folder",
            f"{folder} cannot be written to; mend its permissions or let TOCSIN_DATA_DIR name "
            "another folder.",
        )
    return Finding.fine("data folder", f"{folder} can be written to.")


def check_secret_key(settings: Settings) -> Finding:
    path = settings.data_dir / SECRET_KEY_FILE
    if settings.secret_key is not None:
        return Finding.fine("secret key", "TOCSIN_SECRET_KEY gives it.")
    if not path.exists():
        return Finding.fine("secret key", f"It will be made in {path}.")
    if not is_private(path):
        return Finding.wrong(
            "secret key", f"Others on this machine may read {path}; run: chmod 600 {path}"
        )
    return Finding.fine("secret key", f"Only its owner may read {path}.")


async def check_port(settings: Settings) -> Finding:
    try:
        take_port(settings.host, settings.port, setting="TOCSIN_PORT").close()
    except PortUnusable as problem:
        if await _tocsin_answers(settings):
            return Finding.fine("port", f"Tocsin is running at port {settings.port}.")
        return Finding.wrong("port", str(problem))
    return Finding.fine("port", f"{settings.port} is free for `tocsin serve`.")


async def _tocsin_answers(settings: Settings) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(f"{settings.local_url}/health/live") as response,
        ):
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError):
        return False


def _unknown(stranger: str, known: Iterable[str]) -> str:
    close = get_close_matches(stranger, list(known), n=1)
    hint = f"; did you mean {close[0]}?" if close else "; see docs/settings.md."
    return f"{stranger} is not a setting{hint}"


def _listed(names: list[str]) -> str:
    return ", ".join(names) if names else "none"
