"""What is too large, too long or too much gets a clear answer, and costs the server nothing."""

import json
import threading

import pytest
from flask import Flask, Response

import app
from components import api
from serval.selection import MAX_LIST, MAX_QUERY
from serving import callbacks, limits

COSTLY = {"figure", "interactive", "report_html", "report_pdf", "report_docx", "check"}


def site(monkeypatch: pytest.MonkeyPatch, rate: str = "10/600", **settings: str):
    """A small server with the limits, whose pictures and rows are made at once."""
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv("RATE_LIMIT", rate)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    server = Flask("small")
    status = [200]
    server.add_url_rule("/figure", "figure", lambda: Response(status=status[0]))
    server.add_url_rule("/report.pdf", "report_pdf", lambda: "report")
    server.add_url_rule("/api/v1/<kind>", "api_rows", lambda kind: kind)
    server.add_url_rule("/free", "free", lambda: "free")
    limits.install(server)
    return server.test_client(), status


def test_what_costs_seconds_is_limited(monkeypatch: pytest.MonkeyPatch):
    client, _ = site(monkeypatch)
    assert [client.get("/figure").status_code for _ in range(6)] == [200] * 5 + [429]
    assert client.get("/free").status_code == 200
    assert client.get("/api/v1/events.json").status_code == 200
    assert client.get("/api/v1/events.xlsx").status_code == 429
    assert client.get("/report.pdf").status_code == 429
    assert client.get("/figure", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200


def test_the_refusal_says_when_in_words(monkeypatch: pytest.MonkeyPatch):
    client, _ = site(monkeypatch, "1/600")
    answer = client.get("/figure")
    assert (answer.status_code, answer.mimetype) == (429, api.PROBLEM)
    wait = int(answer.headers["Retry-After"])
    assert 1 <= wait <= 600
    said = json.loads(answer.data)
    assert said["title"] == "Too many requests"
    assert said["type"].endswith("#too-many-requests")
    assert f"{wait} seconds" in said["detail"]
    assert "127.0.0.1" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("free", [304, 400, 404, 503])
def test_what_is_not_made_is_not_counted(monkeypatch: pytest.MonkeyPatch, free: int):
    client, status = site(monkeypatch, "2/600")
    status[0] = free
    assert {client.get("/figure").status_code for _ in range(20)} == {free}
    status[0] = 200
    assert [client.get("/figure").status_code for _ in range(2)] == [200, 429]


def test_a_new_window_begins_anew(monkeypatch: pytest.MonkeyPatch):
    client, _ = site(monkeypatch, "2/600")
    assert [client.get("/figure").status_code for _ in range(2)] == [200, 429]
    later = limits.time.time() + 601
    monkeypatch.setattr(limits.time, "time", lambda: later)
    assert client.get("/figure").status_code == 200


def test_a_class_behind_one_address_is_not_limited(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("RATE_LIMIT", raising=False)
    points, seconds = limits.allowed()
    a_pupil = 6 * limits.COSTS["figure"] + limits.COSTS["report_pdf"] + limits.PACKED_KINDS["events.xlsx"]
    assert (30 * a_pupil, seconds) <= (points, 600)


def test_the_limit_is_a_setting(monkeypatch: pytest.MonkeyPatch):
    client, _ = site(monkeypatch, "off")
    assert {client.get("/figure").status_code for _ in range(50)} == {200}
    for wrong in ("0/600", "many", "5", "5/0", "-1/60"):
        monkeypatch.setenv("RATE_LIMIT", wrong)
        with pytest.raises(SystemExit, match=f"RATE_LIMIT={wrong}: expected points/seconds"):
            limits.allowed()


def test_every_costly_route_of_the_server_is_named():
    known = {rule.endpoint for rule in app.server.url_map.iter_rules()}
    assert known >= limits.COSTS.keys() >= COSTLY
    from serval.export import kinds

    assert {kind for kind in kinds.KINDS if kind.endswith(kinds.PACKED)} == limits.PACKED_KINDS.keys()


def test_one_person_has_one_counter():
    assert limits.visitor("2001:db8:1:2::1") == limits.visitor("2001:db8:1:2:ffff::9%eth0")
    assert limits.visitor("2001:db8:1:2::1") != limits.visitor("2001:db8:1:3::1")
    assert limits.visitor("::ffff:192.0.2.7") == limits.visitor("192.0.2.7") != limits.visitor("192.0.2.8")
    assert limits.visitor("unix:") == limits.visitor("")
    assert "192" not in limits.visitor("192.0.2.7")


def test_many_addresses_take_no_more_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MOST_ADDRESSES", 10)
    memory = limits.Memory()
    assert [memory.add(str(i), 1, 1, 600) for i in range(15)] == [1] * 10 + [1, 2, 3, 4, 5]
    assert len(memory._used) == 11
    assert memory.add("0", 2, 1, 600) == 1
    assert len(memory._used) == 1


def test_nothing_is_lost_between_threads():
    memory = limits.Memory()
    threads = [
        threading.Thread(target=lambda: [memory.add("a", 1, 1, 600) for _ in range(200)]) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert memory.add("a", 1, 0, 600) == 1000


class Redis:
    """As much of one as is used; `broken` to have it fail."""

    def __init__(self) -> None:
        self.kept, self.asked, self.broken = dict[str, int](), 0, False

    def pipeline(self):
        self.asked += 1
        if self.broken:
            raise ConnectionError("gone")
        self.done = []
        return self

    def incrby(self, name: str, points: int) -> None:
        self.kept[name] = self.kept.get(name, 0) + points
        self.done.append(self.kept[name])

    def expire(self, name: str, seconds: int) -> None:
        self.done.append(True)

    def execute(self):
        return self.done


def test_redis_counts_for_all_and_may_go_away():
    redis = Redis()
    one, other = limits.Shared(redis), limits.Shared(redis)
    assert [one.add("a", 1, 2, 600), other.add("a", 1, 2, 600)] == [2, 4]
    redis.broken, asked = True, redis.asked
    assert [one.add("a", 1, 2, 600) for _ in range(9)] == [*range(2, 20, 2)]
    assert redis.asked == asked + 1  # it is left alone for a while


@pytest.mark.parametrize("path", ["/", "/event/x", "/figure/map.png", "/cite.txt", "/embed/map", "/about"])
def test_a_long_address_is_a_414(client, path: str):
    answer = client.get(f"{path}?q={'x' * limits.LONGEST_URL}")
    assert answer.status_code == 414
    assert f"at most {limits.LONGEST_URL}" in answer.text


def test_a_long_address_of_the_api_is_a_problem(client):
    answer = client.get(f"/api/v1/events.json?q={'x' * limits.LONGEST_URL}")
    assert (answer.status_code, answer.mimetype) == (414, api.PROBLEM)
    assert f"at most {limits.LONGEST_URL}" in answer.json["detail"]
    assert answer.json["type"].rpartition("#")[2] in client.get("/api/v1/").json["problems"]


def test_long_values_and_lists_are_named(client):
    asked = {"q": "x" * 201, "actor": "a" * 121, "place": ",".join(f"p{i}" for i in range(MAX_LIST + 1))}
    answer = client.get("/api/v1/events.json", query_string=asked)
    assert answer.status_code == 400
    assert [error["key"] for error in answer.json["errors"]] == ["actor", "place", "q"]
    assert all(len(error["value"]) <= 200 for error in answer.json["errors"])
    title = client.get("/figure/map.json", query_string={"title": "x" * 3000})
    assert (title.status_code, title.json["key"]) == (400, "title")


def test_many_parameters_are_read_quickly(client):
    assert client.get(f"/api/v1/events.json?{'&'.join(['x=1'] * 1500)}").status_code == 400
    assert client.get(f"/?{'&'.join(['x=1'] * 1500)}").status_code == 200


@pytest.mark.parametrize("path", [callbacks.PATH, "/", "/api/v1/events.json"])
def test_a_large_body_is_a_413(client, path: str):
    answer = client.post(path, data=b" " * (callbacks.MOST_BYTES + 1), content_type="application/json")
    assert answer.status_code == 413
    assert f"at most {callbacks.MOST_BYTES}" in answer.text


def test_a_large_body_without_a_length_is_read_no_further(client):
    from io import BytesIO

    answer = client.post(
        callbacks.PATH,
        input_stream=(stream := BytesIO(b"[" + b" " * 10 * callbacks.MOST_BYTES + b"]")),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert answer.status_code == 400  # cut off at the limit, it is no JSON
    assert stream.tell() == callbacks.MOST_BYTES


WORDS = {
    "output": "words.data",
    "outputs": {"id": "words", "property": "data"},
    "inputs": [{"id": "query", "property": "data", "value": ""}],
    "changedPropIds": ["query.data"],
}
BAD = {
    "no object": [],
    "empty": {},
    "no such output": {**WORDS, "output": "a.b"},
    "an output that is none": {**WORDS, "output": {"x": 1}},
    "one of the browser's own": {**WORDS, "output": "query.data"},
    "other outputs": {**WORDS, "outputs": {"id": "filters", "property": "children"}},
    "outputs of no shape": {**WORDS, "outputs": [1]},
    "no inputs": {**WORDS, "inputs": []},
    "inputs of no shape": {**WORDS, "inputs": "query"},
    "other inputs": {**WORDS, "inputs": [{"id": "asked-events", "property": "data", "value": ""}]},
    "a number for a query": {**WORDS, "inputs": [{"id": "query", "property": "data", "value": 5}]},
    "a list for a query": {**WORDS, "inputs": [{"id": "query", "property": "data", "value": ["q=x"]}]},
    "a long query": {
        **WORDS,
        "inputs": [{"id": "query", "property": "data", "value": "x" * (MAX_QUERY + 1)}],
    },
    "state of no shape": {**WORDS, "state": 1},
    "changed of no shape": {**WORDS, "changedPropIds": 7},
}


def test_a_body_of_our_page_is_answered(client):
    assert client.post(callbacks.PATH, json=WORDS).status_code == 200


@pytest.mark.parametrize("name", BAD)
def test_a_body_of_no_page_is_a_400(client, name: str):
    answer = client.post(callbacks.PATH, json=BAD[name])
    assert answer.status_code == 400
    assert "not one of this page" in answer.text


def test_what_is_no_json_is_refused(client):
    assert client.post(callbacks.PATH, data="{", content_type="application/json").status_code == 400
    assert client.post(callbacks.PATH, data="[" * 60_000, content_type="application/json").status_code == 400
    assert client.post(callbacks.PATH, data="x", content_type="text/plain").status_code == 415


def test_every_input_of_a_callback_has_its_shape():
    own = [found for found in app.app.callback_map.values() if "callback" in found]
    given = {part["id"] for found in own for part in (*found["inputs"], *found["state"])}
    assert given == callbacks.SHAPES.keys()


@pytest.mark.parametrize(
    ("id", "bad"),
    [
        ("print-size", [1]), ("print-size", [1, "x"]), ("print-size", [-1, 5]), ("print-size", [1e9, 5]),
        ("print-size", "ab"), ("losses-split", "x"),
        ("losses-split", None), ("events-order", [1]), ("events-order", {"sort": [1]}), ("opened", None),
        ("opened", {"actors": "france"}), ("opened", {"actors": [["x"]]}), ("opened", {"actors": [None]}),
        ("opened", {"actors": ["x"], "query": 5}), ("opened", {"actors": ["x"] * 1001}), ("asked-troops", []),
    ],
)  # fmt: skip
def test_values_that_no_page_gives(id: str, bad: object):
    assert not callbacks.SHAPES[id](bad)
