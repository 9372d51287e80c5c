"""Nobody sleeps in the tests of the screens, and what a thread does is waited for."""

import asyncio
import threading
import time

from tests.skipping_loop import now


async def test_an_hour_is_over_at_once_and_in_its_order() -> None:
    heard: list[str] = []
    loop = asyncio.get_running_loop()
    slept, begun = time.monotonic(), now()
    loop.call_later(3000, heard.append, "second")
    loop.call_later(2, heard.append, "first")
    await asyncio.sleep(3600)
    assert heard == ["first", "second"]
    assert now() - begun >= 3600
    assert time.monotonic() - slept < 600


async def test_a_job_in_a_thread_is_waited_for_at_the_pace_of_all() -> None:
    answer = threading.Event()
    job = asyncio.create_task(asyncio.to_thread(answer.wait, 60))
    await asyncio.sleep(0)
    slept = time.monotonic()
    await asyncio.sleep(0.05)
    assert time.monotonic() - slept >= 0.049
    answer.set()
    assert await job
