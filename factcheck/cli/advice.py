"""What to type after an error, and nothing else of it: the errors tell the facts."""

from collections.abc import Mapping
from difflib import get_close_matches
from shlex import quote

from factcheck import errors
from factcheck.domain.desk import Concern, ConcernKind

FILL_QUEUE = "put claims into it: factcheck extract SOURCE"
ADD_PRICE = "add it with --prices FILE or FACTCHECK_PRICES"

ADVICE: Mapping[type[errors.FactcheckError], str] = {
    errors.NamelessError: "say --reviewer NAME",
    errors.MisspeltNameError: "name {meant}, or say --new if {name} is somebody else",
    errors.ForeignLabelError: "see: factcheck scales list",
    errors.NoSourceError: "give a URL, --file PATH or --description TEXT",
    errors.BrokenScaleError: "see: factcheck scales show truth-5",
    errors.ConfigFileError: "check it, or name another with --config or FACTCHECK_CONFIG",
    errors.PricesFileError: "check --prices and FACTCHECK_PRICES",
    errors.HeadsFileError: "name a file that heads_file in the config file has filled, or: factcheck audit head",
    errors.HeadsWriteError: "check heads_file in the config file; the hash of now tells: factcheck audit head",
    errors.UnknownPriceError: ADD_PRICE,
    errors.OtherArticleError: "name two runs on one article, see: factcheck runs",
    errors.PrivateAddressError: (
        "it is at {addresses}; if you mean your own network, set FACTCHECK_ALLOW_PRIVATE_FETCH=1 "
        "(allow_private under [fetch] in the config file)"
    ),
    errors.LongListingError: "say how many with --limit N, or --since DAY",
    errors.ParsingLimitError: "give its text, or raise what [parsing] in the config file allows",
    errors.EncodingError: "name its encoding, such as --encoding latin-1 or --encoding cp1252",
    errors.StubError: "give the whole article, or say --anyway to take what there is",
    errors.NoServiceKeyError: "set FACTCHECK_GOOGLE_KEY to a key for Google's Fact Check Tools API",
    errors.RefusedServiceKeyError: "check FACTCHECK_GOOGLE_KEY, and that its project may use the Fact Check Tools API",
    errors.ServiceQuotaError: "try again later, what was imported is searched all the same",
    errors.ArchiveError: "check FACTCHECK_ARCHIVE_SAVE, or fetch.archive_save in the config file",
    errors.NoSuchArticleError: "see: factcheck articles",
    errors.NoSuchClaimError: "see: factcheck claims",
    errors.NoSuchEvidenceError: "see the evidence of all claims: factcheck claims --json",
    errors.NoSuchTokenError: "see: factcheck tokens list",
    errors.NoSuchWebhookError: "see: factcheck webhooks list",
    errors.NoSuchKnownSourceError: "see: factcheck known",
    errors.NoSuchSentenceError: "see: factcheck article {article}",
    errors.NoSuchBatchError: "see: factcheck batches --list",
    errors.HeldByBatchError: "collect its answers with: factcheck batches",
    errors.ArticleTooLongError: "extract it without --batch, or say a larger --window",
    errors.NoBatchModelError: "leave --batch out, or name another with --model openai:NAME",
    errors.NoSuchRunError: "see: factcheck runs",
    errors.NoSuchPassageError: "look for some with: factcheck look {claim}",
    errors.UnknownPersonError: "see: factcheck people list",
    errors.EmptyDeskError: "take one in first: factcheck extract SOURCE",
    errors.LeasedByAnotherError: "wait, or ask them for: factcheck release {claim} --reviewer {holder}",
    errors.NotHeldError: "take one: factcheck next --reviewer {person}",
    errors.OtherLookupError: "see it, and what to --expect, with: factcheck look {claim} --last",
    errors.MovedOnError: "read it again: factcheck claim {claim}",
    errors.AlreadyDecidedError: "only they can take that back, with: factcheck undo",
    errors.PublishedAlreadyError: "change the verdict with: factcheck correct {claim} LABEL --reason TEXT",
    errors.WithdrawnError: (
        "to have it read anew, say it in other words: factcheck add TEXT --article {article} --sentence K"
    ),
    errors.SettledError: "see: factcheck log {claim}",
    errors.NotNowError: "see: factcheck claim {claim}",
    errors.OtherScaleError: "say --scale {scale}",
    errors.NotReadyError: "or go on with --despite REASON",
    errors.NoLongerReadyError: "look at it, and sign it off anew: factcheck sign-off {claim}",
    errors.SecondReadingStaysError: "tell the editor with: factcheck flag {claim} --reason TEXT",
    errors.MissingQuoteError: "quote the source's own words",
    errors.SameLabelError: "put words right with: factcheck correct {claim} --typo --reason TEXT --rationale TEXT",
    errors.MissingRoleError: "add the role with: factcheck people add {person} --role {role}",
    errors.NothingToUndoError: "see: factcheck history --reviewer {reviewer}",
    errors.BudgetReachedError: "the same command goes on with a new --budget (a smaller --window makes calls cheaper)",
    errors.NoModelNamedError: "say --model openai:NAME or set FACTCHECK_MODEL, or play a recording with --replay FILE",
    errors.NoKeyError: (
        "set OPENAI_API_KEY (any word for a local server, with OPENAI_BASE_URL), or play a recording with --replay FILE"
    ),
    errors.RefusedKeyError: "check OPENAI_API_KEY, and OPENAI_BASE_URL if you set it",
    errors.UnknownModelError: "check the name given with --model, and OPENAI_BASE_URL",
    errors.NoServerError: "check that the server runs and that OPENAI_BASE_URL names it",
    errors.RedirectedError: "set OPENAI_BASE_URL to the address that answers",
    errors.OtherServerError: "set OPENAI_BASE_URL to {server}",
    errors.NoBatchesError: "check OPENAI_BASE_URL and OPENAI_API_KEY; without --batch each call is asked by itself",
    errors.LateAnswersError: (
        "look again in a minute with: factcheck batches, or give up what they lack with: factcheck batches "
        "--cancel {batch}"
    ),
    errors.UnsureBatchError: "look for it in a minute with: factcheck batches",
    errors.RefusedFormError: (
        "if the server does not take {method}, try --structured {others[0]} or --structured {others[1]}"
    ),
    errors.BrokenRecordingError: "make one with: factcheck extract SOURCE --record FILE",
    errors.NoRecordingError: "check the path given with --replay or --recording",
    errors.RecordingLimitError: "raise what [parsing] in the config file allows",
    errors.OtherRecordingError: "say where it is with --recording FILE",
    errors.RunNotRecordedError: "record one with --record FILE",
    errors.NotInRecordingError: "replay what was recorded, or record again with --record FILE",
    errors.DatabaseLocationError: "check --db and FACTCHECK_DB",
    errors.NoDeskError: "check --db and FACTCHECK_DB; a desk is made by: factcheck extract SOURCE",
    errors.ForeignDatabaseError: "name another with --db",
    errors.DeskExistsError: "name an empty database",
    errors.UnfinishedCopyError: "finish it with the same: factcheck copy --to URL, or remove it",
    errors.OvertakenCopyError: "let that one end",
    errors.HalfCopiedError: "copy it too, or copy a desk in use with: factcheck backup FILE",
    errors.BrokenRowError: "bring a copy of the desk back with: factcheck restore FILE",
    errors.FolderBusyError: "let it end first",
    errors.MovedPagesError: "have the old addresses lead on, and say --move; or name another folder with -o",
    errors.OtherDeskError: "name the folder's desk with --db or FACTCHECK_DB, or another folder with -o, or remove it",
    errors.TargetExistsError: "say --overwrite to replace it",
    errors.MissingExtraError: "install it with: pip install 'factcheck-desk[{extra}]'",
    errors.UnusableDatabaseError: "or name another with --db",
    errors.NoWebPackageError: "install it with: pip install 'factcheck-desk[web]'",
    errors.NoPasswordsError: "make a key with: factcheck init --web, and passwords: factcheck people password NAME",
    errors.NoWebKeyError: "name it under [web] in the config file, or make one with: factcheck init --web",
    errors.OidcSecretError: "give it in FACTCHECK_OIDC_SECRET, or in a file that only you may read: chmod 600 FILE",
    errors.FileDeskError: "move the desk there with: factcheck copy --to postgresql://HOST/NAME",
    errors.MissingEngineError: "install it with: pip install 'factcheck-desk[workers]'",
    errors.MovedFileError: "put it back, or begin anew",
    errors.MissingDriverError: "install it with: pip install 'factcheck-desk[postgres]'",
    errors.MissingRightsError: (
        "its owner grants rights, anew where an update has added tables: see factcheck/storage/README.md"
    ),
    errors.OlderDatabaseError: "its owner brings it up to date, for everybody, with: factcheck init --desk",
    errors.NewerDatabaseError: "upgrade with: pip install --upgrade factcheck-desk",
}
"""By class. A name in braces is a fact of the error, quoted for the shell."""

TO_ADD: Mapping[ConcernKind, str] = {
    ConcernKind.QUOTE_MISSING: "mend the quote with: factcheck evidence edit ID --quote TEXT",
    ConcernKind.WORDS_CHANGED: "send it back with: factcheck reject {claim} --comment TEXT",
    ConcernKind.ORIGIN_CHANGED: "have it read anew with: factcheck reject {claim} --comment TEXT",
    ConcernKind.NO_RATIONALE: "say why with --rationale TEXT",
    ConcernKind.NO_SOURCE: "add a source with: factcheck evidence add {claim} URL --stance STANCE",
    ConcernKind.NO_PRIMARY_SOURCE: (
        "add a primary source with: factcheck evidence add {claim} URL --stance STANCE --kind primary"
    ),
    ConcernKind.ONE_PERSON: "ask somebody else to sign it off",
}
"""What takes each concern away that a desk may demand something about."""


def with_advice(error: errors.FactcheckError) -> str:
    """The error's message and, after a semicolon, what to type next if there is something."""
    if isinstance(error, errors.UnknownLabelError):
        alike = get_close_matches(error.label.casefold(), error.labels, n=1)
        advice = f"did you mean {alike[0]}?" if alike else ""
    else:
        facts = {name: fact if isinstance(fact, tuple) else quote(str(fact)) for name, fact in vars(error).items()}
        advice = ADVICE.get(type(error), "").format_map(facts)
        if isinstance(error, errors.NotReadyError):
            kinds = {one.kind for one in error.concerns if isinstance(one, Concern)}
            told = (words.format_map(facts) for kind, words in TO_ADD.items() if kind in kinds)
            advice = ", ".join([*told, advice])
    return f"{error}; {advice}" if advice else str(error)
