"""Between rows and the domain: the only place that knows both.

Where a column has the name of a field, `of_row` and `columns_of` carry it over; only what differs is spelled out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache, partial
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Float,
    Integer,
    String,
    Table,
    TypeDecorator,
    false,
    insert,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from factcheck.domain.article import Article, FiledArticle, Locator
from factcheck.domain.audit import moment
from factcheck.domain.claim import Anchor, AnchorStatus, Claim, Doubt, Flag, InferredWord
from factcheck.domain.desk import (
    Addition,
    Amendment,
    Concern,
    ConcernKind,
    Contact,
    EditorFlag,
    EditorialAct,
    Note,
)
from factcheck.domain.evidence import Evidence, EvidenceCheck, SourceDoubt
from factcheck.domain.fields import field_names
from factcheck.domain.numbering import LAST_NUMBER
from factcheck.domain.rating import AveritecClass, Label, RatingScale
from factcheck.domain.replay import CLAIM_COLUMNS
from factcheck.domain.review import Correction, ExtractionOrigin, Lease, QueuedClaim, Verdict, standing_verdict
from factcheck.domain.sentence import LedgerEntry, Sentence, Span
from factcheck.domain.versions import PlacedClaim
from factcheck.domain.when import When
from factcheck.errors import BrokenRowError, InputError
from factcheck.storage.columns import Bytes, Undecoded, Unreadable
from factcheck.storage.tables import CLAIM

AnyRow = Any
"""A row by the names of its columns."""

Rows = Iterable[AnyRow]
Kind = TypeVar("Kind")

_SHOWN = 100  # characters
_KEYS = ("id",), ("name",), ("article_id", "position"), ("sha256",)
"""What rows are named by."""
_JOINED = {"article_": "article", "check_": "evidence_check"}
"""The tables of what stands beside a row under a name of its own; what has none is of a run."""
_WORDS = str, bytes
_MAY_BE_DAMAGED = Unreadable, Undecoded, bytes
_CHANGED = (
    "status", "skips", "editorial", "second_asked", "aside", "duplicate_of", "assigned_to", "due_on", "changed_in",
)  # fmt: skip


def is_number(column: ColumnElement[Any], number: int) -> ColumnElement[bool]:
    """The condition that the column holds the number; databases refuse to be asked for one that they cannot hold."""
    return column == number if may_be_key(number) else false()


def may_be_key(number: int) -> bool:
    """Whether a database can hold the number as a row's."""
    return 0 < number <= LAST_NUMBER


def insert_one(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Add a row; returns its number."""
    key = connection.execute(insert(table).values(values)).inserted_primary_key
    assert key is not None  # noqa: S101 - a single insert always has its key
    return int(key[0])


@contextmanager
def damage_told(table: str, row: AnyRow) -> Iterator[None]:
    """Raise BrokenRowError where a row of that table makes no thing of the domain."""
    _ensure_sound(table, row)
    try:
        yield
    except (AttributeError, InputError, LookupError, TypeError, ValueError) as error:
        what = f"table {table!r} holds what cannot be: {str(error)[:_SHOWN]}"
        raise _broken(row, what) from error


def sound(table: str, row: AnyRow) -> AnyRow:
    """The row, for what is made of it later. Raises BrokenRowError."""
    with damage_told(table, row):
        return row


def _ensure_sound(table: str, row: AnyRow) -> None:
    # Every cell that is read passes here, so that cells are counted, and named only where one is damaged.
    fields = row._fields
    for at in _places_of_numbers(table, fields):  # SQLite stores text in them as it stands
        if isinstance(row[at], _WORDS):
            raise _broken(row, str(Unreadable(table, fields[at], str(row[at]))))
    for at, one in enumerate(row):
        if isinstance(one, _MAY_BE_DAMAGED):
            _ensure_readable(row, fields[at], one, table)


def _ensure_readable(row: AnyRow, name: str, one: object, table: str | None = None) -> None:
    """Raise BrokenRowError for a cell that holds no value of its column, or bytes, unless its column is of those."""
    is_of_bytes = isinstance(one, bytes) and name in _columns_of(table, Bytes)
    if isinstance(one, Undecoded | bytes) and not is_of_bytes:
        raise _broken(row, str(Unreadable(*_stands_in(table, name), str(one))))
    if isinstance(one, Unreadable):
        raise _broken(row, str(one))


def _broken(row: AnyRow, what: str) -> BrokenRowError:
    rest = {name: one for name, one in row._mapping.items() if not isinstance(one, _MAY_BE_DAMAGED)}  # noqa: SLF001
    return BrokenRowError(f"row {_number(row)} is damaged: {what}", rest)


@cache
def _places_of_numbers(table: str, fields: tuple[str, ...]) -> tuple[int, ...]:
    """The places in such rows of the table's columns of numbers."""
    return tuple(fields.index(name) for name in _columns_of(table, Integer, Float) if name in fields)


@cache
def _columns_of(table: str | None, *kinds: type[TypeEngine[Any]]) -> tuple[str, ...]:
    """The table's columns of these types; none where it is not known which table it is."""
    columns = SQLModel.metadata.tables[table].c if table else ()
    return tuple(one.name for one in columns if isinstance(one.type, kinds))


def _stands_in(table: str | None, name: str) -> tuple[str, str]:
    """The table and the column of a cell, out of a row of the table and of what was joined to it."""
    own = SQLModel.metadata.tables.get(table or "")
    if own is None or name in own.c:
        return table or "?", name
    prefix = next((one for one in _JOINED if name.startswith(one)), "")
    return _JOINED.get(prefix, "run"), name.removeprefix(prefix)


def _number(row: AnyRow) -> str:
    """The row's number, a person's name, or the numbers of an article and its sentence, as far as they are known."""
    columns = row._mapping  # noqa: SLF001
    keys = next((one for one in _KEYS if one[0] in columns), ("id",))
    shown = (str(columns.get(one, "?"))[:_SHOWN] for one in keys)
    return ", ".join(one if one.isprintable() else repr(one) for one in shown)


def of_row(kind: type[Kind], row: AnyRow, prefix: str = "", **others: object) -> Kind:
    """A dataclass out of the columns that are named like its fields, after a prefix, and the `others`."""
    columns = row._mapping  # noqa: SLF001 - public: SQLAlchemy keeps names without an underscore for columns
    named = {name: columns[prefix + name] for name in field_names(kind) if name not in others}
    for name, one in named.items():
        if isinstance(one, _MAY_BE_DAMAGED):
            _ensure_readable(row, name, one)
    return kind(**named, **others)


def columns_of(thing: Any, *left_out: str) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """The columns that are named like the fields of a dataclass."""
    return {name: getattr(thing, name) for name in field_names(type(thing)) if name not in left_out}


def grouped(found: Rows, key: str) -> Mapping[int, list[AnyRow]]:
    """Rows by the number in one of their columns; a number without rows has an empty list."""
    groups: dict[int, list[AnyRow]] = defaultdict(list)
    for row in found:
        groups[getattr(row, key)].append(row)
    return groups


def as_stored(table: Table) -> list[ColumnElement[Any]]:
    """The table's columns as the database holds them, in no form of the domain's: that may be what is broken."""
    return [
        type_coerce(one, String).label(one.name) if isinstance(one.type, (TypeDecorator, Date)) else one
        for one in table.c
    ]


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """A value of a column as an event tells it, as plain JSON."""
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


def article_values(article: Article) -> dict[str, Any]:
    """The columns of an article."""
    locators = [[one.span.start, one.span.end, one.name] for one in article.locators]
    made = {"sha256": article.sha256, "locators": locators}
    return stored_values(columns_of(article, "blocks", "snapshot", "stub") | made)


def stored_values(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of an article, its moment as text: a database would turn the zone that the page names into its own."""
    at = columns.get("published_at")
    return dict(columns) | ({"published_at": at.isoformat()} if at else {})


def filed_article(row: AnyRow) -> FiledArticle:
    """An article out of its row."""
    with damage_told("article", row):
        locators = tuple(Locator(Span(start, end), name) for start, end, name in row.locators)
        at = None if row.published_at is None else datetime.fromisoformat(row.published_at)
        made: dict[str, Any] = {"authors": tuple(row.authors), "published_at": at, "locators": locators}
        return FiledArticle(row.id, of_row(Article, row, blocks=(), snapshot=None, stub=None, **made), row.previous_id)


def sentence_values(article_id: int, sentence: Sentence) -> dict[str, Any]:
    """The columns of a sentence."""
    place = {"article_id": article_id, "position": sentence.position, "block": sentence.block}
    span = {"start_offset": sentence.span.start, "end_offset": sentence.span.end}
    return place | span | columns_of(sentence.entry) | {"run_id": sentence.run_id}


def sentence(row: AnyRow) -> Sentence:
    """A sentence out of its row."""
    with damage_told("sentence", row):
        span = Span(row.start_offset, row.end_offset)
        return of_row(Sentence, row, span=span, entry=of_row(LedgerEntry, row))


def claim_values(claim: Claim, article: FiledArticle, run_id: int | None) -> dict[str, Any]:
    """The columns of a fresh claim."""
    anchor = claim.anchor
    return {
        **columns_of(claim, "anchor", "also", "inferred", "doubts", "when"),
        "uid": claim.uid(article.article.sha256),
        "article_id": article.id,
        "run_id": run_id,
        "anchor": anchor.status,
        "segments": _pairs(anchor),
        "sentence_ids": anchor.sentence_ids,
        "first_sentence": next(iter(anchor.sentence_ids), 0),
        "also": anchors_stored(claim.also),
        "wording": claim.wording,
        "inferred": [[one.word, one.sentence_id] for one in claim.inferred],
        "flags": [[one.flag, one.reason] for one in claim.doubts],
        **_part(claim.when, when_words="words", when_first="first", when_last="last"),
    }


def place_values(placed: PlacedClaim) -> dict[str, Any]:
    """The columns of a claim's place in another version of its article."""
    anchor = placed.anchor
    return {
        "claim_id": placed.claim_id,
        "anchor": anchor.status,
        "segments": _pairs(anchor),
        "sentence_ids": list(anchor.sentence_ids),
        "first_sentence": next(iter(anchor.sentence_ids), 0),
        "also": anchors_stored(placed.also),
        "inferred": [[one.word, one.sentence_id] for one in placed.inferred],
    }


def placed_claim(row: AnyRow) -> PlacedClaim:
    """A claim's place out of its row."""
    with damage_told("claim_place", row):
        anchor = _anchor(row.anchor, row.segments, row.sentence_ids)
        inferred = tuple(InferredWord(word, place) for word, place in row.inferred)
        return PlacedClaim(row.claim_id, anchor, tuple(_anchor(*one) for one in row.also), inferred)


def addition_values(added: Addition | None) -> dict[str, Any]:
    """The columns that say who wrote the claim down."""
    return _part(added, added_by="by", added_at="at")


def claim(row: AnyRow) -> Claim:
    """A claim out of its row."""
    with damage_told("claim", row):
        return of_row(
            Claim,
            row,
            anchor=_anchor(row.anchor, row.segments, row.sentence_ids),
            inferred=tuple(InferredWord(word, place) for word, place in row.inferred),
            # Until reasons were kept, a doubt was stored by its flag alone.
            doubts=tuple(
                Doubt(Flag(one)) if isinstance(one, str) else Doubt(Flag(one[0]), one[1]) for one in row.flags
            ),
            also=tuple(_anchor(*one) for one in row.also),
            when=of_row(When, row, "when_") if row.when_words else None,
        )


def anchors_stored(anchors: Iterable[Anchor]) -> list[Any]:
    """Anchors as they stand in a column: status, segments, sentences of each."""
    return [[one.status, _pairs(one), one.sentence_ids] for one in anchors]


def _anchor(status: str, segments: list[list[int]], sentence_ids: list[int]) -> Anchor:
    return Anchor(AnchorStatus(status), tuple(Span(start, end) for start, end in segments), tuple(sentence_ids))


def written_claims(connection: Connection, which: ColumnElement[bool]) -> dict[str, dict[str, Any]]:
    """What stands of these claims and never changes, by their numbers, for the event of the change that wrote them."""
    columns = (CLAIM.c[name] for name in CLAIM_COLUMNS)
    found = connection.execute(select(CLAIM.c.id, *columns).where(which).order_by(CLAIM.c.id))
    return {str(row.id): {name: plain(getattr(row, name)) for name in CLAIM_COLUMNS} for row in found}


def _pairs(anchor: Anchor) -> list[list[int]]:
    return [[one.start, one.end] for one in anchor.segments]


def queued_claim(
    row: AnyRow, evidence: Rows, verdicts: Rows, notes: Rows, acts: Rows, corrections: Rows, flags: Rows
) -> QueuedClaim:
    """A claim with its review, out of its row joined with its run's, and of the rows about it."""
    with damage_told("claim", row):
        given = {one.id: verdict(one) for one in verdicts}
        # A verdict that no longer stands is kept: corrections name it.
        readings = tuple(given[one.id] for one in verdicts if one.undone_at is None)
        return of_row(
            QueuedClaim,
            row,
            claim=claim(row),
            origin=_origin(row) if row.run_id else None,
            lease=_part_of(row, Lease, "leased_by", "leased_until"),
            verdict=standing_verdict(row.status, readings),
            evidence=tuple(map(_evidence, evidence)),
            readings=readings,
            notes=tuple(map(_note, notes)),
            editorial_acts=tuple(editorial_act(one) for one in acts if one.undone_at is None),
            corrections=tuple(_correction(one, given) for one in corrections),
            amendment=_part_of(row, Amendment, "amended_text", "amended_by", "amended_at"),
            flags=tuple(map(_flag, flags)),
            contact=_part_of(row, Contact, "asked_on", "answer", "asked_by", may_lack="answer"),
            added=_part_of(row, Addition, "added_by", "added_at"),
            attribution=_part_of(row, Amendment, "speaker_set", "speaker_by", "speaker_at"),
        )


def _part_of(row: AnyRow, kind: Callable[..., Kind], *columns: str, may_lack: str | None = None) -> Kind | None:
    """What a claim's columns hold together, None where the first of them holds nothing.

    Raises BrokenRowError where another one holds nothing then: no version has written one without the others.
    """
    known_by = columns[0]
    if not getattr(row, known_by):
        return None
    lacking = next((one for one in columns if one != may_lack and getattr(row, one) is None), None)
    if lacking is not None:
        raise _broken(row, f"column {lacking!r} of table 'claim' holds nothing, and {known_by!r} does")
    return kind(*(getattr(row, one) for one in columns))


def _origin(row: AnyRow) -> ExtractionOrigin:
    if row.model is None:  # nothing was joined
        raise _broken(row, f"table 'claim' names the run {row.run_id}, which is not there")
    return of_row(ExtractionOrigin, row, id=row.run_id)


def sound_parts(
    about: Sequence[Rows], each: Callable[[Rows, Callable[[AnyRow], AnyRow], Callable[[AnyRow], str]], Rows]
) -> Iterator[list[AnyRow]]:
    """Those of the rows about a claim, as `queued_claim` takes them, of which something can be made.

    `each` is given the rows, what to do with one, and what it is called, and leaves out those that are damaged.
    """
    given: dict[int, Verdict] = {}

    def made(table: str, row: AnyRow) -> AnyRow:
        if table == "verdict":
            given[row.id] = verdict(row)
        elif table == "correction":
            _correction(row, given)
        else:
            _MADE_OF[table](row)
        return row

    for table, found in zip(_ABOUT, about, strict=True):
        yield list(each(found, partial(made, table), f"{table} {{0.id}}".format))


def _evidence(row: AnyRow) -> Evidence:
    with damage_told("evidence", row):
        check = of_row(EvidenceCheck, row, "check_") if row.check_at else None
        return of_row(Evidence, row, doubts=tuple(map(SourceDoubt, row.doubts)), last_check=check)


def verdict(row: AnyRow) -> Verdict:
    """The verdict of a row, whether it stands or not. Raises DeskDamagedError."""
    with damage_told("verdict", row):
        return of_row(Verdict, row)


def _note(row: AnyRow) -> Note:
    with damage_told("claim_note", row):
        return of_row(Note, row)


def _flag(row: AnyRow) -> EditorFlag:
    with damage_told("claim_flag", row):
        return of_row(EditorFlag, row)


def _correction(row: AnyRow, given: Mapping[int, Verdict]) -> Correction:
    with damage_told("correction", row):
        if missing := {row.was_id, row.now_id} - given.keys():
            raise _broken(row, f"table 'correction' names verdicts that are not there: {sorted(missing)}")
        return of_row(Correction, row, was=given[row.was_id], now=given[row.now_id])


def editorial_act(row: AnyRow) -> EditorialAct:
    """What an editor did, out of its row."""
    with damage_told("editorial_act", row):
        concerns = tuple(Concern(ConcernKind(kind), source) for kind, source in row.concerns)
        return of_row(EditorialAct, row, concerns=concerns)


_ABOUT = ("evidence", "verdict", "claim_note", "editorial_act", "correction", "claim_flag")
_MADE_OF: Mapping[str, Callable[[AnyRow], object]] = {
    "evidence": _evidence, "claim_note": _note, "editorial_act": editorial_act, "claim_flag": _flag,
}  # fmt: skip


def editorial_act_values(act: EditorialAct) -> dict[str, Any]:
    """The columns of what an editor did."""
    return columns_of(act, "concerns") | {"concerns": [[one.kind, one.source] for one in act.concerns]}


def claim_columns(claim: QueuedClaim) -> dict[str, Any]:
    """The columns of a claim that reviewers and editors change."""
    return {
        **{name: getattr(claim, name) for name in _CHANGED},
        **_part(claim.lease, leased_by="reviewer", leased_until="until"),
        **_part(claim.amendment, amended_text="text", amended_by="reviewer", amended_at="at"),
        **_part(claim.contact, asked_on="asked_on", answer="answer", asked_by="reviewer"),
        **_part(claim.attribution, speaker_set="text", speaker_by="reviewer", speaker_at="at"),
    }


def _part(part: object | None, **columns: str) -> dict[str, Any]:
    """Columns with the fields that they hold, each NULL where the claim has no such part."""
    return {column: getattr(part, field) if part else None for column, field in columns.items()}


def scale(row: AnyRow) -> RatingScale:
    """A rating scale out of its row."""
    with damage_told("scale", row):
        labels = (Label(name, told, AveritecClass(averitec), grade) for name, told, averitec, grade in row.labels)
        return RatingScale(row.id, row.version, tuple(labels))
