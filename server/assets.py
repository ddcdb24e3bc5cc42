"""The built scripts and styles of the pages: where each one lies, by the name of its source.

Their file names carry a hash of what they hold, so a browser may keep them for good.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup

__all__ = ["Assets", "install_assets"]

_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    """What the build of the pages has left.

    Arguments:
        folder: where it lies; without a manifest there, pages have neither styles nor scripts and still say all.
    """

    folder: Path

    @cached_property
    def manifest(self) -> Mapping[str, Mapping[str, object]]:
        """For each entry (`site.css`, `query.js`) its `file` and the files that it `imports`."""
        file = self.folder / "manifest.json"
        found: dict[str, dict[str, object]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
        return found

    def files(self, entry: str) -> Iterator[str]:
        """The file of an entry, then those that it imports."""
        made = self.manifest.get(entry)
        if made is not None:
            yield str(made["file"])
            imports = made["imports"]
            yield from imports if isinstance(imports, list) else ()


def install_assets(app: Flask) -> None:
    """Give the templates `style()`, `script()` and `asset()`, and let browsers keep what is built."""
    assets = Assets(Path(str(app.static_folder)) / "built")

    def address(file: str) -> str:
        return url_for("static", filename=f"built/{file}")

    def style(entry: str) -> Markup:
        """The link to a style sheet."""
        return Markup("\n").join(
            Markup('<link rel="stylesheet" href="{}">').format(address(file)) for file in assets.files(entry)
        )

    def script(entry: str) -> Markup:
        """The script element of an entry, after hints for what it imports."""
        entry_file, *imported = [*assets.files(entry)] or [""]
        lines = [Markup('<link rel="modulepreload" href="{}">').format(address(file)) for file in imported]
        if entry_file:
            lines.append(Markup('<script type="module" src="{}"></script>').format(address(entry_file)))
        return Markup("\n").join(lines)

    def asset(entry: str) -> str:
        """The address of what an entry became, for a script that starts it as a worker; blank if it is not built."""
        return next((address(file) for file in assets.files(entry)), "")

    app.jinja_env.globals.update(style=style, script=script, asset=asset)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and request.path.partition("/static/built/")[2].partition("-")[2]:
            response.headers["Cache-Control"] = _FOR_GOOD
        return response
