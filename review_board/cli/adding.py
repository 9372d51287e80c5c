"""``add`` and ``edit``: a new prospect, and the plain fields of one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from review_board.cli.change import make
from review_board.cli.context import Invocation
from review_board.cli.filtering import fitting
from review_board.cli.moving import MoveOptions, typed_move, typed_step
from review_board.cli.options import F, command, pass_invocation
from review_board.cli.typed_words import as_wrong_usage, column_named, one_of
from review_board.errors import UsageError
from review_board.pipeline.dates import long_when
from review_board.pipeline.fields import (
    NOTHING,
    PLAIN_FIELDS,
    PlainField,
    TypingDefaults,
    distinct_tags,
    read_contact_field,
)
from review_board.pipeline.money import long_money
from review_board.pipeline.vocabulary import Column, ReasonKind, Role
from review_board.wording import several

if TYPE_CHECKING:
    from review_board.board.board import Change
    from review_board.pipeline.prospect import Prospect
    from review_board.pipeline.stamp import Stamp

NAME, TAGS = PLAIN_FIELDS["name"], PLAIN_FIELDS["tags"]
OPTIONS = [field for field in PLAIN_FIELDS.values() if field not in {NAME, TAGS}]
"""The fields with an option of their own name: a name is given otherwise, tags one by one."""

_ALSO = {"close_date": ("--close",)}
"""Options by another name: a filter calls the close date ``close``."""


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option of each plain field."""
    for field in reversed(OPTIONS):
        names = (_option(field), *_ALSO.get(field.name, ()))
        command = click.option(*names, field.name, help=field.help)(command)
    return command


def read_fields(typed: Mapping[str, str | None], defaults: TypingDefaults) -> dict[str, Any]:
    """Return the values of the options that were given; an error names its option."""
    values: dict[str, Any] = {}
    for name, text in typed.items():
        if text is not None:
            field = PLAIN_FIELDS[name]
            with as_wrong_usage(_option(field)):
                values[name] = field.read(text, defaults)
    return values


def _read_owned(
    call: Invocation, typed: Mapping[str, str | None], *, is_new: bool
) -> dict[str, Any]:
    """Return the values of the options; an owner who is nearly called as another is asked about."""
    from review_board.board.owners import doubt, spelled_owner

    values = read_fields(typed, _typing_defaults(call))
    if owner := values.get("owner", ""):
        owners = {*call.board.owners(), call.board.by}
        if not is_new and (asked := doubt(owner, owners)):
            raise UsageError(
                f"Nobody called {owner[:40]!r} owns a prospect",
                f"{asked} --new-owner gives it to a new one",
            )
        values["owner"] = spelled_owner(owner, owners)
    return values


@contextmanager
def _tells_of_new_owners(call: Invocation) -> Iterator[None]:
    """Say after a change who owns a prospect for the first time."""
    before = {*call.board.owners(), call.board.by}
    yield
    for owner in sorted(call.board.owners() - before):
        call.out.note(f"{owner} is a new owner here")


def read_tags(texts: Iterable[str], defaults: TypingDefaults) -> tuple[str, ...]:
    """Return the tags of options that may be repeated, each once."""
    return distinct_tags(tag for text in texts for tag in TAGS.read(text, defaults))


def _option(field: PlainField) -> str:
    return field.option or f"--{field.name.replace('_', '-')}"


def _called(field: PlainField) -> str:
    return field.label.lower() if field.option else field.name.replace("_", " ")


def in_words(values: Mapping[str, Any], today: date) -> str:
    """Return what was set: ``value $24,000, close date 31 Dec``."""
    return ", ".join(
        f"{_called(PLAIN_FIELDS[name])} {PLAIN_FIELDS[name].show(value, today) or 'emptied'}"
        for name, value in values.items()
    )


def short_label(prospect: "Prospect") -> str:
    """Return the name with the value: ``Lakeside Dental ($18,000)``."""
    return f"{prospect.name} ({long_money(prospect.value)})" if prospect.value else prospect.name


_WHY_LATER = {"because": "--because", "correction": "--correction"}
"""The options that say why a close date moves later."""
_SOLID = {"yes": True, "no": False, "unknown": None}


@command("add")
@click.argument("name")
@field_options
@click.option(
    "--new-owner", is_flag=True, help="--owner is somebody new, though nearly called as another."
)
@click.option("--column", default="active", help="active (the default), callback-pending, nurture.")
@click.option("--on", "day", help="Callback: its day, '18jan 10:30'. Nurture: the first contact.")
@click.option("--contact", "contacts", multiple=True, metavar="NAME[:ROLE]", help="A person there.")
@click.option("--phone", default="", help="The number of the first --contact, else of NAME.")
@click.option("--email", default="", help="The address of the first --contact, else of NAME.")
@click.option("--tag", "tags", multiple=True, help=TAGS.help)
@click.option(
    "--next",
    "step",
    metavar="'ACTION WHEN'",
    help="The next step: 'demo fri 10:00', or 'demo fri agreed'.",
)
@pass_invocation
def add(
    call: Invocation,
    /,
    *,
    name: str,
    column: str,
    day: str | None,
    contacts: tuple[str, ...],
    phone: str,
    email: str,
    tags: tuple[str, ...],
    step: str | None,
    new_owner: bool,
    **typed: str | None,
) -> None:
    """Add a prospect."""
    from review_board.board import forget as forgetting
    from review_board.board.merging import duplicate_pairs, may_be_words
    from review_board.judgement.card_status import advice_with_reason
    from review_board.pipeline import changes

    board, where = call.board, column_named(column)
    board.refuse_read_only()
    if where is Column.DROPPED:
        raise UsageError(
            "A new prospect cannot begin in Dropped", "add it, then drop it for a reason"
        )
    defaults = _typing_defaults(call)
    planned = step if step and step.strip().casefold() not in NOTHING else None
    move = typed_move(where, MoveOptions(day=day, step=planned), board)
    values = _read_owned(call, typed, is_new=new_owner) | {"tags": read_tags(tags, defaults)}
    stamp = board.stamp()
    with as_wrong_usage():
        added = changes.create(name, stamp, **values)
        added = _with_contacts(added, contacts, stamp, {"phone": phone, "email": email})
        added = move.apply(added, stamp, defaults.today)
    with _tells_of_new_owners(call):
        board.add([added], f"added {added.name}")
    call.out.saved(f"{short_label(added)} in {added.column.title}  {added.id}")
    made = board.recommendation(added.id)
    call.out.line(f"      {advice_with_reason(made.finding, added.column)}")
    grade = board.evidence(added.id).proof
    for line in (*_typed_days(added, defaults.today), *([grade.summary] if grade else ())):
        call.out.line(f"      {line}")
    for warning in forgetting.warnings(board.store.tables, [added]):
        call.out.note(f"{warning}; undo takes this one back")
    for pair in duplicate_pairs(board, added.id)[:1]:
        said = may_be_words(board, pair, added.id)
        call.out.note(f"{said}; review-board merge {pair.one} {pair.other} makes one of both")


def _of_a_person(option: str, example: str) -> Callable[[F], F]:
    """Decorate ``edit`` with an option that says which command has it: a number belongs to a person."""

    def refuse(_: click.Context, __: click.Parameter, given: str | None) -> None:
        if given is not None:
            cure = f"write review-board contact WHO NAME {option} {example}"
            raise UsageError(f"{option} belongs to one of their people", cure)

    told = f"Of one of their people: contact WHO NAME {option}."
    return click.option(option, help=told, expose_value=False, callback=refuse)


@command("edit")
@click.argument("who", required=False, metavar="[WHO]")
@click.option("--where", metavar="FILTER", help="All that FILTER lets through, instead of WHO.")
@click.option("--dry-run", is_flag=True, help="With --where: only name who would be changed.")
@click.option("--name", help=NAME.help)
@field_options
@click.option(
    "--new-owner", is_flag=True, help="--owner is somebody new, though nearly called as another."
)
@click.option("--because", metavar="KIND", help="Why the close date moved later: budget, event, …")
@click.option(
    "--correction",
    is_flag=True,
    help="The close date on record was wrong: a later one is not counted as put off.",
)
@click.option("--contact", "contacts", multiple=True, metavar="NAME[:ROLE]", help="A person there.")
@click.option("--tag", "tags", multiple=True, help=TAGS.help)
@click.option("--untag", "untags", multiple=True, help="A tag to take off; --tag none takes all.")
@click.option("--next", "step", metavar="'ACTION WHEN'", help="The next step, or none.")
@_of_a_person("--phone", "555-0142")
@_of_a_person("--email", "kim@acme.example")
@click.option(
    "--solid", type=click.Choice(["yes", "no", "unknown"]), help="Did the first call feel right?"
)
@pass_invocation
def edit(
    call: Invocation,
    /,
    *,
    who: str | None,
    where: str | None,
    dry_run: bool,
    new_owner: bool,
    **typed: Any,
) -> None:
    """Change plain fields of WHO, or of all that --where FILTER lets through; the word none empties one.

    Several are one change: one undo takes it back. FILTER is as in list: 'owner:raj tag:north'.
    """
    _refuse_why_of_nothing(typed)
    parts = list(_edits(call, typed, is_new=new_owner))
    if not parts:
        raise UsageError("There is nothing to change", "see review-board edit --help")
    if (who is None) == (where is None) or (dry_run and where is None) or where == "":
        raise UsageError("Say who is meant in one way", "name WHO, or say --where FILTER")

    def edited(prospect: "Prospect", stamp: "Stamp") -> "Prospect":
        for _, change in parts:
            prospect = change(prospect, stamp)
        return prospect

    words = "; ".join(words for words, _ in parts)
    with _tells_of_new_owners(call):
        if where is not None:
            _edit_many(call, where, edited, words, dry_run=dry_run)
        elif who is not None:
            prospect_id = call.find(who)
            with _tells_what_is_put_off(call, [prospect_id]):
                make(call, prospect_id, edited, lambda p: f"edited {p.name}: {words}", words)


def _refuse_why_of_nothing(typed: Mapping[str, Any]) -> None:
    """Refuse two answers to why the close date moves later, and one where no date is given."""
    given = [option for name, option in _WHY_LATER.items() if typed[name]]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other", "leave one out")
    if given and typed["close_date"] is None:
        raise UsageError(f"{given[0]} says nothing without --close-date", "give the new day too")


def _edits(
    call: Invocation, typed: dict[str, Any], *, is_new: bool
) -> "Iterator[tuple[str, Change]]":
    """Yield for each option that was given what it changes, after how that is told."""
    from review_board.pipeline import changes
    from review_board.pipeline.moves import step_words

    defaults, calendar = _typing_defaults(call), call.board.settings.calendar
    because, correction, contacts, tags, untags, step, solid = (
        typed.pop(name) for name in (*_WHY_LATER, "contacts", "tags", "untags", "step", "solid")
    )
    kind = one_of(ReasonKind, because, "kind of reason") if because else None
    why = changes.WhyLater(kind, correction)
    if values := _read_owned(call, typed, is_new=is_new):
        yield (
            in_words(values, defaults.today),
            lambda p, stamp: changes.edit_fields(p, stamp, fields=values, why=why),
        )
    more, off = read_tags(tags, defaults), read_tags(untags, defaults)
    if tags and not more:
        yield "tags emptied", lambda p, _: changes.retag(p, (), p.tags)
    if told := [f"{word} {', '.join(t)}" for word, t in (("tag", more), ("untag", off)) if t]:
        yield "; ".join(told), lambda p, _: changes.retag(p, more, off)
    if contacts:
        people = f"contact {', '.join(contacts)}"
        yield people, lambda p, stamp: _with_contacts(p, contacts, stamp)
    if step is not None:
        is_emptied = step.strip().casefold() in NOTHING
        planned = None if is_emptied else typed_step(step, defaults.today, calendar=calendar)
        told_step = step_words(planned, defaults.today) if planned else "emptied"
        yield f"next step {told_step}", lambda p, _: changes.set_next_step(p, planned)
    if solid:
        yield (
            f"the first call felt right: {solid}",
            lambda p, stamp: changes.first_impression(p, _SOLID[solid], stamp),
        )


def _edit_many(
    call: Invocation, where: str, change: "Change", words: str, *, dry_run: bool
) -> None:
    """Change all that a filter lets through, in one commit, and name them."""
    board = call.board
    entries = fitting(board, where)
    ids, count = [entry.id for entry in entries], several(len(entries), "prospect")
    with _tells_what_is_put_off(call, ids):
        if dry_run:
            call.out.line(f"nothing stored: {words} for {count}")
        else:
            with as_wrong_usage():
                board.change_many(dict.fromkeys(ids, change), f"edited {count}: {words}")
            call.out.saved(f"{count}: {words}")
        for entry in entries:
            call.out.line(f"      {entry.name}")


@contextmanager
def _tells_what_is_put_off(call: Invocation, ids: Sequence[str]) -> Iterator[None]:
    """Say after a change how many close dates moved later without a reason, and how to say why."""

    def unexplained() -> int:
        found = (move for key in ids for move in call.board.prospect(key).moved_later)
        return sum(move.reason is None for move in found)

    before = unexplained()
    yield
    if more := unexplained() - before:
        it = "this counts" if len(ids) == 1 else f"{more:,} of these count"
        call.out.note(
            f"{it} as put off without a reason; if not, undo, then say --because KIND, "
            "or --correction where the day was wrong"
        )


def _typing_defaults(call: Invocation) -> TypingDefaults:
    return TypingDefaults(call.board.settings.currency, call.board.today.day)


def _with_contacts(
    prospect: "Prospect",
    contacts: tuple[str, ...],
    stamp: "Stamp",
    ways: Mapping[str, str] | None = None,
) -> "Prospect":
    """Add the people; ``ways`` are the number and the address of the first of them."""
    from review_board.pipeline import changes
    from review_board.pipeline.contact_edits import with_first_person

    first: dict[str, Any] = {}
    for name, text in (ways or {}).items():
        with as_wrong_usage(f"--{name}"):
            first[name] = read_contact_field(name, text)
    if not contacts:
        return with_first_person(prospect, "", first, stamp)
    for number, text in enumerate(contacts, 1):
        name, colon, word = text.rpartition(":")
        role = one_of(Role, word, "role") if colon else Role.CONTACT
        own = replace(stamp, key=f"{stamp.key}-{number}")
        given = first if number == 1 else {}
        prospect = changes.add_contact(prospect, name if colon else text, role, own, **given)
    return prospect


def _typed_days(added: "Prospect", today: "date") -> Iterator[str]:
    """Tell the days that were typed, as they were understood."""
    from review_board.pipeline.moves import step_words

    if added.next_step:
        yield f"next: {step_words(added.next_step, today)}"
    if added.callback:
        yield f"call back {long_when(added.callback.on, added.callback.time, today)}"
