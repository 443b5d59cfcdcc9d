"""What a model's answer about a passage is taken for: words that do not stand in it count for nothing."""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fakes import completion

from factcheck.domain.lookup import Reading
from factcheck.extraction.models import CallLimits, close_model, open_model
from factcheck.extraction.passage_reader import ModelPassageReader, reading_of
from factcheck.extraction.prompts import load_prompt

PASSAGE = "Civil defence in Mecca counted 107 dead on that evening."


@pytest.mark.parametrize(
    ("answer", "reading", "relied"),
    [
        ("counted 107 dead\nsupports", Reading.SUPPORTS, "counted 107 dead"),
        ("“counted 107 dead”\nRefutes.", Reading.REFUTES, "counted 107 dead"),
        ("counted 107 dead\n\n**supports**", Reading.SUPPORTS, "counted 107 dead"),
        ("counted 107 dead\nneither", Reading.NEITHER, ""),
        ("neither", Reading.NEITHER, ""),
        ("counted 170 dead\nsupports", Reading.UNSURE, ""),
        ("counted … dead\nsupports", Reading.UNSURE, ""),
        ("-\nsupports", Reading.UNSURE, ""),
        ("supports", Reading.UNSURE, ""),
        ("I cannot help with that.", Reading.UNSURE, ""),
        ("counted 107 dead\nThe sentence supports the claim.", Reading.UNSURE, ""),
        ("", Reading.UNSURE, ""),
        ("counted 107 dead\nsupportsrefutes", Reading.UNSURE, ""),
    ],
)
def test_answer_counts_by_words_of_the_passage(answer: str, reading: Reading, relied: str) -> None:
    assert reading_of(answer, PASSAGE) == (reading, relied)


def test_examples_of_the_prompt_rely_on_their_own_sentences() -> None:
    told = []
    for one in load_prompt("read_passage").examples:
        sentence = one.question.partition("Sentence: ")[2]
        told.append(reading_of(one.answer, sentence)[0])
    assert told == [Reading.SUPPORTS, Reading.REFUTES, Reading.NEITHER]


class _StaysOpen(BaseHTTPRequestHandler):
    """Answers every question alike, and keeps the connection, as servers of models do."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        answer = json.dumps(completion("counted 107 dead\nsupports")).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base names it
        pass


def test_calls_share_a_connection_that_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "stand-in")
    with ThreadingHTTPServer(("127.0.0.1", 0), _StaysOpen) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
        model = open_model("openai:stand-in", CallLimits(30, 0, 1))
        with asyncio.Runner() as runner:
            reader = ModelPassageReader(model, "openai:stand-in", 30, runner)
            told = [reader.read("107 people died.", PASSAGE) for _ in range(3)]
            runner.run(close_model(model))
        server.shutdown()

    assert [one.reading for one in told] == [Reading.SUPPORTS] * 3
    assert sum(one.usage.calls for one in told) == 3
