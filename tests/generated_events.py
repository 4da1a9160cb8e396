"""Events that hypothesis makes up within what the model allows: what the tests of exports and imports draw from."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from events.model import Actor, Event, EventPlace, Quote, Report, Review, Span, When
from events.ontology import TYPES

HOSTILE = (
    "=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-2+3", "@SUM(A1)", "a;=cmd|' /C calc'!A0", "\t=1+1", "＝1+1",
    "<script>alert(1)</script>", "]]><b>x</b>", "$[description]", "{{ 7*7 }}", "${7*7}", "\"quoted\", 'and' so",
    "line\r\nbreak\nEND:VEVENT", "\x00\x07\x1b[31m", "'; DROP TABLE events; --", "Ünïcödé – مرحبا – Київ – 東京 👩‍🚒",
    "\u202egnp.exe", "&lt;b&gt; &amp; AT&T", "\\n \\, \\;", "\ufeffBOM", "\u2028\u2029", "x" * 200,
)  # fmt: skip
words = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
said = words.filter(bool)
ids = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
shares = st.floats(0, 1)
offsets = st.integers(0, 500)
lons, lats = st.floats(-180, 180), st.floats(-90, 90)
positions = st.tuples(lons, lats).map(list)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
RINGS = (
    [[0.0, 0.0], [0.0, 10.0], [10.0, 10.0], [10.0, 0.0], [0.0, 0.0]],
    [[170.0, -10.0], [190.0, -10.0], [190.0, 10.0], [170.0, 10.0], [170.0, -10.0]],
    [[175.0, 60.0], [-175.0, 60.0], [-175.0, 65.0], [175.0, 65.0], [175.0, 60.0]],
)


@st.composite
def spans(draw):
    start = draw(offsets)
    return Span(part=draw(st.sampled_from(["title", "text"])), start=start, end=start + draw(offsets))


@st.composite
def quotes(draw):
    text, start = draw(words), draw(offsets)
    return Quote(part=draw(st.sampled_from(["title", "text"])), start=start, end=start + len(text), text=text)


geometries = st.one_of(
    st.none(),
    st.builds(lambda at: {"type": "Point", "coordinates": at}, positions),
    st.builds(lambda at: {"type": "LineString", "coordinates": at}, st.lists(positions, min_size=2, max_size=5)),
    st.builds(lambda ring: {"type": "Polygon", "coordinates": [ring]}, st.sampled_from(RINGS)),
    st.builds(lambda ring: {"type": "MultiPolygon", "coordinates": [[ring]]}, st.sampled_from(RINGS)),
)
places = st.builds(
    EventPlace, name=words, lat=lats, lon=lons, radius_km=st.floats(0, 5000), country=st.sampled_from([None, "FI", "UA"]),
    precision=st.sampled_from(["exact", "city", "district", "province", "country", "region", "sea", "line"]),
    geonames_id=st.none() | st.integers(1, 10**8), place_id=st.none() | ids, geometry=geometries, confidence=shares,
    alternatives=st.lists(words, max_size=2).map(tuple), reason=words, evidence=st.none() | spans(),
)  # fmt: skip


@st.composite
def whens(draw):
    start, end = sorted((draw(days), draw(days)))
    precision = draw(st.sampled_from(["day", "week", "month", "season", "year"]))
    return When(start=start, end=end, precision=precision, text=draw(words), assumed=draw(st.booleans()),
                evidence=draw(st.none() | spans()))  # fmt: skip


reports = st.builds(
    Report, story_id=ids, title=words, source=st.none() | words, published=st.none() | days,
    url=st.sampled_from([None, "https://example.org/a?b=1&c=2", "javascript:alert(1)", "http://x.example/\"><script>"]),
)  # fmt: skip
reviews = st.builds(
    Review, correction=st.integers(0, 10**6), kind=ids, who=words, why=words,
    at=st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
)  # fmt: skip


@st.composite
def events(draw):
    kind = draw(st.sampled_from(sorted(TYPES)))
    return Event(
        id=draw(ids), story_id=draw(ids), type=kind, family=TYPES[kind].family, what=draw(words),
        status=draw(st.sampled_from(["occurred", "ongoing", "planned", "alleged", "denied", "cancelled"])),
        actors=draw(st.lists(st.builds(Actor, name=words, role=st.sampled_from(["actor", "recipient"])), max_size=3)),
        place=draw(st.none() | places), when=draw(st.none() | whens()), attribution=draw(st.none() | words),
        confidence=draw(shares), type_evidence=draw(st.none() | spans()), status_evidence=draw(st.none() | spans()),
        evidence=draw(st.lists(quotes(), min_size=1, max_size=3)), reports=draw(st.lists(reports, max_size=3)),
        reviews=draw(st.lists(reviews, max_size=2)),
    )  # fmt: skip


many_events = st.lists(events(), max_size=4, unique_by=lambda event: event.id)
