"""Lists of contacts and of companies: people and company names for the prospects they belong to."""

from review_board.exchange.columns import CLOSING, plan_columns
from review_board.exchange.gather_history import NOT_JOINED, GatheredHistory
from review_board.exchange.history_words import reference_places
from review_board.exchange.import_result import HistoryReport, ImportOptions
from review_board.exchange.links import Key, Links, ids_in, name_keys, person_keys, reference_keys
from review_board.exchange.list_table import ListTable
from review_board.exchange.people import people_of
from review_board.exchange.read_rows import Values, column_readers, read_row
from review_board.exchange.refusals import ALL_PEOPLE
from review_board.exchange.row_place import channels_refused
from review_board.pipeline.fields import TypingDefaults

_OWN_IDS = frozenset({"id", "record id", "recordid", "hs object id"})
_USED = CLOSING | {
    *("id", "name", "company", "contact", "first_name", "last_name", "email", "phone", "job_title")
}


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
    waiting: list[tuple[Values, list[Key]]] = []
    for _, cells in table.rows:
        report.rows += 1
        values, _ = read_row(cells, readers)
        own_keys: list[Key] = (
            [(of, found) for found in ids_in(cells[own])] if own is not None else []
        )
        pointing = list(reference_keys(cells, references, own))
        waiting.append((values, [*own_keys, *([] if kind == "companies" else pointing)]))
    if kind == "companies":
        _join_namesakes(history.links, waiting)
    take = _take_company if kind == "companies" else _take_contact
    while waiting and (rest := [r for r in waiting if not take(history, report, *r)]) != waiting:
        waiting = rest  # whom one row leads to may lead another row there
    report.left_out.update([NOT_JOINED] * len(waiting))
    history.reports.append(report)


def _own_place(table: ListTable, of: str) -> int | None:
    """Return the column of the rows' own id: named so, or the first that points to their own kind by id."""
    for place, header in enumerate(table.headers):
        if header.strip().casefold().replace("_", " ") in _OWN_IDS:
            return place
    own = (p for p, r in reference_places(table.headers) if r.of == of and r.by_id)
    return next(own, None)


def _join_namesakes(links: Links, rows: list[tuple[Values, list[Key]]]) -> None:
    """Let the id of a company lead to the prospects of another one by the same name: it is there twice."""
    for _ in range(2):
        for values, own_keys in rows:
            keys = [*own_keys, *_company_keys(values)]
            if reached := links.reached(keys):
                links.add(keys, list(reached))


def _company_keys(values: Values) -> list[Key]:
    return list(name_keys(company=values.get("company") or values.get("name", "")))


def _take_company(
    history: GatheredHistory, report: HistoryReport, values: Values, own_keys: list[Key]
) -> bool:
    """Give the name of a company to its prospects; tell whether there are any."""
    name = values.get("company") or values.get("name", "")
    reached = history.links.reached([*own_keys, *_company_keys(values)])
    if not reached:
        return False
    named = [found for found in reached if history.take_company(found, name)]
    refused = channels_refused(values)
    for found in reached:
        history.refuse(found, ALL_PEOPLE, refused)
    report.refusing += bool(refused)
    report.companies += len(named)
    report.prospects.update(named)
    return True


def _take_contact(
    history: GatheredHistory, report: HistoryReport, values: Values, keys: list[Key]
) -> bool:
    """Add the people of a row to the prospects they belong to; tell whether there are any."""
    people = people_of(values, "leads")
    own = [key for person in people for key in person_keys(person)]
    near = [key for key in (*keys, *own) if not key[0].startswith("company")]
    companies = [key for key in keys if key[0].startswith("company")]
    companies += name_keys(company=values.get("company", ""))
    reached = _reached(history.links, near, companies)
    if not reached or not people:
        return False
    mine = [key for key in near if key[0] in {"contact", "email", "phone"}]
    mine += [key for key in own if key not in mine]
    history.links.add(mine, list(reached))
    title, refused = values.get("job_title", ""), channels_refused(values)
    taken = [
        (found, *history.take_person(found, one, title, refused))
        for found in reached
        for one in people
    ]
    gained = [found for found, _, is_new in taken if is_new]
    for found, who, _ in taken:
        history.refuse(found, who, refused)
    report.refusing += bool(refused)
    report.people += len(gained)
    report.on_record += not gained
    report.prospects.update(gained)
    return True


def _reached(links: Links, near: list[Key], companies: list[Key]) -> dict[str, None]:
    """Return the prospects of a person: by its ids, its company, its addresses, or else its name.

    Of several of its company those are meant that have its address already.
    """
    ids, reach = {"deal", "lead", "contact"}, {"email", "phone"}
    by_id = links.reached(key for key in near if key[0] in ids)
    of_company = links.reached(companies)
    by_reach = links.reached(key for key in near if key[0] in reach)
    both = {found: None for found in of_company if found in by_reach}
    if found := by_id or both or of_company or by_reach:
        return found
    return {} if companies else links.reached(key for key in near if key[0].endswith(" name"))
