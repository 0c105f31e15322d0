"""The words of the panels as HTML: each block of a panel's template fills the element of that name.

Made by the server and put into the page by assets/words.js. A list of hundreds of links as Dash components
would keep a phone busy for seconds; as HTML it is there at once, and the plain pages use the same templates.
"""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from components.context import Context
from components.static import BUILD

TEMPLATES = Path(__file__).parent / "templates"
COMPILED = BUILD / "templates"
COMPILED.mkdir(parents=True, exist_ok=True)


class _Compiled(FileSystemBytecodeCache):
    """May be read by all and need not be written: a server can run as another user than its set-up did."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        if os.access(self.directory, os.W_OK):
            super().dump_bytecode(bucket)
            os.chmod(self._get_cache_filename(bucket), 0o644)


ENV = Environment(
    loader=FileSystemLoader(TEMPLATES),
    bytecode_cache=_Compiled(str(COMPILED)),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
ENV.globals.update(
    {name: macro for name, macro in vars(ENV.get_template("macros.html").module).items() if name[0] != "_"}
)

for _template in ENV.list_templates(extensions=["html"]):
    ENV.get_template(_template)  # before the workers are made, and before a read-only place could matter


def words(template: str, page: Context, **values: object) -> dict[str, str]:
    """Element id -> its HTML, for every block of the template (`filter_type` fills `#filter-type`)."""
    found = ENV.get_template(template)
    context = found.new_context({"page": page, "_": page._, **values})
    return {
        name.replace("_", "-"): Markup("".join(block(context)).strip())
        for name, block in found.blocks.items()
    }
