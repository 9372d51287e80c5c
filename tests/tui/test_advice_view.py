"""Advice and contact in colour: each colour goes with a word or a sign that says the same."""

from dataclasses import replace

from textual.content import Content

from review_board.judgement.contact_clocks import clocks
from review_board.judgement.contact_lines import ContactLine, ContactLines
from review_board.judgement.recommendation import Finding, Observation
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Thresholds
from review_board.tui.advice_view import advice_band, clocks_shown, contact_picture

LIMITS = Thresholds(recent_days=30, unreachable_days=60)


def coloured(content: Content) -> list[tuple[str, str]]:
    """Each part that has a colour, with it."""
    return [(content.plain[s.start : s.end], str(s.style)) for s in content.spans]


def finding(rule: RuleName, verdict: Verdict, to: Column, because: str = "why") -> Finding:
    return Finding(rule, verdict, to, Observation(because), "do")


def test_purge_is_a_filled_word_with_its_place_and_reason() -> None:
    said = finding(RuleName.SERIAL_DEFERRAL, Verdict.PURGE, Column.DROPPED, "put off 7 [b]times")
    band = advice_band(said, Column.CALLBACK)
    assert band.plain == " PURGE  to Dropped   put off 7 [b]times"
    assert coloured(band) == [
        (" PURGE ", "bold $filled on $error"),
        (" to Dropped", "bold $error"),
    ]


def test_what_belongs_where_it_is_stays_in_its_column() -> None:
    band = advice_band(finding(RuleName.WORKING, Verdict.KEEP, Column.ACTIVE), Column.ACTIVE)
    assert band.plain == " KEEP  in Active   why"
    assert coloured(band)[0][1].endswith("on $success")


def test_what_is_kept_only_if_something_is_done_has_a_colour_of_its_own() -> None:
    rescue = finding(RuleName.RESCUE, Verdict.KEEP, Column.ACTIVE)
    band = advice_band(replace(rescue, needs_action=True), Column.ACTIVE)
    assert coloured(band)[0] == (" KEEP ", "bold $filled on $warning")


def test_signs_of_contact_and_the_age_of_theirs_are_coloured() -> None:
    us, them = ContactLine("us", "●·■", "84 d ago", 84), ContactLine("them", "○⟳·", "31 d ago", 31)
    picture = contact_picture(ContactLines("Nov", us, them), LIMITS)
    assert picture.plain.split("\n") == ["      Nov", "us    ●·■  84 d ago", "them  ○⟳·  31 d ago"]
    found = dict(coloured(picture))
    assert (found["●"], found["■"], found["○"]) == ("$primary", "$primary", "$success")
    assert (found["⟳"], found["84 d ago"], found["31 d ago"]) == ("$warning", "$quiet", "$warning")


def test_their_clock_has_the_colour_of_its_freshness() -> None:
    both = clocks_shown(clocks(4, 4), 4, LIMITS, 20)
    assert both.plain == "us 4d them 4d"
    assert coloured(both) == [("us 4d", "$quiet"), ("them 4d", "$success")]
    assert clocks_shown(clocks(None, None), None, LIMITS, 20).plain == "us never"
    assert coloured(clocks_shown(clocks(4, None), None, LIMITS, 12)) == [("no answer", "$error")]
