"""The documents' own samples, with the line breaks put back that their text files lost.

Nothing of a sample is written here but the words its lines begin with.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "documents"
EXAMPLES = "overwatch-api-examples.txt"

Lines = Iterable[tuple[int, str]]
"""Indentation and first words of each line, in order."""

LOGIN: Lines = (
    (0, "import requests"),
    (0, "BASE_URL ="),
    (0, "def login("),
    (4, "response = requests.post("),
    (4, "response.raise_for_status()"),
    (4, "return response.json()"),
    (0, "# Usage"),
    (0, "session = login("),
    (0, "token = session["),
    (0, "# Create a reusable session with the token"),
    (0, "api = requests.Session()"),
    (0, "api.headers.update("),
)
LIST: Lines = (
    (0, "def list_incidents("),
    (4, "params = {"),
    (4, "if status:"),
    (8, "params["),
    (4, "if severity:"),
    (8, "params["),
    (4, "response = session.get("),
    (4, "response.raise_for_status()"),
    (4, "return response.json()"),
    (0, "# Usage"),
    (0, "result = list_incidents("),
    (0, "print("),
    (0, "for incident in"),
    (4, "print("),
)
CREATE: Lines = (
    (0, "def create_incident("),
    (4, "response = session.post("),
    (4, "response.raise_for_status()"),
    (4, "return response.json()"),
    (0, "# Usage"),
    (0, "incident = create_incident("),
    (0, "print("),
)
SEARCH: Lines = (
    (0, "def search_incidents("),
    (4, "response = session.post("),
    (4, "response.raise_for_status()"),
    (4, "return response.json()"),
    (0, "# Usage"),
    (0, "results = search_incidents("),
    (0, "for result in"),
    (4, "print("),
)
WITH_KEY: Lines = (
    (0, "API_KEY ="),
    (0, "api_key_session = requests.Session()"),
    (0, "api_key_session.headers.update("),
    (0, "response = api_key_session.get("),
    (0, "response.raise_for_status()"),
    (0, "incidents = response.json()"),
)
FAILING: Lines = (
    (0, "from requests.exceptions import"),
    (0, "def api_request("),
    (4, "response = session.request("),
    (4, "try:"),
    (8, "response.raise_for_status()"),
    (4, "except HTTPError:"),
    (8, "error_body ="),
    (8, "detail ="),
    (8, "if response.status_code == 401:"),
    (12, "# Token expired — trigger refresh or re-authenticate"),
    (12, "print("),
    (8, "raise Exception("),
    (4, "return response.json()"),
)
PYTHON: Iterable[tuple[str, str, Lines]] = (
    ("import requests", "Listing Incidents\n", LOGIN),
    ("def list_incidents(", "Creating an Incident\n", LIST),
    ("def create_incident(", "Searching Incidents\n", CREATE),
    ("def search_incidents(", "Tip: ", SEARCH),
    ("}API_KEY = ", "Note: ", WITH_KEY),
    ("from requests.exceptions", "# Check the HTTP status", FAILING),
)
"""Where each Python sample begins, what stands behind it, and its lines."""

JAVASCRIPT = (
    ("const BASE_URL", "import requests"),
    ("async function listIncidents", "def list_incidents("),
    ("async function createIncident", "def create_incident("),
    ("async function searchIncidents", "def search_incidents("),
    ('const API_KEY = "', "API_KEY = "),
    ("class OverwatchAPIError", "from requests.exceptions"),
)
COMMENTS = (
    "// data.access_token — use in Authorization header",
    "// data.refresh_token — store securely for token refresh",
    "// Token expired — trigger refresh or redirect to login",
    "// Usage",
)
"""JavaScript needs a line break only behind a comment."""


def document(name: str) -> str:
    """A document's text; without the folder that has it there is nothing to try."""
    if not FOLDER.is_dir():
        pytest.skip(f"The documents are not there; put them into {FOLDER} to try their samples.")
    return (FOLDER / name).read_text(encoding="utf-8")


def between(text: str, start: str, end: str) -> str:
    """From `start`, itself included, up to the next `end`."""
    begin = text.index(start)
    return text[begin : text.index(end, begin + len(start))]


def python_samples() -> str:
    """All Python samples of Overwatch's examples, one after another, as one program."""
    text = document(EXAMPLES)
    return "\n".join(broken_into(lines, between(text, start, end)) for start, end, lines in PYTHON)


def javascript_samples() -> str:
    text = document(EXAMPLES)
    program = "\n".join(between(text, start, end) for start, end in JAVASCRIPT)
    for comment in COMMENTS:
        program = program.replace(comment, f"\n{comment}\n")
    return program


def curl_samples(name: str) -> list[str]:
    """Every curl command of a document, each as one line for a shell."""
    text = document(name)
    found = re.findall(r"curl -[\s\S]+?(?=Response:|const |```|\nThe |\nAppend|\n[A-Z]|$)", text)
    return [" ".join(one.replace("\\\n", " ").replace("\\ -", "-").split("\n")) for one in found]


def status_script() -> str:
    """The script that looks at nothing but the HTTP status."""
    script = between(document(EXAMPLES), "HTTP_CODE=$(", "fiNext")
    return script.replace("\\ -", "-").replace('"elif', '"\nelif') + "\nfi\n"


def json_blocks(name: str) -> list[Any]:
    """Every JSON object that stands on lines of its own."""
    decoder, text, found = json.JSONDecoder(), document(name), []
    for match in re.finditer(r"^{", text, re.MULTILINE):
        try:
            value, _ = decoder.raw_decode(text, match.start())
        except json.JSONDecodeError:
            continue
        found.append(value)
    return found


def broken_into(lines: Lines, sample: str) -> str:
    """The sample with each of these lines on a line of its own."""
    places = list(_places(lines, sample))
    ends = [start for start, _ in places[1:]] + [len(sample)]
    return "".join(
        f"{' ' * indent}{' '.join(sample[start:end].split(chr(10))).strip()}\n"
        for (start, indent), end in zip(places, ends, strict=True)
    )


def _places(lines: Lines, sample: str) -> Iterable[tuple[int, int]]:
    here = 0
    for indent, words in lines:
        start = sample.index(words, here)
        yield start, indent
        here = start + len(words)
