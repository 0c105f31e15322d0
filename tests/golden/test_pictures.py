"""The spec of each panel's picture of the made-up record, as it was."""

import json
from datetime import date

import pytest

from serval.export import picture, picture_options
from serval.selection import Selection

VIEW = Selection(from_="2012-01-01", to="2013-12-31", at="2013-01-20", actor=("red_a",), family=True)
MADE = date(2026, 11, 26)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("panel", picture_options.PANELS)
def test_the_spec(made_up, golden, panel: str, lang: str):
    theme = {"en": "light", "fr": "dark"}[lang]
    spec = picture.spec(
        made_up.select(VIEW), panel, lang=lang, theme=theme, base="https://serval.example", made=MADE
    )
    if panel == "map":  # the ground is data/geo, and long
        spec["figure"]["data"] = [trace for trace in spec["figure"]["data"] if "uid" in trace]
    golden(f"pictures/{panel}-{lang}.json", readable(spec))


def readable(spec: dict) -> bytes:
    """JSON with a line for each list of plain values."""
    return (compact(spec, 0) + "\n").encode()


def compact(value: object, depth: int) -> str:
    pad = "\n" + " " * (depth + 1)
    plain = all(not isinstance(item, (dict, list)) for item in value) if isinstance(value, list) else False
    if isinstance(value, dict) and value:
        parts = [f"{json.dumps(key)}: {compact(item, depth + 1)}" for key, item in value.items()]
        return "{" + pad + f",{pad}".join(parts) + "}"
    if isinstance(value, (list, tuple)) and value and not plain:
        return "[" + pad + f",{pad}".join(compact(item, depth + 1) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
