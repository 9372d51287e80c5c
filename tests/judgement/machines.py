"""Judges documents in processes with other surroundings: seed, time zone, locale."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson

PROBE = """
import sys
from datetime import date
from zoneinfo import ZoneInfo
import orjson
from review_board.judgement.evidence import gather
from review_board.judgement.recommend import recommend_from
from review_board.judgement.recommendation import as_json
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import from_document
from review_board.settings.tree import Settings
for day, document in orjson.loads(sys.stdin.buffer.read()):
    today = Today(date.fromisoformat(day), ZoneInfo("Europe/Berlin"))
    made = recommend_from(gather(from_document(document), today, Settings()))
    print(orjson.dumps(as_json(made)).decode())
"""
ELSEWHERE = (("0", "UTC", "C"), ("7", "Pacific/Kiritimati", "C.UTF-8"))


def judged_elsewhere(
    dated: Sequence[tuple[date, dict[str, Any]]], seed: str, zone: str, locale: str
) -> list[str]:
    """What is said of each document on its day in Berlin, as lines of JSON."""
    surroundings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
    made = subprocess.run(
        [sys.executable, "-c", PROBE],
        input=orjson.dumps(dated),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **surroundings},
    )
    return made.stdout.decode().splitlines()
