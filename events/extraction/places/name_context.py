"""Words around names that tell places from persons and organisations. Data and nothing else."""

from __future__ import annotations

from pathlib import Path

_LISTS = Path(__file__).parents[1] / "lists"
_FREQUENT_SURNAMES = 700  # the list begins with the commonest


def _read(name: str) -> list[str]:
    lines = (_LISTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON_WORDS = frozenset(_read("common_words.txt")) | _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday"
)
FORENAMES = frozenset(_read("forenames.txt"))
_SURNAMES_BY_COUNT = _read("surnames.txt")
SURNAMES = frozenset(_SURNAMES_BY_COUNT)
FREQUENT_SURNAMES = frozenset(_SURNAMES_BY_COUNT[:_FREQUENT_SURNAMES])

# GeoNames ids of the towns where states' governments sit.
GOVERNMENT_SEATS = frozenset(int(line.split("\t")[2]) for line in _read("government_seats.tsv"))

# Never a place where they stand alone: organisations, brands, feasts, faiths, languages that also name some hamlet.
NEVER_PLACES = _words(
    "nato hamas hezbollah isis isil taliban reuters xinhua bloomberg google facebook twitter youtube instagram tiktok "
    "whatsapp amazon apple microsoft netflix spacex tesla boeing airbus olympic olympics christmas easter ramadan god "
    "allah jesus bible koran quran islam muslim muslims christian christians jewish jews catholic catholics hindu "
    "hindus sunni shia shiite arab arabs english earth internet covid brexit republican republicans democrat democrats "
    "democratic conservative labour congress parliament senate bbc cnn afp ap tass un imf who unicef opec asean mr mrs "
    "ms dr sir st mt ft north south east west northern southern eastern western central upper lower greater new old "
    "the and of in honda toyota ford nissan mazda hyundai chevrolet corolla hilux santa duma court empire"
)
SHORT_PLACES = frozenset(
    {
        "US",
        "UK",
        "UAE",
        "U.S.",
        "U.K.",
        "USA",
        "DRC",
        "NYC",
        "L.A.",
        "LA",
        "EU",
        "DC",
        "D.C.",
        "NSW",
        "PNG",
        "KPK",
        "USSR",
    }
)
DIRECTIONS = _words(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower greater downtown mid inner outer mainland rural "
    "coastal occupied neighbouring neighboring suburban metropolitan metro uptown"
)
PERSON_TITLES = _words(
    "mr mrs ms dr sen rep gov judge justice capt sgt lt col gen prof sheriff deputy sir lord lady king queen prince "
    "princess pope rev miss coach detective det cpl maj adm cmdr insp supt sheikh sheik ayatollah imam sultan father "
    "sister brother aunt uncle hon messrs mme dame baroness emir"
)
OFFICES = _words(
    "president minister senator chief general professor officer mayor director chairman chairwoman secretary "
    "ambassador attorney commissioner superintendent premier chancellor governor spokesman spokeswoman leader "
    "candidate striker midfielder defender goalkeeper captain manager congressman congresswoman representative "
    "colonel major lieutenant sergeant admiral marshal archbishop bishop cardinal lawmaker councillor councilman "
    "trooper pfc spokesperson lawyer coroner auditor treasurer speaker vice deputy prime"
)
TITLES = PERSON_TITLES | OFFICES
# What follows a place's name when the place is what acts or rules: "Ohio Department of Health", "Huntsville Police".
GOVERNMENT_WORDS = _words(
    "department police fire ministry bureau board legislature council commission committee court sheriff's sheriff "
    "public health parks lottery schools school district supreme attorney assembly parliament cabinet government "
    "chamber authority administration division office agency prison jail army navy air national state federal general "
    "city town municipal regional county metro central area governor gov senator sen rep mayor president premier "
    "prime foreign defense defence interior finance secretary minister police legislators house senate"
)
# What follows a name that has become a part of another: papers, firms, teams, schools, houses, streets.
ORGANISATION_WORDS = _words(
    "times post globe chronicle telegraph courier examiner bulletin dispatch advertiser herald tribune gazette journal "
    "news daily press star sun observer guardian mirror echo university college inc corp corporation company co ltd llc "
    "bank group association society institute foundation force forces party union league club team united fc airlines "
    "airways center centre restaurant cafe high academy services service act bill law award awards cup open championship "
    "championships tigers bears festival symphony orchestra accord accords agreement treaty protocol declaration war wars "
    "summit conference convention grand prix marathon international rovers wanderers fresh farms foods dairy brewery "
    "clinic medical memorial elementary middle funeral baptist methodist lutheran statute"
)
# What follows a place's name in the name of a building or a works that stands there: "Manila Cathedral".
BUILDING_WORDS = _words(
    "hospital cathedral museum church mosque temple synagogue airport hotel inn motel theatre theater library stadium "
    "arena palace tower bridge square dam mine plant refinery zoo mall plaza cemetery station port harbour harbor castle "
    "barracks embassy consulate"
)
ORGANISATIONS = ORGANISATION_WORDS | GOVERNMENT_WORDS | BUILDING_WORDS
STREET_WORDS = _words(
    "road street avenue st ave rd drive dr lane ln blvd boulevard highway hwy way place pl court ct terrace pike "
    "parkway crescent close circle turnpike freeway motorway expressway route alley mews"
)
# The word that says what kind of place a longer name is: "Neches River", "Lake Lanier", "Henry County".
PLACE_WORDS = _words(
    "county province region state district governorate city municipality prefecture oblast village town township "
    "parish island islands peninsula valley beach border coast"
)
KINDS_OF_PLACE = _words(
    "city cities town towns village villages province provinces suburb suburbs district districts neighbourhood "
    "neighborhood hamlet port township island islands state states county counties governorate region regions capital "
    "municipality settlement enclave outskirts coast coasts republic kingdom parish borough south north east west"
)
HEADS_AFTER = _words(
    "county township parish river creek lake bay island islands isle mountain mountains mount peak hills falls canyon "
    "desert strait straits peninsula reservoir glacier archipelago governorate prefecture oblast reef atoll plateau "
    "lagoon delta bayou ridge"
)
HEADS_BEFORE = _words("lake mount mt cape")
# Prepositions by how surely a place follows.
IN_PREPOSITIONS = _words("in near outside inside around across throughout toward towards via")
AT_PREPOSITIONS = _words("at from to between through into along off over above below beyond")
# What stands right behind a place's name and behind few persons'.
LOCALS = _words(
    "police residents resident officials official native natives man woman men women couple teenager resident's mayor "
    "area region suburb district neighbourhood neighborhood county city town village based born held controlled backed "
    "government authorities border airport lawmakers legislators voters schools businesses firm streets bureau time "
    "metropolitan community coast hospital hospitals factory mosque court prison jail market school students farmers "
    "troops soldiers forces parliament politician economy province state"
)
SPEAKING = _words(
    "said says say denied denies rejected rejects accused accuses warned warns wants condemned condemns insisted "
    "insists vowed vows announced announces agreed agrees demanded demands called urged urges threatened threatens "
    "claimed claims argued argues hopes hoped fears feared refused refuses pledged pledges promised promises"
)
# Persons do this and seldom towns or governments.
PERSONAL_VERBS = _words(
    "told added recalled laughed smiled explained wrote replied grew married died testified pleaded thinks thought "
    "remembers knew knows loves loved plays played scored teaches studied graduated joined resigned served hit ran who "
    "whose himself herself noted asked joked shrugged admitted acknowledged drove stole lives lived walked"
)
STATE_ABBREVIATIONS = (
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa "
    "Penn Tenn Tex Vt Va Wash Wis Wisc Wyo Ont Que Sask Alta Man Qld Vic Tas"
).split()
