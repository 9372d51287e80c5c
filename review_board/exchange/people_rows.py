"""Lists of contacts and of companies: people and company names for the prospects they belong to."""

from collections.abc import Iterator

from review_board.exchange.columns import plan_columns
from review_board.exchange.gather_history import NOT_JOINED, GatheredHistory
from review_board.exchange.history_columns import reference_places
from review_board.exchange.import_result import HistoryReport, ImportOptions
from review_board.exchange.links import Key, ids_in, name_keys, person_keys, reference_keys
from review_board.exchange.list_table import ListTable
from review_board.exchange.people import people_of
from review_board.exchange.rows import Values, column_readers, read_row
from review_board.pipeline.fields import TypingDefaults

_OWN_IDS = ("id", "record id", "recordid", "hs_object_id")
_USED = frozenset(
    {"id", "name", "company", "contact", "first_name", "last_name", "email", "phone", "job_title"}
)
_NO_PERSON = frozenset({"contacts", "companies"})


def take_people(
    history: GatheredHistory, label: str, kind: str, table: ListTable, options: ImportOptions
) -> None:
    """Join the rows of a list of contacts or companies to their prospects, and report on them."""
    report = HistoryReport(label, kind)
    of = "contact" if kind == "contacts" else "company"
    plan = plan_columns(table, "leads", {})
    plan.places = {field: places for field, places in plan.places.items() if field in _USED}
    defaults = TypingDefaults(options.currency, history.context.today)
    readers = column_readers(table, plan, options, defaults)
    references = reference_places(table.headers)
    own = _own_place(table, of)
    for _, cells in table.rows:
        report.rows += 1
        values, _ = read_row(cells, readers)
        own_keys: list[Key] = (
            [(of, found) for found in ids_in(cells[own])] if own is not None else []
        )
        pointing = list(reference_keys(cells, references, own))
        if kind == "companies":
            _take_company(history, report, values, own_keys)
        else:
            _take_contact(history, report, values, [*own_keys, *pointing])
    history.reports.append(report)


def _own_place(table: ListTable, of: str) -> int | None:
    """Return the column of the rows' own id: named so, or the first that points to their own kind by id."""
    for place, header in enumerate(table.headers):
        if header.strip().casefold().replace("_", " ") in {
            name.replace("_", " ") for name in _OWN_IDS
        }:
            return place
    own = (p for p, r in reference_places(table.headers) if r.of == of and r.by_id)
    return next(own, None)


def _take_company(
    history: GatheredHistory, report: HistoryReport, values: Values, own_keys: list[Key]
) -> None:
    name = values.get("company") or values.get("name", "")
    keys = [*own_keys, *name_keys(company=name)]
    reached = history.links.reached(keys)
    if not reached:
        report.left_out[NOT_JOINED] += 1
        return
    history.links.add(keys, list(reached))
    named = [history.take_company(prospect_id, name) for prospect_id in reached]
    report.companies += sum(named)
    report.prospects.update(reached)


def _take_contact(
    history: GatheredHistory, report: HistoryReport, values: Values, keys: list[Key]
) -> None:
    people = people_of(values, "leads")
    own = [key for person in people for key in person_keys(person)]
    near = [key for key in (*keys, *own) if not key[0].startswith("company")]
    companies = [key for key in keys if key[0].startswith("company")]
    companies += name_keys(company=values.get("company", ""))
    reached = history.links.reached(_personal(near))
    is_vague = not reached
    reached = reached or history.links.reached(companies)
    if not reached or not people:
        report.left_out[NOT_JOINED] += 1
        return
    mine = [key for key in near if key[0] in {"contact", "email", "phone"}]
    mine += [key for key in own if key not in mine]
    history.links.add(mine, list(reached), is_vague=is_vague and len(reached) > 1)
    title = values.get("job_title", "")
    added = [history.take_person(found, person, title) for found in reached for person in people]
    report.people += sum(added)
    report.on_record += not any(added)
    report.prospects.update(reached)


def _personal(keys: list[Key]) -> Iterator[Key]:
    """Yield the keys that lead to a person's own sales; a name only where nothing else does."""
    yield from (key for key in keys if not key[0].endswith(" name") or key[0] == "deal name")
    yield from (key for key in keys if key[0] == "contact name")
