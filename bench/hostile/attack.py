"""Hostile clients: `python -m bench.hostile.attack URL SECONDS CLIENTS`, a line of JSON for each of their requests.

A process of their own, so that what they cost is not taken for what the server costs the ordinary client.
"""

import http.client
import json
import random
import sys
import threading
import time
from urllib.parse import urlencode, urlsplit

QUERIES = {
    "endless join": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) > STR(?i)) }",
    "endless path": "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<urn:no>)+ ?b . ?b (!<urn:none>|^(!<urn:no>))* ?c }",
    "memory by sorting": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
    "memory by grouping": "SELECT ?a ?d ?g (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a ?d ?g",
    "memory by distinct": "SELECT DISTINCT ?a ?c ?f ?i WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } OFFSET 999999999",
    "memory by text": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?f))) AS ?t) WHERE { ?a ?b ?c . ?d ?e ?f }",
    "millions of rows": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "millions of triples": "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}
"""By what they are after."""


def main() -> None:
    """The command."""
    url, seconds, clients = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=_attack, args=(url, until, number)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _attack(url: str, until: float, number: int) -> None:
    chance = random.Random(number)
    kinds = list(QUERIES)
    turn = number
    while time.monotonic() < until:
        kind = kinds[turn % len(kinds)]
        turn += 1
        text = QUERIES[kind]
        if turn % 2:  # half of them are never the same twice, so that nobody can know them
            text += f" #{chance.random()}"
        begun = time.monotonic()
        status, media_type, size, problem = _ask(url, text)
        line = {
            "kind": kind, "status": status, "media_type": media_type, "bytes": size, "problem": problem,
            "seconds": time.monotonic() - begun,
        }  # fmt: skip
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        if status in {429, 503}:
            time.sleep(0.2)  # none of them waits as long as it is told to


def _ask(url: str, text: str) -> tuple[int, str, int, bool]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=300)
    try:
        connection.request("GET", "/sparql?" + urlencode({"query": text}), headers={"Accept": "*/*"})
        answer = connection.getresponse()
        size, head = 0, b""
        while chunk := answer.read(1 << 20):
            size += len(chunk)
            head = head or chunk
        media_type = answer.headers.get_content_type()
        problem = media_type == "application/problem+json" and {"title", "status", "detail"} <= set(json.loads(head))
        return answer.status, media_type, size, problem
    except OSError as error:
        return 0, repr(error), 0, False
    finally:
        connection.close()


if __name__ == "__main__":
    main()
