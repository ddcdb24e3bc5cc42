"""Sources: files, folders, globs, URLs; a server of our own answers for the network."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loaders.errors import SourceNotFound, TooLarge, Unreachable, UnusableSource
from loaders.sources import Fetched, FetchLimits, Given, Location, Source, expand, fetch


def names(source: Source, below: Path) -> list[str]:
    return [str(Path(location.source).relative_to(below)) for location in expand(source)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "deep/er/c.TXT", "d.docx", ".hidden.txt", ".git/e.txt", "f.png", "no-ending"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", "utf-8")
    return tmp_path


def test_a_folder_gives_its_documents_sorted_and_at_any_depth(folder: Path) -> None:
    assert names(folder, folder) == ["a.md", "b.txt", "d.docx", "deep/er/c.TXT"]


def test_a_glob_gives_the_files_that_match(folder: Path) -> None:
    assert names(f"{folder}/*.txt", folder) == ["b.txt"]
    assert names(f"{folder}/**/*.TXT", folder) == ["deep/er/c.TXT"]


def test_a_file_is_taken_whatever_its_ending_and_with_its_name_as_given(folder: Path) -> None:
    assert names(folder / "no-ending", folder) == ["no-ending"]
    assert fetch(next(expand(f"{folder}/./b.txt"))) == Fetched(f"{folder}/./b.txt", b"words")


def test_a_file_whose_name_looks_like_a_glob_is_that_file(folder: Path) -> None:
    (folder / "[x].txt").write_text("bracket")
    assert names(f"{folder}/[x].txt", folder) == ["[x].txt"]


def test_bytes_at_hand_are_a_source() -> None:
    (location,) = expand(Given("upload.txt", b"words", "text/plain"))
    assert fetch(location) == Fetched("upload.txt", b"words", "text/plain")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere.txt", "nowhere.txt: there is no such file or folder"),
        ("nowhere/*.txt", r"nowhere/\*.txt: matches no file"),
        ("ftp://example.org/a.txt", r"ftp://example.org/a.txt: ftp: is not fetched; give a path or an http\(s\) URL"),
        ("file:///etc/hostname", "file:///etc/hostname: file: is not fetched"),
        ("a\0b", "there is no such file or folder"),
    ],
)
def test_a_source_that_is_none_is_told_in_one_sentence(source: str, message: str) -> None:
    with pytest.raises(UnusableSource, match=message):
        list(expand(source))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="holds no document of a known format"):
        list(expand(tmp_path))


def test_a_file_that_vanishes_and_one_that_is_too_large(folder: Path) -> None:
    with pytest.raises(SourceNotFound, match="there is no such file"):
        fetch(Location("gone.txt", folder / "gone.txt"))
    with pytest.raises(TooLarge, match="is larger than 4e-06 MB"):
        fetch(Location("b.txt", folder / "b.txt"), FetchLimits(size_bytes=4))


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        where = {
            "/moved": "/news",
            "/loop": "/loop",
            "/to-a-file": "file:///etc/hostname",
            "/to-ftp": "ftp://127.0.0.1/a",
        }.get(self.path)
        if where:
            self.send_response(302)
            self.send_header("Location", where)
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path in ("/news", "/zipped"):
            body = "Новости.".encode("cp1251")
            body = gzip.compress(body) if self.path == "/zipped" else body
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=windows-1251")
            if self.path == "/zipped":
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(503 if self.path == "/busy" else 404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(url: str, limits: FetchLimits | None = None) -> Fetched:
    return fetch(next(expand(url)), limits)


@pytest.mark.parametrize("page", ["/news", "/moved", "/zipped"])
def test_a_page_comes_with_its_type(site: str, page: str) -> None:
    assert get(site + page) == Fetched(site + page, "Новости.".encode("cp1251"), "text/plain; charset=windows-1251")


@pytest.mark.parametrize(
    ("page", "kind", "message"),
    [
        ("/none", SourceNotFound, "the server answered 404 Not Found"),
        ("/busy", Unreachable, "the server answered 503 Service Unavailable"),
        ("/to-a-file", Unreachable, "Redirection to url 'file:///etc/hostname' is not allowed"),
        ("/to-ftp", Unreachable, "cannot be fetched: it points to something that is not fetched"),
        ("/loop", Unreachable, "the server answered 302"),
    ],
)
def test_a_page_that_cannot_be_had_is_told(site: str, page: str, kind: type[UnusableSource], message: str) -> None:
    with pytest.raises(kind, match=message) as refusal:
        get(site + page)
    assert "\n" not in str(refusal.value)


def test_a_page_that_is_too_large(site: str) -> None:
    with pytest.raises(TooLarge):
        get(site + "/news", FetchLimits(size_bytes=3))
    with pytest.raises(TooLarge):
        get(site + "/zipped", FetchLimits(size_bytes=7))


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(Unreachable, match=r"^http://127\.0\.0\.1:9/a: cannot be fetched: Connection refused"):
        get("http://127.0.0.1:9/a")


def test_an_address_that_is_none() -> None:
    with pytest.raises(Unreachable, match="cannot be fetched"):
        get("http://[::1/a")
