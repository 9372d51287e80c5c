"""Users of the operating system: who runs this program, whose a file is, and what its owner can do about it."""

import grp
import os
import pwd
import stat
from functools import cache
from pathlib import Path
from typing import NamedTuple


class FileOwner(NamedTuple):
    """Owner and group of a file or folder, and whether the group is ours and shares the folder."""

    name: str
    user: str
    group: str
    is_ours: bool
    is_in_group: bool
    is_shared: bool


def owner_of(path: Path) -> FileOwner | None:
    """Return whose it is; of what cannot be seen, whose the nearest folder is that can."""
    for place in (path, *path.absolute().parents):
        try:
            found = place.stat()
        except OSError:
            continue
        folder = found if stat.S_ISDIR(found.st_mode) else place.parent.stat()
        groups = {os.getegid(), *os.getgroups()}
        return FileOwner(
            place.name or str(place),
            user_name(found.st_uid),
            _group(found.st_gid),
            found.st_uid == os.geteuid(),
            found.st_gid in groups,
            bool(folder.st_mode & stat.S_ISGID),
        )
    return None


def cure(owner: FileOwner | None) -> str:
    """Return what is to be done, and by whom."""
    if owner is None or owner.is_ours:
        return "check its permissions"
    whose = f"{owner.name} belongs to {owner.user}, group {owner.group}"
    if not owner.is_in_group:
        return f"{whose}; ask {owner.user} or root to take you into a shared group"
    if not owner.is_shared:
        return f"{whose}; ask {owner.user} for chmod g+rws on the folder, g+rw on its files"
    return f"{whose}; ask {owner.user} for chmod g+rw on it"


def login() -> str:
    """Return the name of the user who owns this process, whom no option and no variable can change."""
    return user_name(os.getuid())


@cache
def user_name(uid: int) -> str:
    """Return the name of a user, or the number of one without a name."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"


def _group(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return f"gid {gid}"
