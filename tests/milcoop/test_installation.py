"""What a plain `make install` brings is enough: what a user runs needs no extra and no package of the developers."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_by(requirements: list[str]) -> set[str]:
    """The distributions that a plain install brings: those declared, and what these require."""
    found: set[tuple[str, str]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonical(requirement.name)
        for extra in requirement.extras | {""}:
            if (name, extra) in found:
                continue
            found.add((name, extra))
            try:
                needed = requires(name) or []
            except PackageNotFoundError:
                continue
            waiting += [
                one for one in map(Requirement, needed) if one.marker is None or one.marker.evaluate({"extra": extra})
            ]
    return {name for name, _ in found}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the one that a plain install fills, of links to what is installed here."""
    folder = tmp_path_factory.mktemp("plain")
    for name in {"milcoop", *installed_by(DECLARED)}:
        try:
            installed = distribution(name)
        except PackageNotFoundError:  # for other machines
            continue
        for top in {file.parts[0] for file in installed.files or () if file.parts[0] not in {"..", "__pycache__"}}:
            if not (folder / top).exists():
                (folder / top).symlink_to(str(installed.locate_file(top)))
    return folder


def run(plain: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(plain)!r}]\n"
    return subprocess.run(
        [sys.executable, "-S", "-c", start + code, *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


COMMAND = "from milcoop.cli import main\nmain()"


def test_packages_of_the_developers_are_out_of_reach_in_these_tests(plain: Path) -> None:
    assert "No module named 'pytest'" in run(plain, "import pytest").stderr


def test_documents_of_each_language_are_read(plain: Path, tmp_path: Path) -> None:
    for language, text in {
        "en": "Kazakhstan and Turkey signed a memorandum on military cooperation in Ankara on 5 May 2022.",
        "ru": "Казахстан и Турция подписали меморандум о военном сотрудничестве в Анкаре 5 мая 2022 года.",
        "kk": "2022 жылғы 5 мамырда Қазақстан мен Түркия Анкарада әскери ынтымақтастық туралы меморандумға қол қойды.",
    }.items():
        (tmp_path / f"{language}.txt").write_text(text, encoding="utf-8")
    read = run(plain, COMMAND, "load", "--store", str(tmp_path / "store"), *map(str, tmp_path.glob("*.txt")))
    assert (read.returncode, "3 added" in read.stderr) == (0, True), read.stderr


def test_the_server_can_be_made(plain: Path, tmp_path: Path) -> None:
    made = run(
        plain,
        "from server.application import create_app; from server.settings import Settings; "
        "create_app(Settings(store=sys.argv[1])); print('made')",
        str(tmp_path / "store"),
    )
    assert made.stdout == "made\n", made.stderr


def test_what_follows_from_a_file_is_written(plain: Path, tmp_path: Path) -> None:
    file = tmp_path / "file.nt"
    file.write_text(
        "<http://x/i> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/a> .\n"
        "<http://x/a> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://x/b> .\n",
        encoding="utf-8",
    )
    inferred = run(plain, COMMAND, "infer", str(file))
    assert "<http://x/i> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/b> ." in inferred.stdout
    assert inferred.returncode == 0, inferred.stderr
