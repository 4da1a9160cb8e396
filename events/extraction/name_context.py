"""Words around names that tell places from persons and organisations. Data and nothing else."""

from __future__ import annotations

from pathlib import Path

_LISTS = Path(__file__).parent / "lists"


def _read(name: str) -> frozenset[str]:
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


COMMON_WORDS = _read("common_words.txt") | frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday".split()
)
FORENAMES = _read("forenames.txt")
INITIALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

# Never a place where they stand alone: organisations, brands, feasts, faiths, languages that also name some hamlet.
NEVER_PLACES = frozenset(
    "nato hamas hezbollah isis isil taliban reuters xinhua bloomberg google facebook twitter youtube instagram tiktok "
    "whatsapp amazon apple microsoft netflix spacex tesla boeing airbus olympic olympics christmas easter ramadan god allah "
    "jesus bible koran quran islam muslim muslims christian christians jewish jews catholic catholics hindu hindus "
    "sunni shia shiite arab arabs african africans asian asians english earth internet covid brexit republican "
    "republicans democrat democrats democratic conservative labour congress parliament senate bbc cnn afp ap tass un "
    "eu imf who unicef opec asean mr mrs ms dr sir st mt ft north south east west northern southern eastern western "
    "central upper lower greater new old the and of in".split()
)
SHORT_PLACES = frozenset(
    {"US", "UK", "UAE", "U.S.", "U.K.", "USA", "DRC", "NYC", "L.A.", "LA", "EU", "DC", "D.C.", "NSW", "PNG", "KPK"}
)
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern north-eastern north-western south-eastern south-western "
    "north-east north-west south-east south-west upper lower greater downtown mid inner outer the in at from near for "
    "and but while after when if as a an on of to with since most many some both outside inside across around "
    "occupied mainland rural coastal neighbouring neighboring war-torn".split()
)
PERSON_TITLES = frozenset(
    "mr mrs ms dr sen rep gov judge justice capt sgt lt col gen prof sheriff deputy sir lord lady king queen prince "
    "princess pope rev miss coach detective".split()
)
TITLES = PERSON_TITLES | frozenset(
    "president minister senator chief general professor officer mayor director chairman chairwoman secretary "
    "ambassador attorney commissioner superintendent premier chancellor governor spokesman spokeswoman leader "
    "candidate striker midfielder defender goalkeeper captain manager".split()
)
ORGANISATION_WORDS = frozenset(
    "times post university college school hospital inc corp corporation company co ltd llc bank group department "
    "police fire association society institute museum church foundation council committee commission agency bureau "
    "court house senate parliament army navy force forces party union league club team united fc airlines airways "
    "airport herald tribune gazette journal news daily press center centre hotel theatre theater park road street "
    "avenue st ave rd drive dr lane blvd boulevard highway library high academy authority administration board office "
    "ministry service services act bill law award awards cup open championship championships tigers bears stadium "
    "arena festival symphony orchestra cathedral palace tower bridge square accord accords agreement treaty protocol "
    "declaration war wars summit conference grand prix marathon dam mine prison jail plant refinery international "
    "national federal assembly cabinet government".split()
)
PLACE_WORDS = frozenset(
    "county province region state district governorate city municipality prefecture oblast village town township "
    "parish island islands peninsula valley beach border coast".split()
)
SPEAKING = frozenset(
    "said says say denied denies rejected rejects accused accuses warned warns wants condemned condemns insisted "
    "insists vowed vows announced announces agreed agrees demanded demands called urged urges threatened threatens "
    "claimed claims argued argues hopes hoped fears feared refused refuses pledged pledges promised promises".split()
)
STATE_ABBREVIATIONS = (
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt "
    "Va Wash Wis Wyo Ont Que Sask Alta Qld Vic Tas"
).split()
