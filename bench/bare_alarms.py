"""The baseline: APScheduler alone in a process, with jobs that do nothing but note the time."""

import asyncio
import json
import sys
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler


async def main(pending: int) -> None:
    """Reads moments from its input, one line of JSON; writes how late each alarm was."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    far = datetime(2100, 1, 1, tzinfo=UTC)
    for _ in range(pending):
        scheduler.add_job(_nothing, "date", run_date=far)
    scheduler.start()
    print("ready", flush=True)
    line = await asyncio.to_thread(sys.stdin.readline)
    moments = [datetime.fromisoformat(text) for text in json.loads(line)]
    late: list[float] = []
    everybody = asyncio.Event()

    async def note(moment: datetime) -> None:
        late.append((datetime.now(UTC) - moment).total_seconds())
        if len(late) == len(moments):
            everybody.set()

    for moment in moments:
        scheduler.add_job(note, "date", run_date=moment, args=[moment], misfire_grace_time=None)
    await everybody.wait()
    print(json.dumps(late), flush=True)


async def _nothing() -> None:
    """For a job that never comes."""


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
