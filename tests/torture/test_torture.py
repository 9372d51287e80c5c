"""The short form of the torture, in a process of its own: it forks, which pytest's threads forbid."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.torture
def test_a_sample_of_everything() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture", "--short"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
