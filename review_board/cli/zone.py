"""The zone that decides which day it is, by its name where the machine tells one."""

import os
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

LOCALTIME = Path("/etc/localtime")


def named_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, or ``None`` for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def machine_zone() -> tzinfo:
    """Return the machine's zone: ``$TZ``, else what ``/etc/localtime`` leads to, else its present offset."""
    for name in (os.environ.get("TZ", "").removeprefix(":"), _linked_name()):
        if name and (zone := named_zone(name)):
            return zone
    offset = datetime.now().astimezone()
    zone = offset.tzinfo
    return UTC if zone is None or offset.utcoffset() == timedelta(0) else zone


def _linked_name() -> str:
    _, found, name = os.path.realpath(LOCALTIME).partition("/zoneinfo/")
    return name if found else ""
