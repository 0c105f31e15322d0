"""The dashboard: the record and the components put together. `server` is what gunicorn serves."""

from __future__ import annotations

import os
import sys

import dash
from flask import Flask

from components import data, page, routes, static
from components.context import spoken
from serval import record as records
from serval.selection import LANGS
from serving import callbacks, errors, limits, metrics, watch

try:
    records.load()
except records.RecordError as error:  # a fault stops the start, with every fault in words
    sys.exit(f"The record is not valid, so it is not served:\n{error}")

app = dash.Dash(__name__, title="Serval: Mali 2013", update_title="", assets_folder="assets", compress=False)
app.layout = page.layout
app.validation_layout = None  # else every page would carry the layout a second time
page.register(app)
routes.register(app.server)
errors.register(app.server)
metrics.register(app.server)
limits.install(app.server)
callbacks.install(app.server, app.callback_map)
watch.install(app.server, app.config.routes_pathname_prefix + "<path:path>", app.callback_map)
for lang in LANGS:
    data.given(lang)  # what it publishes must be there before the files are served
    page.warm(lang)
static.install(app, preload=[data.urls()["columns"]], language=spoken)
server: Flask = app.server
server.wsgi_app = watch.Watch(server.wsgi_app)  # type: ignore[method-assign]

if __name__ == "__main__":
    app.run(host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "8050")))
