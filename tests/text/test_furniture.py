import pytest

from factcheck.text.sentences import is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Home / NEWS / River rises",
        "Home > News",
        "Startseite » Politik",
        "Leave a Reply",
        "Leave a comment",
        "Cancel reply",
        "12 Comments",
        "Your e-mail address will not be published.",
        "Required fields are marked *",
        "Save my name, email, and website in this browser for the next time I comment.",
        "Post Comment",
        "Name *",
        "Email*",
        "Website",
        "Source link",
        "Skip to main content",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Most read",
        "Share",
        "Share on Facebook",
        "Print this page",
        "Follow us on Mastodon",
        "Related articles",
        "Popular posts this week",
        "Recommended stories for you",
        "Sign up for our daily newsletter",
        "© 2024 The Daily Stand-in",
        "Copyright 2024 The Daily Stand-in",
        "(c) 2024 The Daily Stand-in",
        "The Daily Stand-in. All rights reserved.",
    ],
)
def test_page_furniture_is_told_apart(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Home prices rose by 5 percent in 2020.",
        "Copyright infringement rose by 5 percent in 2020.",
        "Copyrights last for 70 years.",
        "(c) The third man was convicted.",
        "Popular newspapers reported 300 dead.",
        "Popular news anchor resigns",
        "Related stories of abuse were told in 2010.",
        "Share prices fell on Monday.",
        "Shares fell.",
        "Follow-up talks were held.",
        "Searches for the missing went on.",
        "Prints sold for 3,000 euros.",
        "Names were read out.",
        "Menus were translated.",
        "The newsletter has 300 subscribers.",
    ],
)
def test_statements_are_not_furniture(line: str) -> None:
    assert not is_furniture(line)
