"""Titles that stand before people's names, and words that tell the names of bodies and places from people's."""

from factcheck.text.folding import words

TITLES_OF_MEN = frozenset(words("mr sir lord king prince father brother spokesman congressman count duke"))
TITLES_OF_WOMEN = frozenset(
    words("mrs ms miss mme dame lady queen princess sister mother spokeswoman congresswoman duchess")
)
TITLES = TITLES_OF_MEN | TITLES_OF_WOMEN | frozenset(words("""
    mx dr prof professor president premier minister chancellor senator sen rep representative gov governor mayor
    judge justice general gen lieutenant lt major maj colonel col captain capt commander cmdr sergeant sgt admiral adm
    rev reverend pope bishop archbishop cardinal rabbi imam sheikh emperor coach ambassador secretary director chief
    commissioner inspector detective officer spokesperson attorney
    private sheriff atty amb det pvt prime vice deputy acting former
"""))  # fmt: skip
OF_BODIES = frozenset(words("""
    ministry department council party university college school academy bank company corp corporation inc ltd plc union
    association agency office court committee commission church institute hospital police group foundation league
    federation team club parliament congress senate assembly government army navy force forces organization
    organisation society network times post news journal magazine street road avenue river lake sea mountain mount
    island islands city county state states province district region republic kingdom house hall park bridge airport
    station museum theatre theater center centre act bill treaty agreement cup prize award festival day week
    board authority service services fund trust movement front alliance coalition administration campaign
    democrats republicans conservatives liberals greens tribune herald guardian project program
    north south east west northern southern eastern western new saint san los las
"""))  # fmt: skip
