"""What verbs make of their subjects and objects: who dies does nothing, who is sent is nobody's recipient.

For participants.
"""

from __future__ import annotations

import re

# Their subjects suffer what they tell of, or it befalls them.
SUFFERED = frozenset(
    "die drown perish succumb suffocate collapse capsize sink derail overturn erupt explode vanish disappear fall faint "
    "suffer survive burn reopen close break burst swell subside fail".split()
)
# Their objects are what is sent, moved or given, and the one to whom follows with "to".
SENDING = frozenset(
    "send dispatch deploy move rotate lend offer order place position sail fly ship withdraw pull put station transfer "
    "bring deliver mobilise mobilize commit pledge".split()
)
SENT = frozenset(
    "troop soldier force battalion brigade unit regiment reinforcement ship vessel frigate destroyer warship aircraft plane "
    "jet helicopter team mission commission inspector nurse doctor medic officer convoy truck lorry tanker fighter "
    "firefighter rescuer delegation envoy company division boat fleet squadron army navy submarine carrier drone".split()
)
# What can suffer and is nobody.
THINGS = frozenset(
    "bus train truck lorry car van vehicle ship boat vessel ferry freighter tanker trawler plane aircraft helicopter jet "
    "school university church office company firm bank hospital government market village town city bridge house scooter "
    "train taxi minibus convoy station body".split()
)
# Their objects are spoken to or judged, so a capital among these is its government.
ADDRESSING = frozenset(
    "accuse urge warn tell ask blame condemn criticise criticize sanction threaten press lobby summon thank praise support "
    "back recognise recognize rebuke assure notify inform invite oppose defy join call".split()
)
TO_WHOM = {
    "with": frozenset("meet talk negotiate confer clash fight speak agree sign discuss side hold trade".split()),
    "against": frozenset(
        "march protest rally vote retaliate fight demonstrate rule strike act appeal file sue".split()
    ),
    "on": frozenset("call fire impose open strike attack advance prevail blame".split()),
    "at": frozenset("fire shoot throw strike".split()),
    "to": frozenset(
        "appeal send deliver donate apologise apologize hand give sell award pledge offer grant extradite surrender".split()
    ),
}
_PEOPLE = re.compile(
    r"[a-z-]{3,}(?:owner|worker|driver|leader|dealer|breaker|holder|keeper|maker|seeker|lover|er|or|ist|ian|man|woman)"
)
_NO_PEOPLE = frozenset(
    "number letter paper matter border corner factor sector door floor error water weather power order tower river winter "
    "summer offer answer fever cover danger disaster encounter finger flower layer chapter quarter shelter shower "
    "server sister trailer tractor reactor motor monitor sensor harbour harbor mirror error terror horror color rumor "
    "computer container customer counter cluster crater center meter boiler burner ladder timber lumber member dinner "
    "supper super copper pepper rubber silver thunder wonder murder tender gender surrender reminder remainder december "
    "november october september altar another other either neither rather trailer freighter tanker bomber fighter "
    "destroyer helicopter steamer trawler cruiser carrier frontier barrier ever never over under after before later "
    "earlier corridor visitor-centre labor labour behavior favor humor manor tumor minor major prior superior interior "
    "exterior anchor author-title poster banner sticker printer newspaper skyscraper crier glacier".split()
)


def names_people(lemma: str, plural: bool) -> bool:
    """Whether a noun in the plural is one of those who do something: "shipowners", "commissioners", "cyclists".

    >>> names_people("shipowner", True), names_people("tower", True), names_people("commissioner", False)
    (True, False, False)
    """
    return plural and lemma not in _NO_PEOPLE and bool(_PEOPLE.fullmatch(lemma))
