"""A view in the words that people use: what is shown, what was chosen, what is left out, and why nothing is there.

For the page and briefings. Plain text only, nothing is escaped here; no "results" and no "filters applied".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from events.look import locale
from events.look.wording import SURE_OF, day, days, listed, plural
from events.model import STATUSES, Status
from events.view import Filter, View
from events.view.areas import Area
from events.view.filtering import Choice, words_of

SHORT_LINE = 100  # events
MOST_BEFORE_NOUN = 2  # statuses or kinds that a headline names; more are said by what is chosen
MOST_NAMED = 3
EVERYWHERE = "everywhere"
OF_THE = frozenset({"Bay", "Bight", "Democratic", "Firth", "Gulf", "Horn", "Republic", "Sea", "Strait", "Straits"})
THE = frozenset(
    "Antilles Arctic Area Balkans Bank Basin Belt Caribbean Caucasus Channel Coast Comoros Dardanelles Delta Donbas East "
    "Emirates Eurozone Federation Gulf Heights Islands Kattegat Kingdom Levant Maghreb Maldives Mediterranean Netherlands "
    "Ocean Pacific Passage Peninsula Philippines Sahel Sea Skagerrak Strait Straits Strip Triangle Union Atlantic States "
    "basin continent countries islands rainforest region states subcontinent".split()
)


def where(regions: Sequence[str], names: Mapping[str, str], last: str = "and") -> str:
    """The chosen regions in words.

    >>> where(["sea:b", "country:FI"], {"sea:b": "Baltic Sea", "country:FI": "Finland"}), where([], {})
    ('in the Baltic Sea and Finland', 'everywhere')
    """
    known = [in_a_sentence(names.get(region, region)) for region in regions]
    if len(known) > 3:
        known = [*known[:2], f"{len(known) - 2} more regions"]
    return f"in {listed(known, last)}" if known else EVERYWHERE


def in_a_sentence(region: str) -> str:
    """A region's name with the article that it takes.

    >>> in_a_sentence("Gulf of Aden"), in_a_sentence("Middle East"), in_a_sentence("Lake Chad"), in_a_sentence("Caribbean (UN)")
    ('the Gulf of Aden', 'the Middle East', 'Lake Chad', 'the Caribbean (UN)')
    """
    words = region.partition(" (")[0].split()
    takes_one = len(words) > 1 and words[0] in OF_THE
    return f"the {region}" if words and (takes_one or words[-1] in THE) else region


def headline(view: View, start: date | None, end: date | None) -> str:
    """How many events of which kind are shown and of which days; where they are is said apart, all else by `chosen`."""
    kind = _kind(view.filter)
    count = plural(len(view.shown), f"{kind}event") if view.shown else f"No {kind}events"
    of = f" of {locale.number(view.total)}" if 0 < len(view.shown) < view.total else ""
    return f"{count}{of}" + (f", {days(start, end)}" if start and end else "")


def _kind(chosen: Filter) -> str:
    """The chosen statuses and kinds as far as they go before a noun: "planned ", "alleged or denied protest "."""
    kinds = [name.lower() for name in chosen.types] or list(chosen.families)
    statuses = () if "occurred" in chosen.statuses else chosen.statuses
    said = [listed(names, "or") for names in (statuses, kinds) if 0 < len(names) <= MOST_BEFORE_NOUN]
    return "".join(f"{words} " for words in said)


def in_words(chosen: Filter, names: Mapping[str, str]) -> list[tuple[Choice, str]]:
    """Each choice that leaves something out, but for the dates, in words.

    >>> in_words(Filter(statuses=("planned",), not_types=("ASSAULT",), words="cable -ferry"), {})
    [('words', 'with “cable”, without “ferry”'), ('statuses', 'planned'), ('not_types', 'not Assault')]
    """
    said: dict[Choice, str] = {
        "changed": _changed(chosen.changed_from, chosen.changed_to),
        "since": "new since a visit" if chosen.since is not None else "",
        "words": _words(chosen.words),
        "regions": where(chosen.regions, names) if chosen.regions else "",
        "area": _area(chosen.area),
        "families": _several(chosen.families, "or"),
        "types": _several([name.title() for name in chosen.types], "or"),
        "statuses": _several(chosen.statuses, "or"),
        "sources": f"from {_several(chosen.sources, 'or')}" if chosen.sources else "",
        "sureness": f"at least {locale.decimal(chosen.sureness)} sure" if chosen.sureness else "",
        "sure_of": _sure_of(chosen),
        "not_regions": f"not {where(chosen.not_regions, names, 'or')}" if chosen.not_regions else "",
        "not_families": _not(chosen.not_families),
        "not_types": _not([name.title() for name in chosen.not_types]),
        "not_statuses": _not(chosen.not_statuses),
        "not_sources": f"not from {_several(chosen.not_sources, 'or')}" if chosen.not_sources else "",
    }
    return [(choice, words) for choice, words in said.items() if words]


def _not(names: Sequence[str]) -> str:
    return f"not {_several(names, 'or')}" if names else ""


def _several(names: Sequence[str], last: str) -> str:
    """Names in a row; of many the first and how many more there are."""
    return listed(names if len(names) <= MOST_NAMED else [*names[: MOST_NAMED - 1], f"{len(names) - 2} more"], last)


def _words(words: str) -> str:
    wanted, unwanted = words_of(words)
    said = [f"with “{' '.join(wanted)}”"] if wanted else []
    return ", ".join([*said, f"without “{' '.join(unwanted)}”"] if unwanted else said)


def _sure_of(chosen: Filter) -> str:
    """How sure single attributes must be.

    >>> _sure_of(Filter(sure_of=(("place", 0.8), ("date", 0.6))))
    'at least 0.80 sure of its place and 0.60 sure of its date'
    """
    said = listed([f"{locale.decimal(least)} sure {SURE_OF[attribute]}" for attribute, least in chosen.sure_of])
    return f"at least {said}" if said else ""


def _area(area: Area | None) -> str:
    if area is None:
        return ""
    if not area.radius_km:
        return "in the area drawn on the map"
    return f"within {locale.number(round(area.radius_km))} km of a spot on the map"


def _changed(start: date | None, end: date | None) -> str:
    if start and end:
        return f"new or changed {days(start, end)}"
    if start:
        return f"new or changed since {day(start, year=True)}"
    return f"new or changed until {day(end, year=True)}" if end else ""


def how_told(told: Mapping[Status, int]) -> str:
    """How the shown events are told. We report how it is told, not that it is so.

    >>> how_told({"occurred": 20, "ongoing": 5, "planned": 7, "alleged": 0, "denied": 1, "cancelled": 0})
    '25 told as fact, 7 planned and 1 denied.'
    """
    fact = told["occurred"] + told["ongoing"]
    parts = [f"{locale.number(fact)} told as fact"] if fact else []
    parts += [f"{locale.number(told[status])} {status}" for status in STATUSES[2:] if told[status]]
    return f"{listed(parts)}." if parts else ""


def not_drawn(view: View) -> str:
    """What the map and the timeline leave out; nothing that is left out goes unsaid."""
    counted = [(len(view.unplaced), "place"), (len(view.undated), "date")]
    parts = [f"{locale.number(count)} with no {what}" for count, what in counted if count]
    if not parts:
        return ""
    if len(view.shown) < SHORT_LINE:  # longer lines have no room to say again what is counted
        first = next(count for count, _ in counted if count)
        parts[0] = parts[0].replace(locale.number(first), plural(first, "event"), 1)
    return f"Not drawn: {', '.join(parts)}."


def counted_of(view: View) -> str:
    """What the headline counts a narrowed view of, where the store has events of another kind too."""
    others = len(view.table) - view.total
    if not (0 < len(view.shown) < view.total and others):
        return ""
    return f"The {locale.number(view.total)} have a place and a date, {plural(others, 'other')} don’t."


def why_none(chosen: Filter, names: Mapping[str, str]) -> str:
    """Which choices clash when nothing is shown.

    >>> why_none(Filter(statuses=("cancelled",), families=("material conflict",)), {})
    'No cancelled event of material conflict'
    """
    kinds = [name.title() for name in chosen.types] or list(chosen.families)
    said = "No " + (f"{listed(chosen.statuses, 'or')} " if chosen.statuses else "") + "event"
    said += f" of {listed(kinds, 'or')}" if kinds else ""
    said += f" {where(chosen.regions, names)}" if chosen.regions else ""
    asked = {"words", "sources", "sureness", "sure_of", "changed", "since", "area"}
    said += "".join(f" {words}" for choice, words in in_words(chosen, names) if choice in asked)
    said += "".join(f", {words}" for choice, words in in_words(chosen, names) if choice.startswith("not_"))
    if chosen.start and chosen.end:
        same, crosses = chosen.start == chosen.end, chosen.start.year != chosen.end.year
        said += (
            f" on {days(chosen.start, chosen.end)}"
            if same
            else f" between {day(chosen.start, crosses)} and {day(chosen.end, crosses)}"
        )
    return said
