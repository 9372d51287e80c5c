"""What holds for every test: nothing is compiled twice."""

import os
import sys
from pathlib import Path

BYTECODE = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"

if sys.dont_write_bytecode:
    # Whoever asked for that meant the checkout. The workers and the many programs that are started
    # here would each compile everything anew, so their bytecode goes where pytest keeps its own.
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
