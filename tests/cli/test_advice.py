"""What the command line adds to an error: one line, with what to type next."""

from datetime import UTC, datetime

import pytest

from factcheck import errors
from factcheck.cli.advice import ADVICE, TO_ADD, with_advice
from factcheck.domain.desk import Concern, ConcernKind
from factcheck.domain.extraction import StructuredMethod
from factcheck.domain.sign_off import Requirement, SignOffRules

UNTIL = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
LEAD_ON = "have the old addresses lead on, and say --move; or name another folder with -o"
LINES = {
    "nameless": (
        errors.NamelessError("a reviewer needs a name, got ' '"),
        "a reviewer needs a name, got ' '; say --reviewer NAME",
    ),
    "no source": (
        errors.NoSourceError("evidence needs a source: an address, a file or a description"),
        "evidence needs a source: an address, a file or a description; give a URL, --file PATH or --description TEXT",
    ),
    "scale": (errors.BrokenScaleError("it is broken"), "it is broken; see: factcheck scales show truth-5"),
    "config": (
        errors.ConfigFileError("it is broken"),
        "it is broken; check it, or name another with --config or FACTCHECK_CONFIG",
    ),
    "prices": (errors.PricesFileError("it is gone"), "it is gone; check --prices and FACTCHECK_PRICES"),
    "heads": (
        errors.HeadsFileError("it is a letter"),
        "it is a letter; name a file that heads_file in the config file has filled, or: factcheck audit head",
    ),
    "heads written": (
        errors.HeadsWriteError("heads.txt", "it is full"),
        (
            "the last hash of the log cannot go to 'heads.txt': it is full; nothing was published or changed; "
            "check heads_file in the config file; the hash of now tells: factcheck audit head"
        ),
    ),
    "price": (
        errors.UnknownPriceError("a budget needs a price, and none is known for 'openai:a'"),
        "a budget needs a price, and none is known for 'openai:a'; add it with --prices FILE or FACTCHECK_PRICES",
    ),
    "token": (errors.NoSuchTokenError("there is no token 9"), "there is no token 9; see: factcheck tokens list"),
    "webhook": (
        errors.NoSuchWebhookError("there is no webhook 9"),
        "there is no webhook 9; see: factcheck webhooks list",
    ),
    "extra": (
        errors.MissingExtraError("mcp", "mcp"),
        "this needs the package 'mcp', which is not installed; install it with: pip install 'factcheck-desk[mcp]'",
    ),
    "other article": (
        errors.OtherArticleError("run 1 is on article 1 and run 2 on article 5"),
        "run 1 is on article 1 and run 2 on article 5; name two runs on one article, see: factcheck runs",
    ),
    "private": (
        errors.PrivateAddressError("http://news.example/", "news.example", ["10.0.0.7"]),
        (
            "'http://news.example/' is not fetched: 'news.example' has no public address; "
            "save the page and give the file; it is at 10.0.0.7; if you mean your own network, "
            "set FACTCHECK_ALLOW_PRIVATE_FETCH=1 (allow_private under [fetch] in the config file)"
        ),
    ),
    "encoding": (
        errors.EncodingError("'a.txt' is not utf-8 text"),
        "'a.txt' is not utf-8 text; name its encoding, such as --encoding latin-1 or --encoding cp1252",
    ),
    "stub": (
        errors.StubError("'a.html' is no article, it has 5 words"),
        "'a.html' is no article, it has 5 words; give the whole article, or say --anyway to take what there is",
    ),
    "archive": (
        errors.ArchiveError("it is busy"),
        "it is busy; check FACTCHECK_ARCHIVE_SAVE, or fetch.archive_save in the config file",
    ),
    "article": (errors.NoSuchArticleError("there is no article 9"), "there is no article 9; see: factcheck articles"),
    "claim": (errors.NoSuchClaimError("there is no claim 9"), "there is no claim 9; see: factcheck claims"),
    "evidence": (
        errors.NoSuchEvidenceError("there is no evidence 9"),
        "there is no evidence 9; see the evidence of all claims: factcheck claims --json",
    ),
    "passage": (
        errors.NoSuchPassageError(1, 7, 3),
        "the last look-up for claim 1 has no passage 7; it has 3; look for some with: factcheck look 1",
    ),
    "batch": (
        errors.NoSuchBatchError("no batch 9 is under way"),
        "no batch 9 is under way; see: factcheck batches --list",
    ),
    "held by a batch": (
        errors.HeldByBatchError(4, 3),
        "batch 3 holds sentences of article 4; collect its answers with: factcheck batches",
    ),
    "too long for a batch": (
        errors.ArticleTooLongError("article 4 is too long"),
        "article 4 is too long; extract it without --batch, or say a larger --window",
    ),
    "no batch model": (
        errors.NoBatchModelError("'a:b' takes none"),
        "'a:b' takes none; leave --batch out, or name another with --model openai:NAME",
    ),
    "another server": (
        errors.OtherServerError(3, "http://a/v1; rm -r", "http://b/v1"),
        (
            "batch 3 is with the server 'http://a/v1; rm -r', not 'http://b/v1'; "
            "set OPENAI_BASE_URL to 'http://a/v1; rm -r'"
        ),
    ),
    "no batches": (
        errors.NoBatchesError("the server takes none"),
        (
            "the server takes none; check OPENAI_BASE_URL and OPENAI_API_KEY; "
            "without --batch each call is asked by itself"
        ),
    ),
    "late answers": (
        errors.LateAnswersError(3, 1, 2),
        (
            "batch 3 is over, and the server's files lack the answers to 1 of 2 requests; look again in a minute with: "
            "factcheck batches, or give up what they lack with: factcheck batches --cancel 3"
        ),
    ),
    "unsure": (
        errors.UnsureBatchError("the server has not said"),
        "the server has not said; look for it in a minute with: factcheck batches",
    ),
    "run": (errors.NoSuchRunError("there is no run 9"), "there is no run 9; see: factcheck runs"),
    "person": (
        errors.UnknownPersonError("nobody is called 'bob'"),
        "nobody is called 'bob'; see: factcheck people list",
    ),
    "no desk": (
        errors.NoDeskError("there is no desk at 'a.db'"),
        "there is no desk at 'a.db'; check --db and FACTCHECK_DB; a desk is made by: factcheck extract SOURCE",
    ),
    "foreign": (errors.ForeignDatabaseError("it is no desk"), "it is no desk; name another with --db"),
    "target": (errors.TargetExistsError("'a.db' is there"), "'a.db' is there; say --overwrite to replace it"),
    "busy folder": (errors.FolderBusyError("one writes to it"), "one writes to it; let it end first"),
    "other desk": (
        errors.OtherDeskError("site", "a.db", "b" * 64, "c" * 64),
        (
            "the folder 'site' was written from another desk, whose log begins with 'bbbbbbbbbbbbbbbb'; that of 'a.db' "
            "begins with 'cccccccccccccccc'; name the folder's desk with --db or FACTCHECK_DB, or another folder with "
            "-o, or remove it"
        ),
    ),
    "half copied": (
        errors.HalfCopiedError("it was copied without 'a.db-wal'"),
        "it was copied without 'a.db-wal'; copy it too, or copy a desk in use with: factcheck backup FILE",
    ),
    "empty": (
        errors.EmptyDeskError("there is no article to report on"),
        "there is no article to report on; take one in first: factcheck extract SOURCE",
    ),
    "leased": (
        errors.LeasedByAnotherError(7, "ada", UNTIL),
        (
            "claim 7 is leased by 'ada' until 2026-03-01 12:30 UTC; "
            "wait, or ask them for: factcheck release 7 --reviewer ada"
        ),
    ),
    "leased by words": (
        errors.LeasedByAnotherError(7, "Ada; rm -r", UNTIL),
        (
            "claim 7 is leased by 'Ada; rm -r' until 2026-03-01 12:30 UTC; "
            "wait, or ask them for: factcheck release 7 --reviewer 'Ada; rm -r'"
        ),
    ),
    "leased by braces": (
        errors.LeasedByAnotherError(7, "{claim}", UNTIL),
        (
            "claim 7 is leased by '{claim}' until 2026-03-01 12:30 UTC; "
            "wait, or ask them for: factcheck release 7 --reviewer '{claim}'"
        ),
    ),
    "not held": (
        errors.NotHeldError(7, "Ada Example"),
        "claim 7 is not leased by 'Ada Example'; take one: factcheck next --reviewer 'Ada Example'",
    ),
    "moved on": (
        errors.MovedOnError(7, "0a1b", "2c3d"),
        "claim 7 has moved on: it was read in revision '0a1b', and is in '2c3d' now; read it again: factcheck claim 7",
    ),
    "decided": (
        errors.AlreadyDecidedError(7, "bob", "false"),
        "claim 7 was decided by 'bob' (false); only they can take that back, with: factcheck undo",
    ),
    "published": (
        errors.PublishedAlreadyError(7),
        "claim 7 is published; change the verdict with: factcheck correct 7 LABEL --reason TEXT",
    ),
    "published with evidence": (
        errors.PublishedAlreadyError(7, evidence=3),
        ("claim 7 is published, so evidence 3 stays; change the verdict with: factcheck correct 7 LABEL --reason TEXT"),
    ),
    "withdrawn": (
        errors.WithdrawnError(7, 2, evidence=3),
        (
            "claim 7 was published and is withdrawn, so evidence 3 stays as readers have seen it; "
            "to have it read anew, say it in other words: factcheck add TEXT --article 2 --sentence K"
        ),
    ),
    "settled": (errors.SettledError(7, "not checkable"), "claim 7 is not checkable; see: factcheck log 7"),
    "not now": (
        errors.NotNowError(7, "decided", "published"),
        "claim 7 is decided, so it cannot be published now; see: factcheck claim 7",
    ),
    "other scale": (
        errors.OtherScaleError(7, ("truth-5", 1), ("yes-no", 2)),
        "claim 7 was read on the scale 'truth-5' v1, this verdict is of 'yes-no' v2; say --scale truth-5",
    ),
    "not ready": (
        errors.NotReadyError(7, [Concern(ConcernKind.NO_RATIONALE), Concern(ConcernKind.NO_SOURCE)]),
        (
            "claim 7 is not ready to be signed off: the verdict has no rationale; "
            "the verdict has no source of its own; say why with --rationale TEXT, "
            "add a source with: factcheck evidence add 7 URL --stance STANCE, "
            "or go on with --despite REASON"
        ),
    ),
    "no longer ready": (
        errors.NoLongerReadyError(7, [Concern(ConcernKind.NO_SOURCE)]),
        (
            "claim 7 has changed since its sign-off: the verdict has no source of its own; "
            "look at it, and sign it off anew: factcheck sign-off 7"
        ),
    ),
    "second reading stays": (
        errors.SecondReadingStaysError(7),
        (
            "your last decision is the second reading of claim 7, which stays; "
            "tell the editor with: factcheck flag 7 --reason TEXT"
        ),
    ),
    "quote for what is published": (
        errors.MissingQuoteError(7, "https://a.example/"),
        (
            "claim 7 is published, and no quote was found in https://a.example/: nothing was added; "
            "quote the source's own words"
        ),
    ),
    "same label": (
        errors.SameLabelError(7, "false", is_typo=False),
        ("claim 7 is 'false' already; put words right with: factcheck correct 7 --typo --reason TEXT --rationale TEXT"),
    ),
    "name": (
        errors.MisspeltNameError("evve", "Eve Example"),
        (
            "nobody here is called 'evve', but somebody is called 'Eve Example'; "
            "name 'Eve Example', or say --new if evve is somebody else"
        ),
    ),
    "foreign label": (
        errors.ForeignLabelError("flase", ["false", "true"]),
        "second_reading.labels names 'flase'; the scales have: false, true; see: factcheck scales list",
    ),
    "sentence": (
        errors.NoSuchSentenceError(3, 9, 4),
        "article 3 has no sentence 9; it has 4; see: factcheck article 3",
    ),
    "role": (
        errors.MissingRoleError("Ann Example", "editor"),
        (
            "'Ann Example' does not have the role of editor at this desk, and it takes one; "
            "add the role with: factcheck people add 'Ann Example' --role editor"
        ),
    ),
    "undo": (
        errors.NothingToUndoError("ann"),
        "'ann' has no verdict or skip to take back; see: factcheck history --reviewer ann",
    ),
    "budget": (
        errors.BudgetReachedError("budget of $1.00 reached"),
        (
            "budget of $1.00 reached; "
            "the same command goes on with a new --budget (a smaller --window makes calls cheaper)"
        ),
    ),
    "model": (
        errors.NoModelNamedError("no model is named"),
        "no model is named; say --model openai:NAME or set FACTCHECK_MODEL, or play a recording with --replay FILE",
    ),
    "key": (
        errors.NoKeyError("there is no key for 'gpt'"),
        (
            "there is no key for 'gpt'; set OPENAI_API_KEY (any word for a local server, with OPENAI_BASE_URL), "
            "or play a recording with --replay FILE"
        ),
    ),
    "refused key": (
        errors.RefusedKeyError("bad key"),
        "bad key; check OPENAI_API_KEY, and OPENAI_BASE_URL if you set it",
    ),
    "unknown model": (
        errors.UnknownModelError("no such model"),
        "no such model; check the name given with --model, and OPENAI_BASE_URL",
    ),
    "server": (
        errors.NoServerError("it is away"),
        "it is away; check that the server runs and that OPENAI_BASE_URL names it",
    ),
    "redirect": (
        errors.RedirectedError("it sends calls on"),
        "it sends calls on; set OPENAI_BASE_URL to the address that answers",
    ),
    "form": (
        errors.RefusedFormError("gpt", "no tools", "json_schema", ("a", "b")),
        (
            "'gpt' cannot be asked: no tools; if the server does not take json_schema, "
            "try --structured a or --structured b"
        ),
    ),
    "recording": (
        errors.BrokenRecordingError("it is broken"),
        "it is broken; make one with: factcheck extract SOURCE --record FILE",
    ),
    "no recording": (
        errors.NoRecordingError("it is gone"),
        "it is gone; check the path given with --replay or --recording",
    ),
    "other recording": (
        errors.OtherRecordingError("it is another"),
        "it is another; say where it is with --recording FILE",
    ),
    "not recorded": (
        errors.RunNotRecordedError("run 4 was not recorded, so it cannot be played again"),
        "run 4 was not recorded, so it cannot be played again; record one with --record FILE",
    ),
    "not in recording": (
        errors.NotInRecordingError("it holds no answer"),
        "it holds no answer; replay what was recorded, or record again with --record FILE",
    ),
    "location": (errors.DatabaseLocationError("it failed"), "it failed; check --db and FACTCHECK_DB"),
    "database": (errors.UnusableDatabaseError("it is readonly"), "it is readonly; or name another with --db"),
    "newer": (
        errors.NewerDatabaseError("it is newer"),
        "it is newer; upgrade with: pip install --upgrade factcheck-desk",
    ),
    "label": (
        errors.UnknownLabelError("Flase", "truth-5", ["false", "mostly-false", "true"]),
        "'Flase' is not a label of the scale truth-5; it has: false, mostly-false, true; did you mean false?",
    ),
    "label of none": (
        errors.UnknownLabelError("xyz", "truth-5", ["false", "true"]),
        "'xyz' is not a label of the scale truth-5; it has: false, true",
    ),
    "parsing": (
        errors.ParsingLimitError("it takes longer than 10 s"),
        "it takes longer than 10 s; give its text, or raise what [parsing] in the config file allows",
    ),
    "long listing": (
        errors.LongListingError("'feed' lists 800 pages"),
        "'feed' lists 800 pages; say how many with --limit N, or --since DAY",
    ),
    "recording's parsing": (
        errors.RecordingLimitError("it takes longer than 10 s"),
        "it takes longer than 10 s; raise what [parsing] in the config file allows",
    ),
    "damaged row": (
        errors.BrokenRowError("row 3 is damaged"),
        "row 3 is damaged; bring a copy of the desk back with: factcheck restore FILE",
    ),
    "known source": (
        errors.NoSuchKnownSourceError("nothing was imported from 'a'"),
        "nothing was imported from 'a'; see: factcheck known",
    ),
    "service's key": (
        errors.NoServiceKeyError("there is no key"),
        "there is no key; set FACTCHECK_GOOGLE_KEY to a key for Google's Fact Check Tools API",
    ),
    "service's refusal": (
        errors.RefusedServiceKeyError("it is refused"),
        "it is refused; check FACTCHECK_GOOGLE_KEY, and that its project may use the Fact Check Tools API",
    ),
    "service's quota": (
        errors.ServiceQuotaError("it is used up"),
        "it is used up; try again later, what was imported is searched all the same",
    ),
    "desk where a copy was to be": (errors.DeskExistsError("one stands"), "one stands; name an empty database"),
    "lacking rights": (
        errors.MissingRightsError("it is denied"),
        "it is denied; its owner grants rights, anew where an update has added tables: see factcheck/storage/README.md",
    ),
    "older desk on a server": (
        errors.OlderDatabaseError("it is older"),
        "it is older; its owner brings it up to date, for everybody, with: factcheck init --desk",
    ),
    "copy that another has overtaken": (
        errors.OvertakenCopyError("another was begun"),
        "another was begun; let that one end",
    ),
    "half a copy": (
        errors.UnfinishedCopyError("it is half"),
        "it is half; finish it with the same: factcheck copy --to URL, or remove it",
    ),
    "file that has gone": (
        errors.MovedFileError("it is gone"),
        "it is gone; put it back, or begin anew",
    ),
    "other addresses": (
        errors.MovedPagesError("site", "a.example/{id}", "a.example/{uid}"),
        f"the pages in 'site' stand at 'a.example/{{id}}', and claim_url_pattern is 'a.example/{{uid}}'; {LEAD_ON}",
    ),
    "no driver": (
        errors.MissingDriverError("it lacks a driver"),
        "it lacks a driver; install it with: pip install 'factcheck-desk[postgres]'",
    ),
    "file without workers": (
        errors.FileDeskError("it is a file"),
        "it is a file; move the desk there with: factcheck copy --to postgresql://HOST/NAME",
    ),
    "no engine": (
        errors.MissingEngineError("it lacks an engine"),
        "it lacks an engine; install it with: pip install 'factcheck-desk[workers]'",
    ),
    "no web package": (
        errors.NoWebPackageError("it is not installed"),
        "it is not installed; install it with: pip install 'factcheck-desk[web]'",
    ),
    "no passwords": (
        errors.NoPasswordsError("nobody has one"),
        "nobody has one; make a key with: factcheck init --web, and passwords: factcheck people password NAME",
    ),
    "no key": (
        errors.NoWebKeyError("it is missing"),
        "it is missing; name it under [web] in the config file, or make one with: factcheck init --web",
    ),
    "no secret of a provider": (
        errors.OidcSecretError("it is missing"),
        "it is missing; give it in FACTCHECK_OIDC_SECRET, or in a file that only you may read: chmod 600 FILE",
    ),
    "other look-up": (
        errors.OtherLookupError(3, 2),
        (
            "claim 3 was looked up anew meanwhile: passage 2 may be another one now; "
            "see it, and what to --expect, with: factcheck look 3 --last"
        ),
    ),
    "no advice": (errors.OutputError("it exists already"), "it exists already"),
}


@pytest.mark.parametrize(("error", "line"), LINES.values(), ids=LINES)
def test_error_becomes_one_line(error: errors.FactcheckError, line: str) -> None:
    assert with_advice(error) == line


@pytest.mark.parametrize("concern", list(ConcernKind))
def test_demanded_things_say_what_to_add(concern: ConcernKind) -> None:
    may_be_demanded = SignOffRules(frozenset(Requirement)).demands(Concern(concern))

    assert (concern in TO_ADD) is may_be_demanded
    if may_be_demanded:
        assert TO_ADD[concern].format(claim=7) in with_advice(errors.NotReadyError(7, [Concern(concern, "x")]))


def test_every_advice_is_shown_here() -> None:
    assert ADVICE.keys() <= {type(error) for error, _ in LINES.values()}


def test_advice_names_two_other_methods() -> None:
    assert len(StructuredMethod) == 3  # the advice on a refused form has room for two
