"""What holds for every test: nothing is compiled twice or waits for a disk; what was loaded is no garbage."""

import gc
import os
import shutil
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from review_board.board.board import Board
    from tests.office import Office

BYTECODE = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
MEMORY, ROOM = Path("/dev/shm"), 1 << 30
"""Where Linux keeps files in memory, and the bytes that must be free there to be used."""

if sys.dont_write_bytecode:
    # Whoever asked for that meant the checkout. The workers and the many programs that are started
    # here would each compile everything anew, so their bytecode goes where pytest keeps its own.
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    # A save waits for the disk, thousands of times; what a killed process leaves is the same here.
    # ``TMPDIR=/var/tmp pytest`` runs on a disk.
    os.environ.setdefault("TMPDIR", str(MEMORY))

gc.disable()

SEARCH = int(os.environ.get("PROPERTY_SEARCH", "0"))
"""``PROPERTY_SEARCH=5000 pytest tests/judgement`` looks at that many fresh examples of each property."""

# The same examples each time, whichever rooms run; a busy machine is no fault of what is tested.
settings.register_profile(
    "suite",
    derandomize=not SEARCH,
    max_examples=SEARCH or 60,
    deadline=None,
    database=None,
    suppress_health_check=(
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ),
)
settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Each of several workers first loads a share of its own: what one compiled the others only read."""
    if session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
        workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        root = Path(__file__).parents[1]
        for path in sorted(root.glob("tests/**/test_*.py"))[worker::workers]:
            with suppress(Exception, pytest.skip.Exception):  # told when it is collected
                import_module(".".join(path.relative_to(root).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """The collector goes on, seldom, and without the thousands of tests that are there to stay."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


def pytest_sessionfinish() -> None:
    """What is left goes with the process: pytest would walk all of it, five times."""
    gc.freeze()


@pytest.fixture
def office() -> "Office":
    from tests.office import Office  # only now: what is imported before is compiled twice

    return Office()


@pytest.fixture
def board(office: "Office") -> "Board":
    return office.open()


def pytest_asyncio_loop_factories() -> dict[str, type]:
    """Tests of the screens sleep for nobody."""
    from tests.skipping_loop import SkippingLoop  # only now: it loads Textual

    return {"skipping": SkippingLoop}
