"""What a user or a stranger gave cannot be used."""

from collections.abc import Iterable, Sequence
from datetime import date

from factcheck.errors.root import FactcheckError


class InputError(FactcheckError):
    """What the user named cannot be read or used."""


class SourceError(InputError):
    """An article or evidence cannot be read from its file, page or stream."""


class PageGoneError(SourceError):
    """The page is not there, or nobody knows the name of its host."""


class PageUnreachableError(SourceError):
    """The page's server does not answer, not in time or not to its end, or says that it cannot answer now."""


class PageRefusedError(SourceError):
    """The address is not fetched: it is private, or not one of a web page."""


class PrivateAddressError(PageRefusedError):
    """The address leads into a network that is not public.

    Which IP addresses `host` has is no part of the message: whoever asks over a network learns nothing of the desk's.
    """

    def __init__(self, asked: str, host: str, addresses: Sequence[str]) -> None:
        self.host, self.addresses = host, ", ".join(addresses)
        super().__init__(f"{asked!r} is not fetched: {host!r} has no public address; save the page and give the file")


class LongListingError(SourceError):
    """A stranger lists more pages than are read without being asked for."""


class ParsingLimitError(SourceError):
    """What strangers wrote takes longer to read, or more memory, than the desk allows."""


class EncodingError(SourceError):
    """A text cannot be read in the encoding that was named or supposed."""


class StubError(SourceError):
    """A page was read that does not look like a whole article."""


class ArchiveError(SourceError):
    """The archive that was asked to save a page has not saved it."""


class CheckServiceError(InputError):
    """A service that knows others' checks gives no answer: it does not answer in time, or nothing that can be read."""


class NoServiceKeyError(CheckServiceError):
    """A service that asks for a key is to be asked, and none is set."""


class RefusedServiceKeyError(CheckServiceError):
    """A service refuses the key, or what the key may do."""


class ServiceQuotaError(CheckServiceError):
    """A service answers no more questions for now."""


class CursorError(InputError):
    """A program asks for the page behind a place that no page has named."""


class MissingExtraError(InputError):
    """A command needs a package that only one of the optional parts of this one brings."""

    def __init__(self, package: str, extra: str) -> None:
        self.package, self.extra = package, extra
        super().__init__(f"this needs the package {package!r}, which is not installed")


class QuoteNotThereError(InputError):
    """The words that a machine suggests do not stand in the page that it names."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"the quote does not stand in {url!r}; only words that do are suggested to people")


class SelfEvidenceError(InputError):
    """A machine suggests the article under check, or a copy of it, as evidence for what it says."""

    def __init__(self, url: str, kinship: str) -> None:
        self.url, self.kinship = url, kinship
        super().__init__(f"{url!r} is {kinship}, and no evidence for its own claims")


class NamelessError(InputError):
    """A person who acts has no name."""


class MisspeltNameError(InputError):
    """A name that nobody at the desk has used, and that is nearly the one of somebody who has."""

    def __init__(self, name: str, meant: str) -> None:
        self.name, self.meant = name, meant
        super().__init__(f"nobody here is called {name!r}, but somebody is called {meant!r}")


class DayAheadError(InputError):
    """Something is said to have been on a day that has not come anywhere yet."""

    def __init__(self, what: str, day: date, today: date) -> None:
        self.day, self.today = day, today
        super().__init__(f"{day} lies ahead, and today is {today}: {what} a day that has come")


class NoSourceError(InputError):
    """Evidence names nothing that it rests on."""


class UnknownLabelError(InputError):
    """A verdict label that the rating scale does not hold."""

    def __init__(self, label: str, scale: str, labels: Sequence[str]) -> None:
        self.label, self.scale, self.labels = label, scale, tuple(labels)
        super().__init__(f"{label!r} is not a label of the scale {scale}; it has: {', '.join(labels)}")


class ForeignLabelError(InputError):
    """The config file asks for second readings of a label that no rating scale has."""

    def __init__(self, label: str, labels: Iterable[str]) -> None:
        self.label, self.labels = label, tuple(labels)
        super().__init__(f"second_reading.labels names {label!r}; the scales have: {', '.join(self.labels)}")


class BrokenScaleError(InputError):
    """The file of a rating scale does not hold one."""


class ConfigFileError(InputError):
    """The config file cannot be read, or holds what nobody understands."""


class PricesFileError(InputError):
    """The price file cannot be read."""


class HeadsFileError(InputError):
    """The file of the log's hashes cannot be read, or holds something else."""


class UnknownPriceError(InputError):
    """A budget is set for a model whose price is not known."""


class NoBatchModelError(InputError):
    """Batches are asked for of a model that takes none."""


class ArticleTooLongError(InputError):
    """An article takes more calls than a batch may hold."""


class OtherArticleError(InputError):
    """Two runs that are to be compared asked about two articles."""
