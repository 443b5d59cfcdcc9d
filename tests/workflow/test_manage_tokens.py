"""Tokens: a secret shown once, a hash kept, an end."""

from collections.abc import Callable

import pytest

from factcheck.domain.programs import KeyUse, Scope, UsedKey
from factcheck.errors import InputError, MissingScopeError, NoSuchClaimError, OtherRequestError, UnknownTokenError
from factcheck.workflow.manage_tokens import MARK, add_token, done_once, revoke_token, token_for
from factcheck.workflow.ports import Stores

DAY = 24 * 60


def test_secret_opens_and_is_kept_nowhere(stores: Stores) -> None:
    token, secret = add_token(stores, " scout ", [Scope.REVIEW], 90, "eve")

    assert (token.name, token.scopes, token.added_by) == ("scout", (Scope.READ, Scope.REVIEW), "eve")
    assert token_for(stores, secret) == token
    assert secret.startswith(MARK)
    assert secret not in repr(stores.programs)


def test_no_secret_is_like_another(stores: Stores) -> None:
    assert len({add_token(stores, "scout", [], 1, None)[1] for _ in range(50)}) == 50


@pytest.mark.parametrize("secret", ["", "x", MARK, f"{MARK}{'A' * 43}", "fcdesk_\ud800", MARK + "A" * 100_000])
def test_other_secrets_open_nothing(stores: Stores, secret: str) -> None:
    add_token(stores, "scout", [], 1, None)

    with pytest.raises(UnknownTokenError):
        token_for(stores, secret)


def test_token_ends_by_itself(stores: Stores, pass_minutes: Callable[[int], None]) -> None:
    _, secret = add_token(stores, "scout", [], 1, None)

    pass_minutes(DAY - 1)
    token_for(stores, secret)
    pass_minutes(1)
    with pytest.raises(UnknownTokenError):
        token_for(stores, secret)


def test_revoked_token_opens_nothing(stores: Stores) -> None:
    token, secret = add_token(stores, "scout", [], 1, None)
    revoke_token(stores, token.id, "eve")

    with pytest.raises(UnknownTokenError):
        token_for(stores, secret)


@pytest.mark.parametrize("days", [0, -1, 4_000])
def test_days_are_bounded(stores: Stores, days: int) -> None:
    with pytest.raises(InputError):
        add_token(stores, "scout", [], days, None)


def test_scope_that_was_not_given_is_missing(stores: Stores) -> None:
    token, _ = add_token(stores, "scout", [Scope.SUGGEST], 1, None)

    token.require(Scope.READ)
    token.require(Scope.SUGGEST)
    with pytest.raises(MissingScopeError, match="'edit'"):
        token.require(Scope.EDIT)


def test_second_try_is_not_done_again(stores: Stores) -> None:
    done: list[str] = []
    use = KeyUse(1, "key", "the same")

    assert done_once(stores, use, lambda: done.append("first")) is None
    assert done_once(stores, use, lambda: done.append("second")) == UsedKey("the same", None)
    assert done == ["first"]


def test_key_of_another_request_is_refused(stores: Stores) -> None:
    done_once(stores, KeyUse(1, "key", "this"), lambda: None)

    with pytest.raises(OtherRequestError):
        done_once(stores, KeyUse(1, "key", "that"), lambda: None)


def test_act_that_cannot_be_done_says_why(stores: Stores) -> None:
    def act() -> None:
        raise NoSuchClaimError("there is no claim 9")

    with pytest.raises(NoSuchClaimError):
        done_once(stores, KeyUse(1, "key", "this"), act)
