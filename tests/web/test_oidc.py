"""Logging in at an identity provider, by real HTTP with real signatures, and every way in which that may be forged."""

import gzip
import hmac
import json
import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fakes import FakePasswords
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import ECKey
from oidc_stand_in import (
    CLIENT,
    KEY,
    OTHER_KEY,
    SECRET,
    WELL_KNOWN,
    Claims,
    StandIn,
    identity_provider,
    new_key,
    signed,
)
from web_visitor import Visitor

from factcheck.domain.identity import IdentityClaim, ProviderSettings
from factcheck.domain.states import Role
from factcheck.errors import StrangerError
from factcheck.intake.guard import GuardedBackend, GuardedTransport
from factcheck.web import oidc
from factcheck.web.app import create_app
from factcheck.web.office import Address, Office
from factcheck.web.oidc import OidcProvider
from factcheck.wiring.clock import utc_now
from factcheck.workflow.log_in import SESSION, log_in_by_provider, set_password

DESK = "https://desk.example.org"
GOOD = "correct horse battery"
CALLBACK = "/enter/oidc/callback"


@pytest.fixture
def provider() -> Iterator[StandIn]:
    with identity_provider() as stand_in:
        yield stand_in


def transport(asked: str, seconds: float, most_bytes: int) -> GuardedTransport:
    return GuardedTransport(GuardedBackend(asked, seconds, most_bytes, allow_private=True))


@pytest.fixture
def guarded(office: Office, provider: StandIn) -> Office:
    """A desk under a name of the web at which Ana logs in there, or by her password."""
    office.stores.people.set_roles("ana", (Role.REVIEWER,), utc_now(), None)
    door = replace(office.door, passwords=FakePasswords(), clock=utc_now)
    set_password(door, "ana", GOOD, None)
    settings = ProviderSettings(provider.issuer, CLIENT, secret=SECRET)
    return replace(
        office,
        door=door,
        address=Address(DESK),
        is_guarded=True,
        secret=b"s" * 32,
        person=None,
        identity=settings,
        provider=OidcProvider(settings, transport, utc_now),
    )


Come = Callable[..., Visitor]


@pytest.fixture
def come(guarded: Office) -> Iterator[Come]:
    """Somebody at a browser of their own."""
    opened: list[TestClient] = []

    def comes(at: Office = guarded) -> Visitor:
        opened.append(TestClient(create_app(at), base_url=at.address.origin, follow_redirects=False))
        return Visitor(opened[-1].__enter__())

    yield comes
    for one in opened:
        one.__exit__(None, None, None)


def goes_there(visitor: Visitor, to: str = "/") -> str:
    """The address at the provider that somebody is sent to."""
    answer = visitor.client.get("/enter/oidc", params={"to": to})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def is_sent_back(address: str) -> str:
    """The path of the desk that the provider sends somebody to."""
    location = httpx2.get(address).headers["location"]
    assert location.startswith(DESK + CALLBACK)
    return location.removeprefix(DESK)


def logs_in(visitor: Visitor, to: str = "/") -> int:
    visitor.last = visitor.client.get(is_sent_back(goes_there(visitor, to)))
    return visitor.last.status_code


def is_in(visitor: Visitor) -> bool:
    return visitor.client.get("/").status_code == 200


def test_person_of_the_desk_logs_in_there(come: Come, guarded: Office) -> None:
    ana = come()
    [link] = ana.open("/enter?to=/claims/1").xpath("//a[contains(@href, '/enter/oidc')]/@href")
    ana.last = ana.client.get(is_sent_back(ana.client.get(link).headers["location"]))

    assert ana.last.headers["location"] == "/claims/1"
    ana.open("/")
    assert "You are ana" in ana.text
    assert [one.name for one in guarded.stores.people.everybody()] == ["ana"]


def test_what_is_asked_there_names_challenge_state_and_nonce(come: Come, provider: StandIn) -> None:
    asked = parse_qs(urlsplit(goes_there(come())).query)

    assert asked["redirect_uri"] == [DESK + CALLBACK]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid email"]
    assert all(len(asked[one][0]) >= 43 for one in ("state", "nonce", "code_challenge"))
    assert provider.asked == [WELL_KNOWN, "/keys"]


def test_provider_is_asked_what_it_is_once(come: Come, provider: StandIn) -> None:
    for _ in range(3):
        assert logs_in(come()) == 303

    assert provider.asked.count(WELL_KNOWN) == 1
    assert provider.asked.count("/keys") == 1


def test_session_is_the_same_as_by_a_password(come: Come, guarded: Office) -> None:
    ana = come()
    logs_in(ana)
    cookie = next(one for one in ana.last.headers.get_list("set-cookie") if one.startswith("__Host-factcheck="))  # type: ignore[union-attr]
    for one in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", f"Max-Age={round(SESSION.total_seconds())}"):
        assert one in cookie

    stolen = ana.client.cookies.get("__Host-factcheck") or ""
    ana.send("/", "/leave")

    thief = come()
    thief.client.cookies.set("__Host-factcheck", stolen)
    assert not is_in(thief)
    del guarded


def test_stranger_is_told_and_nobody_is_made(come: Come, guarded: Office, provider: StandIn) -> None:
    provider.person = {"email": "mallory@example.org", "email_verified": True}
    mallory, head = come(), guarded.stores.log.head()

    assert logs_in(mallory) == 403
    assert "You are not one of the people of this desk. An editor can add you." in mallory.text
    assert "mallory@example.org" in mallory.text
    assert not is_in(mallory)
    assert [one.name for one in guarded.stores.people.everybody()] == ["ana"]
    assert guarded.stores.log.head() == head


@pytest.mark.parametrize(
    "person",
    [
        {},
        {"email": "ana"},
        {"email": "ana", "email_verified": False},
        {"email": "ana", "email_verified": "true"},
        {"email": ["ana"], "email_verified": True},
        {"email": "", "email_verified": True},
        {"email": "ana" * 1000, "email_verified": True},
        {"email": "an\x00a", "email_verified": True},
        {"preferred_username": "ana"},
    ],
)
def test_claim_that_names_nobody_surely_lets_nobody_in(come: Come, provider: StandIn, person: Claims) -> None:
    provider.person = person
    somebody = come()

    assert logs_in(somebody) == 403
    assert "It was not said there who you are." in somebody.text
    assert not is_in(somebody)


@pytest.mark.parametrize("name", ["Ana", " ana", "ana ", "ANA", "аna"])
def test_name_that_is_nearly_a_persons_is_a_strangers(come: Come, provider: StandIn, name: str) -> None:
    provider.person["email"] = name

    assert logs_in(come()) == 403


def test_settings_say_which_claim_and_who_is_who(come: Come, guarded: Office, provider: StandIn) -> None:
    provider.person = {"preferred_username": "alopez"}
    settings = ProviderSettings(provider.issuer, CLIENT, IdentityClaim.USERNAME, {"alopez": "ana"}, SECRET)
    changed = replace(guarded, identity=settings, provider=OidcProvider(settings, transport, utc_now))
    ana = come(changed)

    assert "scope=openid+profile" in goes_there(ana).replace("%20", "+")
    assert logs_in(ana) == 303
    assert is_in(ana)


@pytest.mark.parametrize(
    "spoils",
    [
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"aud": [CLIENT, "another-client"]},
        {"aud": "another-client", "azp": CLIENT},
        {"azp": "another-client"},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        *({one: None} for one in ("aud", "iss", "nonce", "exp", "iat", "sub")),
        {"exp": "tomorrow"},
        {"at_hash": "x"},
        {"at_hash": 7},
    ],
)
def test_token_that_is_not_for_this_login_is_refused(come: Come, provider: StandIn, spoils: Claims) -> None:
    provider.spoils = spoils
    somebody = come()

    assert logs_in(somebody) == 403
    assert "does not prove who you are" in somebody.text
    assert not is_in(somebody)


@pytest.mark.parametrize(("name", "ago"), [("exp", 61), ("exp", 86_400), ("iat", -600), ("nbf", -600)])
def test_token_of_another_time_is_refused(come: Come, provider: StandIn, name: str, ago: int) -> None:
    provider.spoils = {name: int(utc_now().timestamp()) - ago}
    somebody = come()

    assert logs_in(somebody) == 403
    assert "a clock is wrong" in somebody.text
    assert not is_in(somebody)


def encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


NONE, HS256 = encoded(b'{"alg": "none"}'), encoded(b'{"alg": "HS256", "kid": "one"}')


def unsigned(claims: Claims) -> str:
    return f"{NONE}.{encoded(json.dumps(claims).encode())}."


def signed_with(secret: bytes) -> Callable[[Claims], str]:
    """By a secret that both sides know, as HS256 has it."""

    def signs(claims: Claims) -> str:
        told = f"{HS256}.{encoded(json.dumps(claims).encode())}"
        return f"{told}.{encoded(hmac.digest(secret, told.encode(), 'sha256'))}"

    return signs


@pytest.mark.parametrize(
    "signs",
    [
        pytest.param(lambda claims: signed(claims, OTHER_KEY), id="another key under its name"),
        pytest.param(lambda claims: signed(claims, new_key("two")), id="a key that it does not have"),
        pytest.param(unsigned, id="none"),
        pytest.param(signed_with(SECRET.encode()), id="by the client's secret"),
        pytest.param(signed_with(KEY.as_pem(private=False)), id="by the public key as a secret"),
        pytest.param(lambda claims: signed(claims)[:-8] + "AAAAAAAA", id="another signature"),
        pytest.param(lambda claims: signed({**claims, "email": "ana"}).rpartition(".")[0] + ".", id="no signature"),
        pytest.param(lambda _: "a.b.c", id="nothing"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda _: ".".join(["eyJhbGciOiJSUzI1NiJ9", "W" * 200_000, "x"]), id="huge"),
    ],
)
def test_token_that_the_provider_has_not_signed_is_refused(
    come: Come, provider: StandIn, signs: Callable[[Claims], str]
) -> None:
    provider.signs = signs
    provider.about = {"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
    somebody = come()

    assert logs_in(somebody) == 403
    assert "does not prove who you are" in somebody.text
    assert not is_in(somebody)


ECDSA_KEY = ECKey.generate_key("P-256", {"kid": "one", "use": "sig", "alg": "ES256"})


@pytest.mark.parametrize(
    ("key", "signs", "about"),
    [
        pytest.param(OTHER_KEY, lambda claims: signed(claims, OTHER_KEY), {}, id="same name"),
        pytest.param(OTHER_KEY, lambda claims: jwt.encode({"alg": "RS256"}, claims, OTHER_KEY), {}, id="no name"),
        pytest.param(
            ECDSA_KEY,
            lambda claims: jwt.encode({"alg": "ES256"}, claims, ECDSA_KEY),
            {"id_token_signing_alg_values_supported": ["ES256"]},
            id="another way to sign",
        ),
    ],
)
def test_new_key_under_the_name_of_the_old_one_is_fetched(
    come: Come,
    provider: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    key: Any,
    signs: Callable[[Claims], str],
    about: dict[str, Any],
) -> None:
    monkeypatch.setattr(oidc, "ANEW_AFTER", 0.0)
    assert logs_in(come()) == 303
    provider.keys, provider.signs, provider.about = (key,), signs, about

    assert logs_in(come()) == 303
    assert logs_in(come()) == 303
    assert provider.asked.count("/keys") == 2


def test_bad_signatures_ask_for_no_keys_again_and_again(come: Come, provider: StandIn) -> None:
    provider.signs = lambda claims: signed(claims, OTHER_KEY)

    for _ in range(3):
        assert logs_in(come()) == 403
    assert provider.asked.count("/keys") == 1


def test_new_keys_of_the_provider_are_fetched(come: Come, provider: StandIn) -> None:
    assert logs_in(come()) == 303
    newer = new_key("two")
    provider.keys, provider.signs = (KEY, newer), lambda claims: signed(claims, newer)

    assert logs_in(come()) == 303


def test_state_of_another_browser_is_refused(come: Come) -> None:
    mallory, ana = come(), come()
    hers = is_sent_back(goes_there(mallory))

    ana.last = ana.client.get(hers)  # has begun nothing
    assert ana.last.status_code == 403
    goes_there(ana)
    ana.last = ana.client.get(hers)  # has begun another

    assert ana.last.status_code == 403
    assert "This login was not begun here" in ana.text
    assert not is_in(ana)


def test_cookie_of_another_desk_begins_nothing(come: Come, guarded: Office) -> None:
    elsewhere = come(replace(guarded, secret=b"t" * 32))
    sent_back = is_sent_back(goes_there(elsewhere))
    ana = come()
    ana.client.cookies = elsewhere.client.cookies

    assert ana.client.get(sent_back).status_code == 403


def test_answer_is_taken_once(come: Come, guarded: Office, provider: StandIn) -> None:
    ana = come()
    sent_back = is_sent_back(goes_there(ana))
    copied = ana.client.cookies.get("__Host-factcheck-login") or ""
    assert ana.client.get(sent_back).status_code == 303
    ana.send("/", "/leave")

    assert ana.client.get(sent_back).status_code == 403  # the browser's own cookie is gone
    thief = come()
    thief.client.cookies.set("__Host-factcheck-login", copied)
    thief.last = thief.client.get(sent_back)

    assert thief.last.status_code == 403
    assert "(invalid_grant)" in thief.text
    assert "script" not in thief.text
    assert not is_in(thief)
    assert provider.codes == {}
    del guarded


def test_code_of_another_login_is_refused_for_its_challenge(come: Come) -> None:
    mallory, ana = come(), come()
    code = parse_qs(urlsplit(is_sent_back(goes_there(mallory))).query)["code"][0]
    state = parse_qs(urlsplit(is_sent_back(goes_there(ana))).query)["state"][0]

    ana.last = ana.client.get(CALLBACK, params={"code": code, "state": state})

    assert ana.last.status_code == 403
    assert not is_in(ana)


def test_login_that_takes_too_long_is_begun_anew(come: Come, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = come()
    sent_back = is_sent_back(goes_there(ana))
    late = int(utc_now().timestamp()) + 700
    monkeypatch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda _: late)
    ana.last = ana.client.get(sent_back)

    assert ana.last.status_code == 403
    assert "too long ago" in ana.text


def test_who_declines_there_is_told(come: Come) -> None:
    ana = come()
    state = parse_qs(urlsplit(goes_there(ana)).query)["state"][0]
    told = {"error": "access_denied", "error_description": "call 555 <b>now</b>", "state": state}
    ana.last = ana.client.get(CALLBACK, params=told)

    assert ana.last.status_code == 403
    assert "You were not logged in there." in ana.text
    assert "(access_denied)" in ana.text
    assert "555" not in ana.text


def test_error_that_nobody_has_asked_for_says_nothing(come: Come) -> None:
    ana = come()
    ana.last = ana.client.get(CALLBACK, params={"error": "call_us", "state": "x"})

    assert ana.last.status_code == 403
    assert "call_us" not in ana.text


def test_answer_of_another_issuer_is_refused(come: Come) -> None:
    ana = come()

    assert ana.client.get(f"{is_sent_back(goes_there(ana))}&iss=https%3A%2F%2Fevil.example").status_code == 403


@pytest.mark.parametrize(
    "to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/x"]
)
def test_login_leads_nowhere_else(come: Come, to: str) -> None:
    ana = come()

    assert logs_in(ana, to) == 303
    assert ana.last is not None
    assert ana.last.headers["location"] == "/"


def test_session_from_before_is_over_and_its_cookie_another(come: Come) -> None:
    ana = come()
    ana.send("/enter", "/enter", name="ana", password=GOOD)
    before = ana.client.cookies.get("__Host-factcheck") or ""

    assert logs_in(ana) == 303

    other = come()
    other.client.cookies.set("__Host-factcheck", before)
    assert not is_in(other)
    assert is_in(ana)


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b""),
        (404, {}, b""),
        (302, {"location": "/elsewhere"}, b""),
        (200, {}, b"<html>"),
        (200, {}, b"[" * 100_000),
        (200, {}, b"[]"),
        (200, {}, b"{}"),
        (200, {}, b" " * 3_000_000 + b"{}"),
    ],
)
def test_odd_provider_is_told_on_a_page(
    come: Come, provider: StandIn, answer: tuple[int, dict[str, str], bytes]
) -> None:
    provider.answers[WELL_KNOWN] = answer
    ana = come()
    ana.last = ana.client.get("/enter/oidc")

    assert ana.last.status_code == 503
    assert "does not answer. Try it again in a minute." in ana.text
    assert (
        ana.send("/enter", "/enter", name="ana", password=GOOD).status_code == 303
    )  # a password is taken all the same


def test_answer_that_is_packed_is_not_unpacked(come: Come, provider: StandIn) -> None:
    packed = gzip.compress(json.dumps(provider.described()).encode())
    provider.answers[WELL_KNOWN] = (200, {"content-encoding": "gzip"}, packed)

    assert come().client.get("/enter/oidc").status_code == 503


@pytest.mark.parametrize("path", ["/keys", "/token"])
@pytest.mark.parametrize(
    "body", [b"<html>", b"null", b'{"keys": 7}', b"[" * 100_000, b" " * 3_000_000, b'{"keys": [1]}']
)
def test_odd_answer_is_told_on_a_page(come: Come, provider: StandIn, path: str, body: bytes) -> None:
    provider.answers[path] = (200, {}, body)
    ana = come()
    ana.last = ana.client.get("/enter/oidc")
    if ana.last.status_code == 303:
        ana.last = ana.client.get(is_sent_back(ana.last.headers["location"]))

    assert ana.last.status_code in {403, 503}
    assert not is_in(ana)


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"issuer": "http://127.0.0.1:1"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
        {"token_endpoint": "https://a:b@evil.example"},
        {"token_endpoint": "https://[x"},
    ],
)
def test_provider_that_leads_elsewhere_is_not_followed(come: Come, provider: StandIn, about: dict[str, Any]) -> None:
    provider.about = about

    assert come().client.get("/enter/oidc").status_code == 503
    assert "/keys" not in provider.asked


def test_provider_that_is_not_there_is_told(come: Come, guarded: Office) -> None:
    settings = ProviderSettings("http://127.0.0.1:9", CLIENT)
    ana = come(replace(guarded, identity=settings, provider=OidcProvider(settings, transport, utc_now)))

    assert ana.client.get("/enter/oidc").status_code == 503


def test_provider_that_does_not_end_is_left(come: Come, provider: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oidc, "SECONDS", 1.0)
    provider.answers[WELL_KNOWN] = (200, {}, json.dumps(provider.described()).encode().ljust(400))
    provider.drips = WELL_KNOWN  # it would take 20 seconds
    begun = utc_now()
    ana = come()

    assert ana.client.get("/enter/oidc").status_code == 503
    assert ana.client.get("/enter/oidc").status_code == 503  # nobody else waits for it
    assert (utc_now() - begun).total_seconds() < 5
    assert provider.asked == [WELL_KNOWN]


def test_wrong_secret_is_told_to_be_refused(come: Come, guarded: Office, provider: StandIn) -> None:
    settings = ProviderSettings(provider.issuer, CLIENT, secret="wrong")  # noqa: S106 - a wrong one
    ana = come(replace(guarded, identity=settings, provider=OidcProvider(settings, transport, utc_now)))

    assert logs_in(ana) == 403
    assert "(invalid_client)" in ana.text


def test_no_secret_stands_in_logs_or_pages(come: Come, provider: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pages = []
    for person in ("ana", "mallory"):
        provider.person["email"] = person
        visitor = come()
        sent_back = is_sent_back(goes_there(visitor))
        pages.append(visitor.client.get(sent_back).text)
        code = parse_qs(urlsplit(sent_back).query)["code"][0]
        told = [one.getMessage() for one in caplog.records if not one.name.startswith(("httpx", "httpcore"))]
        outgoing = [one.getMessage() for one in caplog.records if "/token" in one.getMessage()]
        for secret in (code, SECRET, provider.tokens[-1], "an-access-token"):
            assert not any(secret in one for one in (*told, *outgoing, *pages))

    assert SECRET not in repr(ProviderSettings(provider.issuer, CLIENT, secret=SECRET))


def test_desk_without_passwords_takes_none(come: Come, guarded: Office) -> None:
    ana = come(replace(guarded, takes_passwords=False))

    assert ana.open("/enter").xpath("//input[@name='password']") == []
    assert ana.post("/enter", name="ana", password=GOOD).status_code == 400
    assert logs_in(ana) == 303
    assert ana.open("/").xpath("//a[@href='/password']") == []
    assert ana.post("/password", password=GOOD, wanted=f"{GOOD}!", again=f"{GOOD}!").status_code == 400


def test_desk_without_a_provider_sends_nobody_away(come: Come, guarded: Office) -> None:
    ana = come(replace(guarded, provider=None, identity=None))

    assert ana.open("/enter").xpath("//a[contains(@href, 'oidc')]") == []
    assert ana.client.get("/enter/oidc").status_code == 404
    assert ana.client.get(CALLBACK).status_code == 404


def test_other_name_of_loopback_is_led_to_the_one_that_comes_back(come: Come, guarded: Office) -> None:
    ana = come(replace(guarded, address=Address("http://127.0.0.1:8760")))

    answer = ana.client.get("/enter/oidc?to=/claims", headers={"Host": "localhost:8760"})

    assert answer.headers["location"] == "http://127.0.0.1:8760/enter/oidc?to=%2Fclaims"


def test_person_who_is_no_more_begins_no_session(guarded: Office) -> None:
    with pytest.raises(StrangerError):
        log_in_by_provider(guarded.door, "ben", "key")
