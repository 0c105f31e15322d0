"""How many: numbers with their hedges. "At least 12" has no high, "up to 12" no low, "12 to 25" both."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "m": 1_000_000,
    "bn": 1_000_000_000,
}
WORDS: dict[str, int] = {word: i for i, word in enumerate(UNITS.split())}
WORDS |= {word: 20 + 10 * i for i, word in enumerate(TENS.split())}
WORDS |= {
    f"{ten}{sep}{unit}": WORDS[ten] + WORDS[unit]
    for ten in TENS.split()
    for unit in UNITS.split()[1:10]
    for sep in ("-", " ")
}
WORDS |= {
    "a dozen": 12,
    "half a dozen": 6,
    "two dozen": 24,
    "three dozen": 36,
    "a hundred": 100,
    "a thousand": 1000,
    "a million": 1_000_000,
    "half a million": 500_000,
    "a couple of": 2,
    "a score of": 20,
}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_SCALE = r"(?:hundred|thousand|million|billion|bn|m)"
_SMALL = rf"(?:{_WORD})"
SPELT = rf"\b(?:(?:{_SMALL}) )?(?:thousand |hundred )(?:(?:{_SMALL}) hundred )?(?:and )?{_SMALL}\b"
"""Two hundred and fifty, a thousand two hundred, three hundred forty-two."""
_PLAIN = rf"(?:\d{{1,3}}(?:[,\u00a0 ]\d{{3}})+|\d+(?:\.\d+)?|\b(?:{_WORD})\b)"
NUMBER = rf"(?:{SPELT}|{_PLAIN}(?:[ -]?{_SCALE}\b){{0,2}})"
_BEFORE = (
    "at least|a minimum of|more than|over|upwards of|well over|up to|as many as|at most|at the most|"
    "a maximum of|fewer than|less than|nearly|almost|about|around|roughly|some|approximately|an estimated|"
    "close to|under|just over|just under|between|from|in excess of|a total of|exactly|only|barely|"
    "(?:no|not) (?:fewer|less|more) than"
)
_AFTER = "at the very least|at least|or more|and more|at the most|at most|or fewer|or less|or so|and rising"
FIGURE = re.compile(
    rf"(?P<hedge>\b(?:{_BEFORE}) )?"
    rf"(?:[$€£]|us\$ ?|eur ?|usd ?)?(?<![\w.,:-])(?P<one>{NUMBER})(?: ?(?P<link>-|to|and|"
    rf"or) ?(?:[$€£])?(?P<two>{NUMBER}))?(?P<after> (?:{_AFTER})\b)?"
    rf"(?! ?(?:km|kilomet|metres|mile|per ?cent|%|years?|hours?|days?|"
    rf"weeks?|months?|a\.?m\.?|p\.?m\.?|nights?|minutes?|times|o'clock|dead of))(?![\w:/]|\.\d|,\d)"
)
COUNTED_LATER = re.compile(
    r"[^.;,]{0,40}?,? (?:(?P<low>at the very least|at least|by the lowest count|if not more)|"
    r"(?P<high>at the most|at most|by the highest count|by the highest estimate))\b(?=[.,;:)]|$)"
)
"""A hedge that follows the noun: eighteen soldiers at the very least."""
NOT = re.compile(r"\b(?:not|never|n't)\b[^.;]{0,30}$")
LOWER = tuple(
    word.strip()
    for word in """
    at least, no fewer, not fewer, no less, not less, a minimum, more than, over, upwards, well over,
    just over, in excess
    """.replace("\n", " ").split(",")
)
UPPER = tuple(
    word.strip()
    for word in """
    up to, as many as, at most, at the most, no more, not more, fewer than, less than, a maximum, under,
    just under
    """.replace("\n", " ").split(",")
)


@dataclass(frozen=True)
class Number:
    """A count: characters in the paragraph; low, high and best, each None where the text leaves it open."""

    start: int
    end: int
    low: float | None
    high: float | None
    best: float | None


def find(folded: str) -> list[Number]:
    """The counts in a folded paragraph, in order; dates, times and distances are left out."""
    found = []
    for match in FIGURE.finditer(folded):
        one, two = value(match["one"]), value(match["two"]) if match["two"] else None
        if one is None or _is_year(match["one"], match["hedge"]):
            continue
        hedge, link = (match["hedge"] or "").strip(), match["link"]
        if two is not None and two > one and (link in ("-", "to", "or") or hedge == "between"):
            scale = re.search(_SCALE, match["two"])
            one = (
                one * SCALES[scale.group()]
                if scale and not re.search(_SCALE, match["one"]) and one < two / 1000
                else one
            )
            found.append(Number(match.start(), match.end("two"), one, two, None))
            continue
        end = match.end("one")
        hedge = _later(folded, match, hedge)
        if hedge.startswith(UPPER) or (hedge == "more than" and NOT.search(folded, 0, match.start())):
            found.append(Number(match.start(), end, None, one, None))
        elif hedge.startswith(LOWER):
            found.append(Number(match.start(), end, one, None, None))
        else:
            found.append(Number(match.start(), end, one, one, one))
        if two is not None:
            found.append(Number(match.start("two"), match.end("two"), two, two, two))
    return found


def _later(folded: str, match: re.Match[str], hedge: str) -> str:
    """The hedge of a number, which may also follow it or its noun."""
    after = (match["after"] or "").strip()
    if after in ("or more", "and more", "and rising", "at least", "at the very least"):
        return "at least"
    if after in ("or fewer", "or less", "at most", "at the most"):
        return "at most"
    later = None if hedge else COUNTED_LATER.match(folded, match.end())
    if later is not None:
        return "at least" if later["low"] else "at most"
    return hedge


def value(text: str) -> float | None:
    """The number a phrase stands for, or None."""
    text = re.sub(r"[,\u00a0 ](?=\d{3})", "", text.strip().lower())
    if text in WORDS:
        return float(WORDS[text])
    total, part, known = 0.0, 0.0, False
    for word in re.findall(rf"\d+(?:\.\d+)?|{_WORD}|{_SCALE}|and|\S", text):
        if word in SCALES:
            factor = SCALES[word]
            part = (part or 1) * factor
            if factor >= 1000:
                total, part = total + part, 0.0
        elif word in WORDS:
            part += WORDS[word]
        elif word[0].isdigit():
            part += float(word)
        elif word not in ("and", "-"):
            return None
        known = known or word not in ("and", "-")
    return round(total + part, 6) if known else None


def _is_year(text: str, hedge: str | None) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", text)) and not hedge
