"""The config file that `factcheck init` writes: every setting with what it does, most of them laid aside."""

import json

from factcheck.domain.publisher import Publisher

_TEXT = """\
# The settings of this desk. A line that begins with # is laid aside: its value is an example, or the usual one.

# scale = "truth-5"            # the labels of verdicts: truth-5, averitec, pre-publication, or one of your own
# scales = ["newsroom.toml"]   # files with scales of your own; see: factcheck scales show truth-5
# lease_minutes = 30           # so long a reviewer holds a claim without doing anything
# service_tier = "flex"        # at OpenAI, half the price and slower; extract --service-tier wins over it
# split_compounds = false      # no question of its own about a claim that says two facts
# roles = true                 # only people with the role may act; see: factcheck people add NAME --role editor
# heads_file = "/elsewhere/heads.txt"   # gets the log's last hash at each publication; see: factcheck audit verify -h

[sign_off]
# What a verdict needs before it is signed off: rationale, source, second_person, primary_source; [] asks for nothing.
require = ["rationale", "source"]

[second_reading]
# Which verdicts wait for a second reader, who does not see the first.
# labels = ["false"]
# flags = ["unsupported_number"]   # doubts of the machine
# editor_flag = true               # claims that a reviewer has flagged for the editor
# sample = 0.1                     # and this share of all claims, 0 to 1

[queue]
# Which reading is handed out first. Those that keep a verdict from being published come first unless you say otherwise.
# order = ["adjudication", "second", "first"]

{publisher}

[report]
# How published pages look.
# article = "excerpts"         # what of the checked article stands there: excerpts, full or none
# accent = "#0b4fa8"           # a colour of your own, and accent_dark for dark screens
# logo = "logo.svg"            # files, beside this one; also stylesheet, catalogue (.po) and template (Jinja2)

[fetch]
# allow_private = true         # also pages of private addresses
# archive_save = "https://web.archive.org/save/{{url}}"   # an archive that saves each page of evidence
# robots = false               # also pages of listings (feeds, sitemaps, lists) that robots.txt forbids
# pause = 1.0                  # seconds between two pages of a host, where a listing names them

[web]
# address = "https://desk.example.org"   # where people reach what factcheck serve shows; see: factcheck init --web
# key = "factcheck.key"        # the file of the key that signs who is logged in, beside this one
# passwords = false            # nobody logs in by a password of this desk

# [web.oidc]                   # an identity provider, by OpenID Connect
# issuer = "https://login.example.org"
# client_id = "factcheck"
# claim = "email"              # what of its token is somebody's name here: email, once verified, or preferred_username
# secret_file = "oidc.secret"  # a file beside this one that only you may read; or FACTCHECK_OIDC_SECRET
# people = {{"ana@example.org" = "ana"}}   # names here, where they are others

[watch]
# sources = ["https://example.org/feed.xml"]   # what factcheck watch looks at

[jobs]
# What one of all workers does by itself, by cron expressions in UTC; what is not named here is not done.
# evidence = "30 4 * * *"      # looks at the pages of all evidence again
# batches = "*/10 * * * *"     # collects what extract --batch has sent
# watch = "*/15 * * * *"       # reads what is new in watch.sources, for workers to ask about

[known]
# google = true                # known search asks Google's Fact Check Tools, too, with FACTCHECK_GOOGLE_KEY

[look]
# sources = ["wikipedia", "searxng", "langchain_tavily.TavilySearch"]   # what factcheck look asks, in this order
# searxng = "https://search.example.org"   # a SearXNG of your own; it may stand on a private address
# wikipedia = "https://{{language}}.wikipedia.org/w/api.php"   # or the API of another MediaWiki
# open = ["https://www.example.org/search?q={{claim}}"]   # the keys 1 to 9 of the list of passages

[parsing]
# seconds = 10                 # of a processor, for a page, a PDF or a file to lint
# megabytes = 500              # of memory, likewise

[already_checked]
# old_after_days = 365         # past verdicts that are older are shown as old
# model = "none"               # compares claims by words alone; or a model of sentence-transformers, by name or folder

[keys]
# skip = "space"               # keys of the review screen; ? shows them
"""
_PUBLISHER = """\
[publisher]
name = {name}
url = {url}
claim_url_pattern = {pattern}"""
_ASIDE = """\
# [publisher]                  # ClaimReview needs one
# name = "The Example"
# url = "https://example.org/"
# claim_url_pattern = "https://example.org/checks/{id}\""""


def config_text(publisher: Publisher | None) -> str:
    """The file's text; without a publisher its table is laid aside."""
    if publisher is None:
        return _TEXT.format(publisher=_ASIDE)
    # What JSON writes between quotation marks TOML reads alike.
    name, url, pattern = (
        json.dumps(one, ensure_ascii=False) for one in (publisher.name, publisher.url, publisher.claim_url_pattern)
    )
    return _TEXT.format(publisher=_PUBLISHER.format(name=name, url=url, pattern=pattern))
