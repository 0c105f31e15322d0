"""The names and codes of ACLED, UCDP GED and HXL: columns in their order, types, countries."""

from __future__ import annotations

from typing import NamedTuple

# fmt: off
ACLED = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
]
UCDP = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id",
    "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources",
    "source_article", "source_office", "source_date", "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude",
    "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
]
# fmt: on
HXL = {
    "event_id_cnty": "#event+code",
    "event_date": "#date+occurred",
    "event_type": "#event+type",
    "actor1": "#group+name+first",
    "assoc_actor_1": "#group+name+first+assoc",
    "actor2": "#group+name+second",
    "assoc_actor_2": "#group+name+second+assoc",
    "region": "#region+name",
    "country": "#country+name",
    "iso": "#country+code",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "admin3": "#adm3+name",
    "location": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "source": "#meta+source",
    "notes": "#description",
    "fatalities": "#affected+killed",
}
"""Column -> tag, as the ACLED-shaped sheets of OCHA's Humanitarian Data Exchange have them."""

SUB_EVENTS = {
    "Battles": [
        "Armed clash",
        "Government regains territory",
        "Non-state actor overtakes territory",
    ],
    "Explosions/Remote violence": [
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    ],
    "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
    "Protests": ["Peaceful protest", "Protest with intervention", "Excessive force against protesters"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Strategic developments": [
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    ],
}
"""ACLED event_type -> its sub_event_types."""
EVENT_TYPE = {sub: event for event, subs in SUB_EVENTS.items() for sub in subs}
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
DISORDER = dict.fromkeys(VIOLENT, "Political violence") | {"Strategic developments": "Strategic developments"}
"""ACLED event_type -> disorder_type, of the types that the record's own are set beside."""

WIDER = {
    "town_retaken": "retakings without a fight, which are ACLED's Non-violent transfer of territory",
    "special_operation": "raids, searches and rescues without a clash",
    "ied": "devices found in place, which are ACLED's Disrupted weapons use",
    "hostage_taking": "releases and deaths in captivity",
    "human_rights": "findings of a body on harm done earlier",
    "heritage": "what was saved or found",
}
"""Event types of the record that are wider than the sub_event_type beside them, and what else they are."""


class Country(NamedTuple):
    """A country as these data sets name it: ISO 3166-1 numeric code, name, ACLED region, UCDP region."""

    iso: int
    name: str
    acled: str
    ucdp: str


COUNTRIES = {
    "BE": Country(56, "Belgium", "Europe", "Europe"),
    "BF": Country(854, "Burkina Faso", "Western Africa", "Africa"),
    "CH": Country(756, "Switzerland", "Europe", "Europe"),
    "CI": Country(384, "Ivory Coast", "Western Africa", "Africa"),
    "CM": Country(120, "Cameroon", "Middle Africa", "Africa"),
    "DZ": Country(12, "Algeria", "Northern Africa", "Africa"),
    "ET": Country(231, "Ethiopia", "Eastern Africa", "Africa"),
    "FR": Country(250, "France", "Europe", "Europe"),
    "GB": Country(826, "United Kingdom", "Europe", "Europe"),
    "ML": Country(466, "Mali", "Western Africa", "Africa"),
    "MR": Country(478, "Mauritania", "Western Africa", "Africa"),
    "NE": Country(562, "Niger", "Western Africa", "Africa"),
    "NG": Country(566, "Nigeria", "Western Africa", "Africa"),
    "NL": Country(528, "Netherlands", "Europe", "Europe"),
    "SN": Country(686, "Senegal", "Western Africa", "Africa"),
    "TD": Country(148, "Chad", "Middle Africa", "Africa"),
    "US": Country(840, "United States", "North America", "Americas"),
}
"""ISO 3166-1 alpha-2 -> the country."""
