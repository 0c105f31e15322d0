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
NUMBER = rf"(?:\d{{1,3}}(?:[,\u00a0 ]\d{{3}})+|\d+(?:\.\d+)?|\b(?:{_WORD})\b)(?:[ -]?{_SCALE}\b)?"
FIGURE = re.compile(
    rf"(?P<hedge>\b(?:at least|no fewer than|not less than|a minimum of|more than|over|upwards of|"
    rf"well over|up to|as many as|at most|no more than|fewer than|less than|a maximum of|nearly|"
    rf"almost|about|around|roughly|some|approximately|an estimated|close to|under|just over|"
    rf"just under|between|from) )?"
    rf"(?:[$€£]|us\$ ?|eur ?|usd ?)?(?<![\w.,:-])(?P<one>{NUMBER})(?: ?(?P<link>-|to|and|"
    rf"or) ?(?:[$€£])?(?P<two>{NUMBER}))?(?! ?(?:km|kilomet|mile|per ?cent|%|years?|hours?|days?|"
    rf"weeks?|months?|a\.?m\.?|p\.?m\.?|nights?|minutes?|times))(?![\w:/]|\.\d|,\d)"
)
LOWER = tuple(
    word.strip()
    for word in """
    at least, no fewer, not less, a minimum, more than, over, upwards, well over, just over
    """.replace("\n", " ").split(",")
)
UPPER = tuple(
    word.strip()
    for word in """
    up to, as many as, at most, no more, fewer than, less than, a maximum, under, just under
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
        if hedge.startswith(LOWER):
            found.append(Number(match.start(), end, one, None, None))
        elif hedge.startswith(UPPER):
            found.append(Number(match.start(), end, None, one, None))
        else:
            found.append(Number(match.start(), end, one, one, one))
        if two is not None:
            found.append(Number(match.start("two"), match.end("two"), two, two, two))
    return found


def value(text: str) -> float | None:
    """The number a phrase stands for, or None."""
    text = text.strip().lower()
    scale = re.search(rf"[ -]?\b({_SCALE})$|(?<=\d)({_SCALE})$", text)
    factor, head = 1, text
    if scale and text not in WORDS:
        factor, head = SCALES[scale.group(1) or scale.group(2)], text[: scale.start()].strip(" -")
    if head in WORDS:
        return float(WORDS[head] * factor)
    digits = re.sub(r"[,\u00a0 ](?=\d{3})", "", head)
    try:
        return round(float(digits) * factor, 6)
    except ValueError:
        return None


def _is_year(text: str, hedge: str | None) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", text)) and not hedge
