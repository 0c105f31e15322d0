"""Made-up exports of the shape of UCDP GED's and ACLED's. No row of them is an event: all is from a seed."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

GED_HEADER = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id
side_b number_of_sources source_article source_office source_date source_headline source_original
where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid
country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians
deaths_unknown best high low gwnoa gwnob"""
GED = GED_HEADER.split()
ACLED_HEADER = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1
inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3
location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"""
ACLED = ACLED_HEADER.split()
Row = Mapping[str, Any]


def ged(n: int, seed: int = 1, country: str = "Mali", spread: float = 4.0) -> Iterator[dict[str, Any]]:
    """Rows of GED's shape, in 2012 to 2014, around 16° N 2° W."""
    rng = random.Random(seed)
    for i in range(n):
        start = date(2012, 6, 1) + timedelta(rng.randrange(900))
        low, best = rng.randrange(5), rng.randrange(5, 20)
        yield {
            **dict.fromkeys(GED, "0"),
            "id": 1_000_000 + i,
            "relid": f"MADE-{i}",
            "year": start.year,
            "type_of_violence": rng.randint(1, 3),
            "conflict_name": "Made-up conflict, of a test",
            "side_a": "Made-up side A",
            "side_b": f"Made-up side B{i % 7}",
            "source_article": 'Made-up, "quoted", and long ' + "x" * 150,
            "where_prec": rng.choice("1112345"),
            "where_coordinates": f"Made-up town {i % 211}",
            "where_description": "line one\nline two, of a made-up place" if i % 10 == 0 else "made up",
            "adm_1": f"Made-up region {i % 8}",
            "latitude": round(16 + rng.uniform(-spread, spread), 6),
            "longitude": round(-2 + rng.uniform(-spread, spread), 6),
            "country": country,
            "date_prec": rng.choice("11112345"),
            "date_start": f"{start} 00:00:00.000",
            "date_end": f"{start + timedelta(rng.choice((0, 0, 0, 1, 6)))} 00:00:00.000",
            "best": best,
            "low": low,
            "high": best + rng.randrange(30),
        }


def acled(n: int, seed: int = 1, country: str = "Mali", form: str = "%d %B %Y") -> Iterator[dict[str, Any]]:
    """Rows of ACLED's shape; `form`: of its days."""
    rng = random.Random(seed)
    for i in range(n):
        day = date(2012, 12, 1) + timedelta(rng.randrange(300))
        yield {
            **dict.fromkeys(ACLED, ""),
            "event_id_cnty": f"MADE{i}",
            "event_date": day.strftime(form),
            "year": day.year,
            "time_precision": rng.choice("1112"),
            "event_type": "Battles",
            "sub_event_type": "Armed clash",
            "actor1": "Made-up actor",
            "country": country,
            "admin1": "Made-up region",
            "location": "Ségou-like, made up",
            "latitude": round(16 + rng.uniform(-2, 2), 4),
            "longitude": round(-2 + rng.uniform(-2, 2), 4),
            "geo_precision": rng.randint(1, 3),
            "notes": 'Made up: "no event".\nOf a test; nothing happened.',
            "fatalities": rng.randrange(9),
        }


def table(rows: Iterable[Row], columns: Iterable[str], separator: str = ",") -> str:
    """Rows as CSV, with CRLF as spreadsheets have it."""
    out = io.StringIO(newline="")
    names = list(columns)
    writer = csv.DictWriter(out, names, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
