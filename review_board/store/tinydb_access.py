"""TinyDB itself on a pipeline: for scripts and for people who want its queries.

TinyDB is imported only when asked for (46 ms). What it writes is as safe as a checkpoint.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from review_board.errors import BusyError
from review_board.store import files
from review_board.store.datafile import PipelineStorage
from review_board.store.lock import PATIENCE, locked
from review_board.store.paths import PipelinePaths

if TYPE_CHECKING:
    from tinydb import TinyDB


class SharedStorage(PipelineStorage):
    """A TinyDB storage that writes under the pipeline's lock, and never over what it has not read.

    Documents may be inserted without ``id`` and ``rev``; open boards take them in within a second.
    """

    def __init__(self, path: str | os.PathLike[str], *, patience: float = PATIENCE) -> None:
        super().__init__(PipelinePaths.of(path))
        self._patience = patience

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Replace the file; raises ``BusyError`` when it changed since it was read."""
        with locked(self.paths.lock, self._patience):
            if files.signature(self.paths.data) != self.seen:
                raise BusyError(
                    f"{self.paths.data} was changed meanwhile; nothing was written",
                    "read it again",
                )
            super().write(data)


def open_tinydb(path: str | os.PathLike[str], *, patience: float = PATIENCE) -> "TinyDB":
    """Open a TinyDB on the data file as of its last checkpoint (see ``FileStore.checkpoint``)."""
    from tinydb import TinyDB

    return TinyDB(path, storage=SharedStorage, patience=patience)
