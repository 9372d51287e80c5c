"""The user of the operating system, whom no option and no variable can change."""

import os
import pwd
from functools import cache


def login() -> str:
    """Return the name of the user who owns this process; ``$LOGNAME`` may lie."""
    return _name_of(os.getuid())


@cache
def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
