"""Many senders at once, with retries, to a running server: nothing is lost and nothing is twice."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tracking.conftest import Listening
from tracking.sending import track

SENDERS, BATCHES, EVENTS = 8, 6, 20


def test_nothing_is_lost_and_nothing_is_twice(listening: Listening):
    """Every sender's batches overlap with its neighbour's, and each is sent twice."""

    def numbers(sender: int, batch: int) -> list[str]:
        first = (sender * BATCHES + batch) * EVENTS
        return [f"m{number % (SENDERS * BATCHES * EVENTS)}" for number in range(first, first + EVENTS + 5)]

    def send(sender: int) -> list[int]:
        where = urlsplit(listening.base)
        connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
        answers = []
        for batch in [*range(BATCHES), *range(BATCHES)]:
            events = [track(messageId=number, userId=f"u{number[-1]}") for number in numbers(sender, batch)]
            bad = track(messageId=f"bad-{sender}-{batch}", userId="null")
            body = json.dumps({"batch": [*events, bad], "writeKey": listening.key})
            connection.request("POST", "/v1/batch", body)
            answer = connection.getresponse()
            answers.append((answer.status, json.loads(answer.read())["quarantined"]))
        return answers

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = [answer for told in pool.map(send, range(SENDERS)) for answer in told]

    assert {(200, 1)} == set(answers)
    whole = SENDERS * BATCHES * EVENTS
    assert [(whole, whole)] == listening.home.sql("SELECT count(*), count(DISTINCT message_id) FROM flow_interaction")
    assert [(SENDERS * BATCHES,)] == listening.home.sql("SELECT count(*) FROM flow_quarantined")
    assert [(whole, 10)] == listening.home.sql("SELECT sum(interactions), count(*) FROM flow_person")


def test_a_body_in_chunks_is_read(listening: Listening):
    where = urlsplit(listening.base)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    body = json.dumps({"batch": [track()], "writeKey": listening.key}).encode()

    connection.request("POST", "/v1/batch", iter([body[:40], body[40:]]), encode_chunked=True)

    assert (200, 1) == (connection.getresponse().status, len(listening.interactions()))
