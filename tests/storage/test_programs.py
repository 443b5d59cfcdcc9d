"""Tokens of programs, and keys that are used up in the transaction of what they were named for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from conftest import NOW

from factcheck.domain.programs import AccessToken, KeyUse, Scope, UsedKey
from factcheck.errors import ConflictError, KeyUsedError, NoSuchTokenError
from factcheck.storage.database import Database
from factcheck.storage.events import SqlLog
from factcheck.storage.programs import SqlPrograms
from factcheck.workflow.review_claim import Desk, record_verdict, release_claim, take_claim

TOKEN = AccessToken(0, "scout", (Scope.READ, Scope.REVIEW), NOW, NOW + timedelta(days=1), "eve")
Look = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def programs(database: Database) -> SqlPrograms:
    return SqlPrograms(database)


@pytest.fixture
def use(programs: SqlPrograms) -> KeyUse:
    return KeyUse(programs.add_token(TOKEN, "a" * 64).id, "key", "what was asked")


def test_token_is_found_by_its_hash_alone(programs: SqlPrograms) -> None:
    token = programs.add_token(TOKEN, "a" * 64)

    assert programs.token_of("a" * 64) == token
    assert programs.token_of("b" * 64) is None
    assert programs.tokens() == (token,)


def test_log_tells_of_tokens_without_their_hash(programs: SqlPrograms, database: Database) -> None:
    programs.revoke_token(programs.add_token(TOKEN, "a" * 64).id, NOW, "eve")
    programs.revoke_token(1, NOW, "eve")  # once is enough

    log = SqlLog(database)
    assert [(one.action, one.actor) for one in log.events()] == [("token_added", "eve"), ("token_revoked", "eve")]
    assert "a" * 64 not in str(log.events())
    assert log.verify().is_whole


def test_unknown_token_cannot_be_revoked(programs: SqlPrograms) -> None:
    with pytest.raises(NoSuchTokenError):
        programs.revoke_token(2**70, NOW, None)


def test_key_is_used_up_with_the_act(programs: SqlPrograms, use: KeyUse, desk: Desk, queued: Any) -> None:
    queued(0.5, 0.4)
    with programs.once(use, NOW):
        take_claim(desk, 2, "scout")
        assert programs.used_key(use.token_id, use.key) == UsedKey("what was asked", 2)
        release_claim(desk, 2, "scout")  # of several events the first uses the key

    assert programs.used_key(use.token_id, "another") is None


def test_act_under_a_used_key_leaves_nothing(programs: SqlPrograms, use: KeyUse, desk: Desk, queued: Any) -> None:
    queued(0.5, 0.4)
    with programs.once(use, NOW):
        record_verdict(desk, 1, "true", "scout")

    with pytest.raises(KeyUsedError), programs.once(use, NOW):
        record_verdict(desk, 2, "true", "scout")

    assert desk.queue.claim(2, NOW).readings == ()
    record_verdict(desk, 2, "true", "scout")  # without a key nothing is in the way


def test_act_that_fails_uses_no_key(programs: SqlPrograms, use: KeyUse, desk: Desk, queued: Any) -> None:
    queued(0.5)
    take_claim(desk, 1, "ana")

    with pytest.raises(ConflictError), programs.once(use, NOW):
        record_verdict(desk, 1, "true", "scout")

    assert programs.used_key(use.token_id, use.key) is None


def test_keys_are_forgotten_after_a_week(
    programs: SqlPrograms, use: KeyUse, desk: Desk, queued: Any, look: Look
) -> None:
    queued(0.5, 0.4)
    with programs.once(use, NOW):
        take_claim(desk, 1, "scout")
    later = KeyUse(use.token_id, "later", "b")
    with programs.once(later, NOW + timedelta(days=8)):
        take_claim(desk, 2, "scout")

    assert look("SELECT key FROM used_key") == [("later",)]
