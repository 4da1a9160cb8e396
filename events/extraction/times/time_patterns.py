"""What a temporal expression looks like in running text: the patterns of time_expressions.py.

For text in lower case with plain spaces, hyphens and apostrophes (time_expressions.py makes it so, length for length).
The longer reading of words stands before the shorter one. No pattern has a repetition inside a repetition.
"""

from __future__ import annotations

import re

from events.extraction.times import time_words as words
from events.extraction.times.scheduled_dates import HOLIDAY, NATIONAL_DAY

_W, _M, _N, _U, _P, _S, _Y = words.WEEKDAY, words.MONTH, words.NUMBER, words.UNIT, words.PART, words.SEASON, words.YEAR
_ANY_UNIT = rf"(?:{_U}|{words.CLOCK_UNIT})"
_EDGE = r"(?:early|late|mid|later|earlier)[ -]"
_WHICH = r"(?:last|next|this past|this coming|this|past|coming)"
_ABOUT = (
    r"(?:(?:just|well) (?:over|under)|(?:no )?(?:more|less|fewer) than|about|around|nearly|almost|at least|"
    r"at most|up to|"
    r"approximately|roughly|some|an estimated|as many as) "
)
_DD = r"(?:[0-3]?\d)(?:st|nd|rd|th)?\b(?![:.]\d|%)"
_YEAR_AFTER = rf"(?:,? (?:of )?(?:{_Y}\b(?!%)|(?:last|this|next) year))"
_TO = r" ?(?:-|to|until|through|and) ?"
_ZONE = (
    r"(?: (?:gmt|utc|e[ds]?t|c[ds]t|p[ds]t|m[ds]t|bst|cest|cet|ist|jst|hours|hrs|local time|(?:moscow|eastern|pacific|"
    r"central) time)\b)"
)
_CLOCK = (
    rf"(?:(?:[01]?\d|2[0-3])h[0-5]\d|\d{{1,2}}(?:[:.]\d\d)? ?[ap]\.?m\b\.?{_ZONE}?|(?:[01]?\d|"
    rf"2[0-3]):[0-5]\d(?![\d:]|\.\d){_ZONE}?|"
    rf"(?:[01]\d|2[0-3])[0-5]\d(?= (?:gmt|utc|hours|hrs)){_ZONE}|(?:noon|midnight|midday)|"
    rf"(?:\d{{1,2}}|{words.SPELLED}) (?:o'clock|in the (?:morning|afternoon|evening)|at night))"
)
_MONTH_DAY = rf"(?:{_W},? )?(?:{_M} (?:the )?{_DD}|(?:the )?{_DD} (?:of )?{_M}){_YEAR_AFTER}?"
_SKY = r"(?:dawn|dusk|daybreak|sunrise|sunset|nightfall)"
_NTH = r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
_BEFORE_PART = "|".join(f"(?<={word} )" for word in "by until till before after at in into through during".split())
_NEAR = r"(?:the day before yesterday|the day after tomorrow|yesterday|today|tomorrow)"

_DATES = (
    rf"(?:the )?(?:first|second|third|fourth|last) (?:{words.WEEKDAY_NAME}) (?:of|in) {_M}{_YEAR_AFTER}?",
    r"\d{4}-\d\d-\d\d(?:t\d\d:\d\d\S{0,10})?",
    r"\d{4}/\d\d/\d\d(?![\d/])",
    r"\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?![\d/])",
    r"\d{1,2}([.-])\d{1,2}\1\d{4}(?![\d.-])",
    rf"\d{{1,2}}-{_M}-\d{{4}}",
    rf"(?:\d{{1,2}} )?(?:{words.OTHER_MONTHS})\b"
    rf"(?:,? \d{{1,2}}\b)?(?:,? [12]?\d\d\d\b)?",
    rf"{_CLOCK}(?:,? (?:on )?(?:{_MONTH_DAY}|{_W}(?: {_P})?|{_NEAR}))?",
    rf"{_MONTH_DAY}(?:,| at) {_CLOCK}",
    rf"{_W}(?:,| at) {_CLOCK}",
    rf"{_SKY}(?:,? (?:on |of )?(?:{_MONTH_DAY}|{_W}))",
    rf"(?:the )?(?:night (?:of|from) {_W} to {_W}|{_P} of (?:{_MONTH_DAY}|{_W}))",
    rf"{_M} [0-3]?\d ?- ?{_M} [0-3]?\d\b(?:,? {_Y})?",
    rf"[0-3]?\d {_M} ?- ?[0-3]?\d {_M}(?:,? {_Y})?",
    rf"{_M} [0-3]?\d{_TO}[0-3]?\d\b(?:,? {_Y}\b)?(?![\d%:]|\.\d)",
    rf"[0-3]?\d{_TO}[0-3]?\d {_M}(?:,? {_Y}\b)?",
    rf"(?:{_ABOUT})?{_MONTH_DAY}(?: (?:early |late )?{_P})?",
    rf"(?:the )?(?:week|start|end|beginning|middle) of (?:{_MONTH_DAY}|{_M}{_YEAR_AFTER}?|{_Y}|(?:this|last|next|"
    r"the) (?:week|month|year))",
    rf"(?:{_EDGE}|{_WHICH} |each |every )?{_M}(?!\.? \d\d?\b)(?:{_YEAR_AFTER}|"
    rf",? (?:{words.alternatives(words.SPELLED_YEARS)})\b)?",
    r"9/11",
)
_DAYS = (
    rf"(?:every |each )(?:other )?(?:{words.FULL_WEEKDAY}(?: {_P})?|day|week|month|year|quarter|hour|{_P}|weekend)",
    rf"(?:{words.WEEKDAY_NAME})s(?: {_P}s?)?",
    rf"(?:every |each )(?:{_S})\b",
    rf"{_W} (?:of )?(?:last|next|this) week|(?:the )?(?:previous|preceding|following) {_W}",
    rf"(?:{_W} )?overnight(?: (?:on|from|into|to) {_W}| {_W})?",
    rf"(?:(?:early|late|mid)[ -](?:on )?)?(?:{_WHICH} )?{_W}(?: (?:early |late )?{_P})?",
    rf"(?:the )?(?:early|small|late) hours(?: (?:of|on) (?:the )?(?:{_W}|yesterday|today|this|"
    rf"tomorrow)?(?: ?morning)?| (?:{_W}|yesterday)(?: morning)?)?",
    rf"(?:(?:early|late|mid)[ -])?{_NEAR}(?: (?:early |late )?{_P})?(?: {_P})?",
    rf"(?:{_EDGE})?(?:this|that|the (?:previous|following|same|next)) {_P}|last night|last evening|tonight",
    rf"(?:this|last|next) (?:{HOLIDAY})\b|(?:{HOLIDAY})\b(?:,? {_Y})?|(?:{NATIONAL_DAY})\b(?:,? {_Y})?",
    rf"(?:the )?day (?:before|after) (?:last |next |the following |the previous )?{_W}",
    rf"(?:(?<=for )|(?<=into )|(?<=on )|(?<=in ))(?:a|its|their|the|his|her) (?:{_NTH})"
    rf"(?: straight| consecutive| successive)? (?:day|night|morning|evening)\b(?! of (?!{_W}))",
    rf"(?:{_BEFORE_PART})(?:the )?(?:early |late )?(?:morning|evening|afternoon|dusk|dawn|nightfall|sunset|sunrise|daybreak|"
    rf"midday)(?=[,.;:)]| [a-z]+ed\b| \d| and\b| the\b| on\b| after\b|$)(?! on {_W})",
    r"(?:(?<=for )|(?<=on )|(?<=throughout )|(?<=during )|(?<=end of )|(?<=later in ))the day(?=[,.;])",
    r"(?:that |the )?same day|the (?:day|night) (?:before|after)(?=[,.;)]| and\b| [a-z]+ed\b|$)",
    r"(?:the )?\d{1,2}(?:st|nd|rd|th) of (?:last|this|next|the) month",
    r"the \d{1,2}(?:st|nd|rd|th)(?=[,.;)]| and\b| at\b| in\b|$)",
)
_PERIODS = (
    rf"q[1-4]\b(?:,? (?:of )?{_Y}\b)?|h[12],? (?:of )?{_Y}\b",
    rf"(?:{_ABOUT})?(?:{_N}|{words.VAGUE})(?: (?:or so|or more|full|more))? {_ANY_UNIT}s? (?:ago|earlier|later|"
    r"from now|previously|before(?= that|,|\.|;|$))",
    rf"(?:{_N}|the) (?:days?|weeks?|months?|years?) (?:before|after) (?:the |his |her |its |"
    rf"their )?[\w'.-]+(?: [\w'.-]+){{0,7}}",
    r"(?:the )?eve of (?:the )?[\w'.-]+(?: [\w'.-]+){0,7}",
    r"the (?:first|second) half of (?:the|this|last|next) (?:month|year)",
    rf"(?:{_EDGE}(?:in |on )?)?(?:this|last|next|that|the (?:past|previous|following|coming|current|next|last|same|"
    r"latest|entire|whole))"
    r" (?:fiscal |academic |school |financial |calendar )?(?:(?:day|week|month|year|decade|century|quarter|"
    r"fortnight|weekend)\b(?!s)(?! (?:of|old)\b)(?:(?<=year)'s (?:first|second|third|fourth)[- ](?:quarter|"
    rf"half))?(?:(?<=year)'s quarter| or so)?|{_S})",
    r"(?:(?:the )?(?:past|next|coming|first|final|previous|latest) |(?:the |(?<=over )|(?<=in )|"
    rf"(?<=for ))last )(?:(?:\d{{1,3}}|{words.SPELLED}) (?:to|"
    rf"or) )?(?:{_N}|{words.VAGUE})[ -](?:more |full |trading |consecutive |straight )?(?:{_ANY_UNIT}|summer|"
    r"winter)s(?: or so)?",
    r"(?:past|last) (?:decade|century)|(?:earlier|later) in the (?:year|month|week|day)",
    rf"(?:the )?(?:year|month|week)-(?:ago|earlier) (?:(?:{words.alternatives(words.ORDINALS)})[- ])?(?:period|"
    r"quarter|month|week)",
    r"(?:year|month|week|day)-(?:ago|earlier)",
    rf"(?:the |its |their )?(?:(?:{_Y}|year-ago|year-earlier) )?(?:fiscal[- ])?"
    rf"(?:{words.alternatives(words.ORDINALS)}) (?:fiscal )?(?:quarter|half)\b"
    rf"(?:,? (?:of )?(?:fiscal )?(?:{_Y}|(?:last|this|next|the) year))?",
    rf"(?:fiscal[- ])?(?:{words.alternatives(words.ORDINALS)})-(?:quarter|half)\b(?: (?:of )?{_Y})?",
    rf"(?:the )?(?:latest|corresponding|{_Y}) (?:period|quarter)(?: last year)?",
    r"the (?:full year|(?:fiscal )?year(?= end(?:ed|ing)\b)|fiscal year(?! (?:1[6-9]|20)\d\d)|"
    rf"quarter(?: a year ago|(?!-))|weekend|summer of {_Y})\b|(?:the )?year(?:'s)?[- ]end\b",
    r"(?:(?<=in )|(?<=for ))the year(?=[,.;])",
    rf"(?:{_EDGE}|the (?:{_EDGE})?|last |this |next )?(?:{_S})(?:,? (?:of )?(?:{_Y}\b|last year|this year|next year))",
    rf"(?:last|this|next|coming|the past|{_EDGE}) ?(?:{_S})\b",
    rf"(?:(?<=in )|(?<=by )|(?<=over )|(?<=during )|(?<=of )|(?<=into )|(?<=until )|(?<=since ))the (?:{_EDGE})?(?:{_S})\b",
    rf"(?:(?:the )?{_EDGE})?(?:(?:1[6-9]|20)\d0'?s|'[2-9]0s)\b|the (?:{words.alternatives(words.DECADES)})\b",
    r"(?:the )?\d{1,2}(?:st|nd|rd|th)[- ]century",
    rf"{_Y}(?:-|/)(?:\d\d|{_Y}) (?:fiscal|financial|academic|school|budget) year\b|(?:(?:the )?fiscal |"
    rf"(?:the )?fiscal year |the year |fy ?)(?:{_Y})\b|{_Y}(?:-|/)(?:\d\d|{_Y})(?= (?:season|year)\b)",
    rf"(?<![\d/-]){_Y}[-/](?:{_Y}|\d\d)(?![\d/-])",
    rf"(?:{_EDGE})?(?<![\d$€£.,#/-]){words.ANY_YEAR}(?: and beyond)?(?![\d,.]\d|\w|-\w|[%/]\w?)",
    rf"(?:the year )?(?:{words.alternatives(words.SPELLED_YEARS)})\b(?! (?:people|men|women|dollars|million))",
    r"(?:(?<=in )|(?<=since )|(?<=of )|(?<=summer )|(?<=winter ))'[0-9]\d\b(?!'?s)",
    r"(?:right |more )?(?:now|recently)|currently|lately|nowadays|at present|at the moment|these days",
    rf"the (?:near |immediate |recent )?(?:past|future)\b(?! (?:\w+ ){{0,2}}{_ANY_UNIT}s?\b)",
)
_SPANS = (
    r"(?:once|twice|(?:three|four|several|many) times) (?:a|an|every|each|per) (?:day|week|month|year|hour)",
    r"daily|weekly|monthly|annually|hourly|nightly",
    r"(?:recent|coming|past|the (?:coming|past|early)) (?:days|weeks|months|years|hours|decades)",
    rf"an? (?:{words.SPELLED}|\d{{1,2}})-(?:day|week|month|year|hour) (?:period|span)",
    rf"(?:{_ABOUT})?(?:(?:\d{{1,3}}|{words.SPELLED}) (?:to|or) )?(?:(?<![\d.,$]){words.NUMBER}|several|a few|"
    r"many)(?: 1/2| and a half)?"
    r"[- ](?:more |full |whole |straight |consecutive |additional |trading |working |"
    rf"business )?(?:(?:{words.UNIT}|{words.CLOCK_UNIT})\b(?!-(?:ago|earlier))|(?:{_ANY_UNIT}|summer|"
    r"winter)s\b(?:'(?!'))?)(?:-long)?(?![\w-]*old\b)(?!(?<=quarters) of\b)",
    rf"(?:the )(?:{words.SPELLED}|\d{{1,2}}) (?:days|weeks|months|years|hours)",
    r"(?:decade|centurie|year|month|week|day|hour)s(?:-long)?\b(?! old)|(?:day|week|month|year|decade|hour)-?long",
    r"(?:all|the whole|the entire|a full|an entire) (?:day|week|month|year|night)|half an? (?:hour|day|year|century)",
)
EXPRESSION = re.compile(rf"(?<![\w$€£-])(?:{'|'.join((*_DATES, *_DAYS, *_PERIODS, *_SPANS))})(?!\w)")

# Words without one of which (or a digit) no pattern can match: most sentences are passed over by them.
_SINGLE = (
    "overnight today yesterday tomorrow tonight night nights noon midnight midday morning evening afternoon dawn dusk "
    "weekend weekends now recently currently lately nowadays moment past future present daily weekly monthly annually "
    "hourly nightly long hours day days week weeks month months year years decade decades century centuries quarter "
    "quarters half fortnight fortnights hour minute minutes second seconds period daylong weeklong monthlong yearlong "
    "spring summer fall autumn winter clock two nineteen eighteen twenty fiscal end daybreak sunrise sunset nightfall "
    "eve"
).split()
_PLAIN_CORE = frozenset([
    *_SINGLE, *words.MONTHS, *words.WEEKDAYS, *(f"{day}s" for day in words.WEEKDAYS), *words.DECADES,
    *re.findall("[a-z]+", words.OTHER_MONTHS),
])  # fmt: skip
_LETTERS = [re.findall("[a-z]+", name) for name in HOLIDAY.split("|")]
CORE = _PLAIN_CORE | {name[-1] for name in _LETTERS if not _PLAIN_CORE & set(name)}
# The words with which an expression can begin: patterns are tried there and nowhere else.
FIRST = (
    CORE
    | {name[0] for name in _LETTERS}
    | set(re.findall(r"[a-z]+(?= )", NATIONAL_DAY))
    | frozenset(name.split(" ")[0].split("-")[0] for name in (*words.NUMBERS, *words.SPELLED_YEARS))
    | frozenset(
        "the a an this that these last next past coming each every its their all half about around nearly almost just "
        "well over no more less fewer at up approximately roughly some as early late mid later earlier several many few "
        "recent once twice first third fourth final previous preceding following latest corresponding right same small "
        "st fy q h dhu jumada rabi sha".split()
    )
)
WORD = re.compile(r"[a-z]+|\d+|'(?=\d)")
