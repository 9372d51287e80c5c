"""Erasing forgotten prospects from every file of a pipeline; each step can be done again.

A line of the ledger from which something was erased keeps its check value, so that all that follows
it, and every copy of the data file, still fits.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from review_board import private_files
from review_board.errors import StoreError
from review_board.store import archive, check_values, codec, files, side_files
from review_board.store.contents import dump
from review_board.store.forgotten import erased_action, erased_docs, erased_document
from review_board.store.good_copies import read_copy
from review_board.store.ledger_survey import raw_lines
from review_board.store.paths import BULK, DAMAGED, PipelinePaths
from review_board.store.protocol import PROSPECTS
from review_board.store.side_files import ledgers_in, named_in

_Docs = list[dict[str, Any]]


@dataclass(slots=True)
class FileEraser:
    """Rewrites the files of one pipeline; the caller holds its lock.

    ``names`` are those that the prospects had; ``in_ledger``: the ledger says something about them.
    """

    paths: PipelinePaths
    ids: frozenset[str]
    names: set[str] = field(default_factory=set)
    in_ledger: bool = False

    def everywhere(self) -> None:
        """Erase them from all files but the data file, which was written without them before."""
        with files.explain_errors(self.paths.folder, "erased from"):
            for docs in self._all_docs():
                self._look_at(docs)
            everything = sorted(self.paths.folder.iterdir())
            for path in everything:
                self._look_into_backup(path)
            # the files that tell their names go last: whoever finishes this after a kill needs them
            for path in everything:
                self._in_damaged(path)
            if self.in_ledger:
                self._replace(self.paths.ledger, self._lines())
            self._remove_unnamed()
            self._in_kept_documents()
            for path in self.paths.archives():
                self._in_archive(path)
            for path in everything:
                if self._is_backup(path):
                    self._rewrite(path, self._kept_tables, dump)

    def _all_docs(self) -> Iterator[_Docs]:
        for text in raw_lines(self.paths):
            body = orjson.loads(text)
            if isinstance(body, dict) and "seq" in body:
                yield self._docs(body)
        for path in self.paths.archives():
            yield from (_docs_of(*pair) for pair in archive.entries_of(path))

    def _docs(self, body: dict[str, Any]) -> _Docs:
        """Return the documents of a line of the ledger, from its side file too."""
        if "bulk" not in body:
            found: _Docs = body["docs"]
            return found
        loaded: _Docs = orjson.loads(files.read_whole(self.paths.folder / body["bulk"])[0])
        return loaded

    def _look_at(self, docs: _Docs) -> None:
        self.in_ledger = self.in_ledger or erased_docs(docs, self.ids) != docs
        for doc in docs:
            if doc["table"] == PROSPECTS and doc["id"] in self.ids:
                values = (doc["before"].get("name"), doc["after"].get("name"))
                self.names |= {name for name in values if isinstance(name, str) and name}

    def _lines(self) -> Iterator[bytes]:
        previous = ""
        for text in raw_lines(self.paths):
            line = codec.read_line(text)
            docs = self._docs(orjson.loads(text)) if line.is_change else []
            kept = erased_docs(docs, self.ids)
            if kept == docs:
                yield text
            elif isinstance(line.record, codec.Deferred):
                side = side_files.write(self.paths, line.seq, [codec.dump(kept)])[0].name
                yield self._rewritten(line, docs, previous, side)
            else:
                yield self._rewritten(line, docs, previous)
            previous = line.chain if line.is_link else previous

    def _rewritten(
        self, line: codec.LedgerLine, docs: _Docs, previous: str, side: str = ""
    ) -> bytes:
        """Return a line without what it says about them; ``side`` names the file of its documents."""
        body, kept = orjson.loads(line.text), erased_docs(docs, self.ids)
        rest = {key: value for key, value in body.items() if key not in ("chain", "erased")}
        rest["action"] = erased_action(body["action"], docs, self.names, self.ids)
        if side:
            value = check_values.new_digest(codec.dump(kept)).hexdigest()
            rest |= {"bulk": side, "count": len(kept), "hash": value}
        else:
            rest["docs"] = kept
        if not line.chain:
            return codec.dump(rest) + b"\n"
        before = previous if line.follows(previous) else os.urandom(8).hex()  # a gap stays one
        return check_values.seal_erased(codec.dump(rest), before, line.chain)

    def _in_archive(self, path: Path) -> None:
        docs = (_docs_of(*pair) for pair in archive.entries_of(path))
        if any(found != erased_docs(found, self.ids) for found in docs):
            label = archive.label_of(path)
            self._replace(path, archive.packed_lines(label, self._lines_of_archive(path, label)))

    def _lines_of_archive(self, path: Path, label: archive.Label) -> Iterator[bytes]:
        """Yield its lines, those about them rewritten; each waits until the change before it is read."""
        waiting: list[tuple[codec.LedgerLine, bytes]] = []
        for line, side in archive.entries_of(path):
            if line.is_link:
                for pair in waiting:
                    yield from self._archived_again(*pair, line.chain)
                waiting = []
            waiting.append((line, side))
        for pair in waiting:
            yield from self._archived_again(*pair, label.origin)

    def _archived_again(self, line: codec.LedgerLine, side: bytes, previous: str) -> list[bytes]:
        docs = _docs_of(line, side)
        kept = erased_docs(docs, self.ids)
        if kept == docs:
            return [line.text, side] if side else [line.text]
        if not side:
            return [self._rewritten(line, docs, previous)]
        text = self._rewritten(line, docs, previous, orjson.loads(line.text)["bulk"])
        return [text, codec.dump({"docs": kept}) + b"\n"]

    def _is_backup(self, path: Path) -> bool:
        return path == self.paths.backup or self.paths.backup_order(path.name) is not None

    def _look_into_backup(self, path: Path) -> None:
        if self._is_backup(path):
            with suppress(StoreError, ValueError):  # one that is no good copy tells no names
                table = read_copy(path).tables[PROSPECTS]
                names = (table[key].get("name") for key in self.ids & table.keys())
                self.names |= {name for name in names if isinstance(name, str) and name}

    def _in_damaged(self, path: Path) -> None:
        if DAMAGED.search(path.name) and self.paths.is_ours(path.name):
            self._remove_if_named(path, files.read_whole(path)[0])

    def _remove_if_named(self, path: Path, data: bytes) -> None:
        """Remove a file that cannot be rewritten, if it names them."""
        words = [*self.ids, *self.names]
        if any(word.encode() in data or codec.dump(word)[1:-1] in data for word in words):
            path.unlink(missing_ok=True)

    def _rewrite(
        self, path: Path, without: Callable[[Any], Any], dump: Callable[[Any], Iterable[bytes]]
    ) -> None:
        """Rewrite a file of JSON without them; one that is damaged goes when it names them."""
        data, _ = files.read_whole(path)
        try:
            found = orjson.loads(data)
            kept = without(found)
        except (ValueError, LookupError, TypeError, AttributeError):
            self._remove_if_named(path, data)
        else:
            if kept != found:
                self._replace(path, dump(kept))

    def _kept_tables(self, tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {
            name: {
                key: erased_document(name, one, self.ids) if isinstance(one, dict) else one
                for key, one in table.items()
                if not isinstance(one, dict)
                or erased_document(name, {"id": f"tinydb-{key}", **one}, self.ids) is not None
            }
            for name, table in tables.items()
        }

    def _replace(self, path: Path, parts: Iterable[bytes]) -> None:
        mode = private_files.private_mode(self.paths.folder)
        with private_files.replacing(path, self.paths.temporary(), parts, mode):
            pass  # nothing is looked at before it takes the place of the old one

    def _remove_unnamed(self) -> None:
        """Remove the side files that no ledger in the folder names any more."""
        unnamed = self._large()
        for ledger in ledgers_in(self.paths.folder):
            unnamed -= named_in(ledger, unnamed)
        names = {path.name for path in self.paths.folder.iterdir()}
        for name in unnamed | {name for name in names if self.paths.is_temporary(name)}:
            (self.paths.folder / name).unlink(missing_ok=True)

    def _large(self) -> set[str]:
        own = tuple(f"{name}.bulk-" for name in (self.paths.data.name, self.paths.data.stem))
        names = (path.name for path in self.paths.folder.iterdir())
        return {name for name in names if BULK.fullmatch(name) and name.startswith(own)}

    def _in_kept_documents(self) -> None:
        """Rewrite side files that only a damaged ledger names, which was kept."""
        kept = self._large()
        for ledger in ledgers_in(self.paths.folder):
            kept -= set() if DAMAGED.search(ledger.name) else named_in(ledger, kept)
        for name in sorted(kept):
            path = self.paths.folder / name
            self._rewrite(path, lambda docs: erased_docs(docs, self.ids), lambda d: [codec.dump(d)])


def _docs_of(line: codec.LedgerLine, side: bytes) -> _Docs:
    found: _Docs = orjson.loads(side or line.text)["docs"] if line.is_change else []
    return found
