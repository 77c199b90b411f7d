"""A form for a new claim with its document: it fills in what follows by itself."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from rapidfuzz import process
from streamlit.delta_generator import DeltaGenerator

from dashboard.adding import (
    bounds,
    changes_for,
    completed,
    date_in_address,
    document_at,
    language_of,
    publisher_at,
    same_claims,
    series_of,
    slug,
    source_id,
)
from dashboard.cells import cell_fault
from dashboard.codes import Item, Qualifier
from dashboard.columns import Column, columns_of
from dashboard.dataset import Dataset
from dashboard.languages import language_name
from dashboard.periods import in_words
from dashboard.row_changes import ROW_CLASSES, Tables
from dashboard.row_edits import Edits
from dashboard.web.review import today
from dashboard.web.text import plain

_NUMBER = "claim form number"
_NO_FIGURE = ""
Named = Mapping[str, str]
"""Options by id, with what readers see of them."""


class _Fields:
    """The fields of one form, each with its fault right below it.

    Attributes:
        is_sound: False once a field has a fault.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.is_sound = True

    def text(
        self, place: DeltaGenerator, label: str, column: Column, value: str = "", about: str = ""
    ) -> str:
        """Return what was typed for a column; `about` is on what the first value depends."""
        key = f"claim form {self.number} {column.name} {about}"
        typed = place.text_input(
            label, value=value, key=key, help=column.description, persist_state="session"
        )
        return self._judged(place, column, typed.strip())

    def long_text(self, place: DeltaGenerator, label: str, column: Column) -> str:
        """Return what was typed for a column of whole sentences."""
        key = f"claim form {self.number} {column.name}"
        typed = place.text_area(
            label, key=key, height=80, help=column.description, persist_state="session"
        )
        return self._judged(place, column, " ".join(typed.split()))

    def choice(
        self,
        place: DeltaGenerator,
        label: str,
        column: Column,
        options: Named,
        first: str | None = None,
        about: str = "",
        may_be_new: bool = False,
    ) -> str:
        """Return what was chosen for a column; nothing where nothing was.

        Args:
            place: Where the field goes.
            label: Its label.
            column: The column.
            options: What may be chosen.
            first: What is chosen to begin with.
            about: On what that depends; with another, the choice begins anew.
            may_be_new: Whether something else may be typed.
        """
        chosen: str | None = place.selectbox(
            label,
            list(options),
            index=list(options).index(first) if first is not None and first in options else None,
            format_func=lambda option: options.get(option, option),
            key=f"claim form {self.number} {column.name} {about}",
            help=column.description,
            placeholder="Choose",
            accept_new_options=may_be_new,
            persist_state="session",
        )
        return (chosen or "").strip()

    def _judged(self, place: DeltaGenerator, column: Column, cell: str) -> str:
        fault = cell_fault(column, cell) if cell else None
        if fault:
            self.is_sound = False
            place.markdown(f":red[{plain(f'{fault.message}: {fault.remedy}')}]")
        return cell


def claim_form(dataset: Dataset, tables: Tables) -> Edits | None:
    """Show the form; return what it would add, or None while that cannot be said yet.

    Args:
        dataset: The last good data, in which the same claim or document may be already.
        tables: The tables as they are in the files.
    """
    fields = _Fields(st.session_state.get(_NUMBER, 0))
    claim = _claim_fields(fields, tables)
    st.markdown("**The document that carries it**")
    source, publisher, role = _document_fields(fields, dataset, tables, _matter(claim))
    missing = _missing(claim, source, role)
    if missing:
        st.caption(f"Still to fill in: {', '.join(missing)}.")
    if missing or not fields.is_sound:
        return None
    claim |= _running_count(fields, dataset, claim)
    known = _known_claim(dataset, claim)
    entered = known or completed(claim, today(), tables["claims"].columns["claim_id"])
    return _edits(tables, entered, source, role, publisher)


def _missing(
    claim: Mapping[str, str], source: Mapping[str, str] | str, role: str
) -> tuple[str, ...]:
    """Return what must be filled in before one can say what would be added."""
    needed = {
        "who said it": claim["claimant"],
        "when": claim["stated_on"],
        "what is counted": claim["item"],
        "the web address": source,
        "what the document is to the claim": role,
        "the publisher": source if isinstance(source, str) else source["publisher"],
    }
    return tuple(name for name, value in needed.items() if not value)


def clear_form() -> None:
    """Empty the form; to be called when its claim is saved."""
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1


def _edits(
    tables: Tables,
    claim: Mapping[str, str] | str,
    source: Mapping[str, str] | str,
    role: str,
    publisher: Mapping[str, str] | None,
) -> Edits:
    new: dict[str, tuple[tuple[str, ...], ...]] = {}
    for change in changes_for(claim, source, role, publisher):
        if change.after:
            new[change.table] = (change.after,)
    return Edits(tables, {}, new)


# ------------------------------------------------------------------ the claim


def _claim_fields(fields: _Fields, tables: Tables) -> dict[str, str]:
    column = _columns("claims")
    who, when, what = st.columns([2, 1, 2])
    claim = {
        "claimant": fields.choice(
            who, "Who said it", column["claimant"], _names(tables, "claimants", "name")
        ),
        "stated_on": fields.text(when, "When: year, month or day", column["stated_on"]),
        "item": fields.choice(
            what, "What is counted", column["item"], {item.value: item.label for item in Item}
        ),
    }
    kind, hedge, figure = st.columns([2, 2, 1])
    claim["measure"] = fields.choice(
        kind, "Kind of figure", column["measure"], _coded(column["measure"])
    )
    hedges = {_NO_FIGURE: "no figure was given"} | _coded(column["qualifier"])
    claim["qualifier"] = fields.choice(hedge, "Hedge", column["qualifier"], hedges, _NO_FIGURE)
    if claim["qualifier"]:
        claim |= _figure(fields, figure, column, claim["qualifier"])
    claim["paraphrase"] = fields.long_text(
        st.container(), "The claim in our own words", column["paraphrase"]
    )
    labels = {
        "status": "What they say of it",
        "method": "How they know",
        "confidence": "How sure our reading is",
    }
    for place, (name, label) in zip(st.columns(3), labels.items(), strict=True):
        claim[name] = fields.choice(place, label, column[name], _coded(column[name]))
    return claim


def _figure(
    fields: _Fields, place: DeltaGenerator, column: Mapping[str, Column], qualifier: str
) -> dict[str, str]:
    """Return low and high of the figure that was typed."""
    is_range = qualifier == Qualifier.BETWEEN
    figure = fields.text(place, "From" if is_range else "Figure, digits only", column["low"])
    other = fields.text(place, "To", column["high"]) if is_range else ""
    return bounds(qualifier, figure, other)


def _running_count(fields: _Fields, dataset: Dataset, claim: Mapping[str, str]) -> dict[str, str]:
    """Offer the running counts that a claim may restate, if there are any."""
    fitting = series_of(dataset, claim)
    if not fitting:
        return {}
    names = dataset.series.set_index("series")["name"]
    options = {"": "a single statement"} | {series: str(names[series]) for series in fitting}
    column = _columns("claims")["series"]
    about = " ".join(fitting)
    chosen = fields.choice(
        st.container(), "Which running count it restates", column, options, "", about
    )
    return {"series": chosen}


def _known_claim(dataset: Dataset, claim: Mapping[str, str]) -> str:
    """Ask whether a claim is one that is there already; return that claim's id, or nothing."""
    same = same_claims(dataset, claim)
    if not same:
        return ""
    st.warning(
        "This may be a claim that is there already. One claim in two documents is one claim."
    )
    options = {"": "No, it is a new claim"} | {
        str(row["claim_id"]): f"Same as {row['claim_id']}, of {in_words(str(row['stated_on']))}"
        for row in same
    }
    return str(
        st.radio(
            "Is it the same claim?",
            list(options),
            format_func=lambda option: plain(options[option]),
            key=f"same claim {' '.join(options)}",
        )
    )


def _matter(claim: Mapping[str, str]) -> str:
    return claim.get("low") or claim.get("high") or claim["item"]


# ------------------------------------------------------------------ the document


def _document_fields(
    fields: _Fields, dataset: Dataset, tables: Tables, matter: str
) -> tuple[Mapping[str, str] | str, Mapping[str, str] | None, str]:
    """Return a new document or the id of a known one, a new publisher if there is one, the role."""
    column = _columns("sources")
    where, how = st.columns([3, 2])
    address = fields.text(where, "Web address", column["url"])
    role_column = _columns("claim_sources")["role"]
    role = fields.choice(how, "What the document is to the claim", role_column, _coded(role_column))
    if not address:
        return "", None, role
    known = document_at(dataset.sources, address)
    if known:
        st.info(plain(f"This document is known: {known['title'] or known['url']}."))
        return str(known["source_id"]), None, role
    source, publisher = _new_document(fields, dataset, tables, address)
    taken = tables["sources"].columns["source_id"]
    return source | {"source_id": source_id(source, matter, taken)}, publisher, role


def _new_document(
    fields: _Fields, dataset: Dataset, tables: Tables, address: str
) -> tuple[dict[str, str], Mapping[str, str] | None]:
    column = _columns("sources")
    title = fields.text(st.container(), "Title, as on the page", column["title"])
    by, on, tongue, sort = st.columns([3, 2, 2, 2])
    names = _names(tables, "publishers", "name")
    usual = publisher_at(dataset.sources, address)
    chosen = fields.choice(
        by,
        "Publisher: choose, or type a new one",
        column["publisher"],
        names,
        usual,
        address,
        may_be_new=True,
    )
    own = chosen if chosen in names else slug(chosen)
    publisher = None if own in names or not own else _new_publisher(fields, own, chosen, names)
    found = date_in_address(address)
    published = fields.text(on, "Published on", column["published_on"], found, address)
    languages = {
        code: language_name(code) for code in sorted(set(tables["sources"].columns["language"]))
    }
    language = fields.choice(
        tongue,
        "Language",
        column["language"],
        languages,
        language_of(dataset.sources, own),
        own,
        may_be_new=True,
    )
    kind = fields.choice(sort, "Kind of document", column["kind"], _coded(column["kind"]))
    source = {
        "url": address,
        "title": title,
        "title_basis": "page" if title else "not-seen",
        "publisher": own,
        "published_on": published,
        "date_basis": _date_basis(published, found),
        "language": language,
        "kind": kind,
        "retrieved_on": today().isoformat(),
    }
    return source, publisher


def _date_basis(published: str, in_address: str) -> str:
    if not published:
        return ""
    return "address" if published == in_address else "page"


def _new_publisher(fields: _Fields, publisher: str, name: str, known: Named) -> dict[str, str]:
    alike = [found[0] for found in process.extract(name, list(known.values()), score_cutoff=85)]
    if alike:
        st.warning(
            f"This will add a new publisher, {plain(name)}. There is already: "
            f"{plain('; '.join(alike))}."
        )
    column = _columns("publishers")
    sort, why = st.columns(2)
    return {
        "publisher": publisher,
        "name": name,
        "kind": fields.choice(
            sort, "Kind of the new publisher", column["kind"], _coded(column["kind"]), about=name
        ),
        "basis": fields.text(why, "How you know its kind", column["basis"], about=name),
    }


# ------------------------------------------------------------------ options


def _columns(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns_of(ROW_CLASSES[table])}


def _coded(column: Column) -> dict[str, str]:
    """Return the values of a coded column with their meaning."""
    members = column.coded or ()
    return {member.value: f"{member.value}: {_meaning(member)}" for member in members}


def _meaning(member: object) -> str:
    return str(getattr(member, "meaning", ""))


def _names(tables: Tables, table: str, name: str) -> dict[str, str]:
    """Return the ids of a table with their names, sorted by name."""
    columns = tables[table].columns
    named = zip(columns[ROW_CLASSES[table].key[0]], columns[name], strict=True)
    return dict(sorted(named, key=lambda one: one[1].casefold()))
