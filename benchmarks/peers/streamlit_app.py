"""The job of Serval's page in Streamlit: map, timeline, actors, and filters by actor, type and days.

Rows and figures are cached. There are no fragments: every filter changes every chart, so that a fragment
would hold the whole page.
"""

import shared
import streamlit as st

STYLE = "/app/static/style.json"
CONFIG = {"displayModeBar": False, "scrollZoom": True}

st.set_page_config(page_title="Mali 2013", layout="wide")


@st.cache_resource
def rows():
    return shared.read()


@st.cache_resource(max_entries=64)
def view(actors, types, first, last):
    shown = shared.select(rows(), actors, types, first, last)
    figures = shared.map_figure(shown, STYLE), shared.timeline_figure(shown, first, last)
    return len(shown), *figures, shared.actor_table(rows(), shown)


with st.sidebar:
    actors = st.multiselect("Actor", rows().actors, format_func=rows().names.get)
    types = st.multiselect("Type", rows().types)
    first = st.date_input("From", shared.FIRST, "2012-01-01", "2014-12-31", format="YYYY-MM-DD")
    last = st.date_input("To", shared.LAST, "2012-01-01", "2014-12-31", format="YYYY-MM-DD")

count, on_map, over_time, table = view(tuple(actors), tuple(types), first, last)
st.markdown(f"**{count} events**")
left, right = st.columns([2, 1])
left.plotly_chart(on_map, key="map", theme=None, config=CONFIG)
right.dataframe(table, key="actors", height=460, hide_index=True)
st.plotly_chart(over_time, key="timeline", theme=None, config=CONFIG)
