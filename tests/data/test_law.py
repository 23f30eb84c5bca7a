"""The files under `resources/law/`: what they may show, and what stays out of them."""

import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
import pytest

from directory.law import Law, LegalFact, shown
from directory.settings import resources_folder
from directory.source import Source

FILES = sorted((resources_folder() / "law").glob("*.json"))
LAWS = {path.stem: msgspec.json.decode(path.read_bytes(), type=Law) for path in FILES}
SHOWN = [(name, fact) for name, law in LAWS.items() for fact in shown(law).facts]
CITED = [
    (name, source)
    for name, law in LAWS.items()
    for told in (*law.facts, *law.findings)
    for source in told.sources
]

DROPPED = {
    "advocategandhi.com",
    "cemle.com",
    "constitutionofindia.in",
    "criminallawsingapore.org",
    "days4safety.net",
    "emersonwendt.blogspot.com",
    "intolegalworld.com",
    "jur.ph",
    "justice.pagesjaunes.fr",
    "kanoongpt.in",
    "kerdoncuff-avocat.com",
    "lawatoz.com",
    "popochek.com",
    "srdlawnotes.com",
    "sydney-criminal-lawyer.com.au",
    "sydneycriminallawyers.com.au",
    "armstronglegal.com.au",
    "worldcatholicnews.com",
    "www-pref-kagawa-lg-jp.cache.yimg.jp",
}
"""Law notes, advocates' own sites, content farms and copied pages."""

UNSAFE = {
    "eatsip365.com",
    "informaticayderecho.com.ar",
    "uenetz.com",
    "visualfoodie.com",
    "winenfood.com",
}
"""Pages that tell a finder to keep the image, or sites of the same make."""

UNRELIABLE = {"factually.co", "lawgratis.com", "respect.international"}
"""Articles that carry the claims of `WRONG`."""

COPIES = {
    "acts.co.za",
    "ictpolicyafrica.org",
    "laws.sg",
    "lawglobalhub.com",
    "lawplayer.com",
    "scribd.com",
    "streamlex.eu",
}
OFFICIAL_ON_GITHUB = {"CriminalInjuriesCompensationAuthority", "justicecanada"}


def host_of(url):
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_copy(source):
    if host_of(source.url) == "github.com":
        return urlsplit(source.url).path.split("/")[1] not in OFFICIAL_ON_GITHUB
    return host_of(source.url) in COPIES


def is_bare_address(host):
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def test_there_are_files():
    assert len(FILES) > 200


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_decodes_and_bears_the_name_of_its_jurisdiction(path):
    law = msgspec.json.decode(path.read_bytes(), type=Law)

    assert path.stem == law.jurisdiction.lower()
    assert law.read_on is not None
    assert law.facts or law.findings or law.treaties or law.survey


def test_every_jurisdiction_is_a_known_place():
    places = msgspec.json.decode(
        (resources_folder() / "jurisdictions.json").read_bytes()
    )
    known = {place["code"] for place in places}

    assert {law.jurisdiction for law in LAWS.values()} <= known


def test_every_shown_fact_and_every_finding_has_a_source():
    bare = [(name, fact.topic) for name, fact in SHOWN if not fact.sources]
    bare += [
        (name, finding.about)
        for name, law in LAWS.items()
        for finding in law.findings
        if not finding.sources
    ]

    assert bare == []


def test_no_source_is_a_bare_address_or_a_page_that_was_dropped():
    never = DROPPED | UNSAFE | UNRELIABLE
    cited = [
        (name, source.url)
        for name, source in CITED
        if is_bare_address(host_of(source.url)) or host_of(source.url) in never
    ]

    assert cited == []


def test_copies_of_a_statute_alone_show_nothing():
    alone = [
        (name, fact.topic, fact.statute)
        for name, fact in SHOWN
        if all(is_copy(source) for source in fact.sources)
    ]

    assert alone == []


def test_a_finding_that_rests_on_copies_quotes_the_statute():
    unquoted = [
        (name, finding.about)
        for name, law in LAWS.items()
        for finding in law.findings
        if all(is_copy(source) for source in finding.sources) and not finding.evidence
    ]

    assert unquoted == []


def test_a_copy_never_makes_for_high_confidence_alone():
    """An official address whose text was read in a repository is medium at most."""
    high = [
        (name, fact.topic, fact.statute)
        for name, fact in SHOWN
        if fact.confidence == "high"
        and any(
            is_copy(source) and host_of(source.url) == "github.com"
            for source in fact.sources
        )
        and sum(not is_copy(source) for source in fact.sources) < 2
    ]

    assert high == []


def test_what_is_held_for_want_of_a_page_is_of_low_confidence():
    assert all(
        fact.confidence == "low"
        for law in LAWS.values()
        for fact in law.facts
        if fact.held == "needs-official-source"
    )


def test_no_source_stands_twice_under_a_sentence():
    twice = [
        (name, source.url)
        for name, law in LAWS.items()
        for told in (*law.facts, *law.findings)
        for source in told.sources
        if sum(other.url == source.url for other in told.sources) > 1
    ]

    assert twice == []


def test_a_survey_says_which_edition_and_year_it_is():
    surveys = [law.survey for law in LAWS.values() if law.survey]

    assert len(surveys) > 100
    for survey in surveys:
        assert survey.title
        assert str(survey.year) in survey.edition
        assert survey.url.startswith("https://")


def test_treaties_name_the_register_they_were_read_in():
    unsourced = [
        name for name, law in LAWS.items() if law.treaties and not law.treaty_sources
    ]

    assert unsourced == []


KEEPING = re.compile(
    r"\b(sav(e|ing)|screenshots?|screen ?grabs?|download(ing)?|print(ing)?"
    r"|captur(e|ing)|photograph(ing)?|cop(y|ies)|stor(e|ing)|keep(ing)?(?!.*\bprivate)"
    r"|record(ing)?)\b",
    re.IGNORECASE,
)
FORBIDDING = re.compile(
    r"\b(not|never|nor|even|offences?|crimes?|illegal|defence|punish(ed|able)|lawful(ly)?"
    r"|unreasonable|only)\b",
    re.IGNORECASE,
)


def advises_keeping(statement):
    """Whether a part of the sentence tells its reader to keep or copy something."""
    return any(
        KEEPING.search(part) and not FORBIDDING.search(part)
        for part in re.split(r"[.;:]", statement)
    )


@pytest.mark.parametrize(
    "advice",
    [
        "Take a screenshot of the conversation, image, or profile.",
        "Save the picture and show it to the police.",
        "Never share it; download the file as proof.",
        "Do not forward it. Keep a copy for the police.",
    ],
)
def test_advice_to_keep_an_image_would_be_found(advice):
    assert advises_keeping(advice)


def test_no_sentence_advises_saving_or_screenshotting_an_image():
    advising = [
        (name, fact.statement["en"])
        for name, law in LAWS.items()
        for fact in law.facts
        if fact.topic != "isp-reporting" and advises_keeping(fact.statement["en"])
    ]

    assert advising == []


def test_sentences_and_titles_use_the_preferred_words():
    outdated = re.compile(r"child(ren'?s?)? porn|kiddie|child prostitut", re.IGNORECASE)
    found = [
        (name, text)
        for name, law in LAWS.items()
        for fact in law.facts
        for text in (*fact.statement.values(), *(s.title for s in fact.sources))
        if outdated.search(text)
    ]

    assert found == []


IMAGES = ("possession", "access", "distribution", "production", "livestreaming")
ANY = ""


class Claim(NamedTuple):
    """Where it would stand (the start of a file's name, topics or all), what gives it
    away, and how it would read."""

    place: str
    topics: tuple[str, ...] | None
    pattern: str
    example: str


WRONG = {
    "a 2015 case with ten years under 2252(a)(4)(B)": Claim(
        ANY,
        None,
        r"John Doe",
        "In State v. John Doe a man got 10 years.",
    ),
    "a 2017 case of distribution": Claim(
        ANY,
        None,
        r"Mark Thompson",
        "In R v. Mark Thompson a man got 12 years.",
    ),
    "a 2019 case in Kerala": Claim(
        ANY,
        None,
        r"Mohanlal",
        "See State of Kerala v. Mohanlal.",
    ),
    "a 2018 case in Singapore": Claim(
        ANY,
        None,
        r"Lim Wei Keat",
        "See PP v. Lim Wei Keat.",
    ),
    "a 2020 case with life imprisonment": Claim(
        ANY,
        None,
        r"Joaquin Ramirez",
        "See United States v. Joaquin Ramirez.",
    ),
    "a 2019 case with fifteen years": Claim(
        ANY,
        None,
        r"David Smith",
        "See R v. David Smith.",
    ),
    "a 2021 case in India": Claim(
        ANY,
        None,
        r"India v\.? Anonymous",
        "See India v. Anonymous.",
    ),
    "the sex-offences act's section 1 (rape) for sharing images": Claim(
        "gb",
        IMAGES,
        r"Sexual Offences Act 2003",
        "Sharing images is an offence. Sexual Offences Act 2003, s.1",
    ),
    "section 2 (evidence of age) as an offence": Claim(
        "gb",
        None,
        (
            r"Protection of Children Act 1978,? (Sections? "
            r"1 ?& ?2|ss?\. ?2\b)"
        ),
        "Protection of Children Act 1978, s.2",
    ),
    "twelve or fifteen years where the maximum is ten": Claim(
        "gb",
        IMAGES,
        r"\b(12|15|twelve|fifteen) years",
        "Sharing carries 15 years.",
    ),
    "376E (grooming) and 377B for images": Claim(
        "sg",
        IMAGES,
        r"\b(376E|377B)\b",
        "Having images is an offence. Penal Code, ss.376E and 377B",
    ),
    "more than four years for grooming under 376E": Claim(
        "sg",
        ("grooming",),
        r"\b([5-9]|1\d|five|six|seven|ten) years",
        "Grooming carries 7 years.",
    ),
    "section 11 (harassment) for using a child in images": Claim(
        "in",
        IMAGES,
        r"s(s|ection)?\. ?11\b|section 11 \((?!is)",
        "Using a child in images is an offence. POCSO Act 2012, s.11",
    ),
    "ten to fourteen, or twelve, years for it": Claim(
        "in",
        None,
        r"\b(10|ten)( years)? ?(to|-|–) ?(14|fourteen)|\b12 years",
        "It carries 10 to 14 years.",
    ),
    "possession as an offence whatever the intention": Claim(
        "in",
        ("possession",),
        r"^(?!.*(meaning|intent|intending)).*Keeping",
        "Keeping sexual images of a child is an offence.",
    ),
    "a foster-care act as the law on images": Claim(
        "us",
        None,
        r"113-183|Preventing Sex Trafficking and Strengthening",
        "Preventing Sex Trafficking and Strengthening Families Act",
    ),
    "life imprisonment for a first production offence": Claim(
        "us",
        ("production",),
        r"\blife\b(?!.*earlier convictions)",
        "Production carries 15 years to life.",
    ),
    "more than twenty years for having images": Claim(
        "us",
        ("possession", "access"),
        r"\b(2[1-9]|[3-9]\d) years|\blife\b",
        "Having them carries 30 years.",
    ),
    "a duty of providers to scan": Claim(
        ANY,
        ("isp-reporting",),
        (
            r"(?<!do not )(?<!don't )\b(must|have to"
            r"|required to) (actively )?(search|scan|monitor|go looking)"
        ),
        "Providers must scan all uploads.",
    ),
    "under 18 as the age everywhere": Claim(
        "de",
        IMAGES,
        r"under 18|anyone under eighteen",
        "Having images of anyone under 18 is an offence.",
    ),
    "a single visit, unpaid, as an offence": Claim(
        "fr",
        ("access",),
        r"^(?!.*(regularly|habitual)).*(visit|open|view)",
        "Visiting such a site is an offence.",
    ),
    "five to fifteen years as the rule for possession": Claim(
        ANY,
        ("possession",),
        r"\b5( years)? ?(to|-|–) ?15\b",
        "Possession carries 5 to 15 years.",
    ),
    "ten to twenty years as the rule for sharing": Claim(
        ANY,
        ("distribution",),
        r"\b10( years)? ?(to|-|–) ?20\b",
        "Sharing carries 10 to 20 years.",
    ),
    "a duty to give up espionage material": Claim(
        ANY,
        None,
        r"espionage",
        "Offenders surrender espionage-related material.",
    ),
    "150 countries with some law": Claim(
        ANY,
        None,
        r"\b150 (of|countries)",
        "150 countries have some law.",
    ),
    "56 countries that forbid making but not having": Claim(
        ANY,
        None,
        r"\b56 countries",
        "So 56 countries do not forbid having them.",
    ),
    "a count of countries in place of this one's law": Claim(
        ANY,
        None,
        r"\b140 (of|countries|out of)",
        "140 of 196 countries forbid having them.",
    ),
    "leave for a private finder to secure the content": Claim(
        "de",
        ("image-guidance",),
        r"secure the (content|evidence)",
        "Secure the content and tell the police.",
    ),
}
"""Claims that are wrong or were found nowhere."""


def wrong_claims(name, fact):
    text = " ".join(
        (*fact.statement.values(), fact.statute or "", fact.max_penalty or "")
    )
    return [
        claim
        for claim, wrong in WRONG.items()
        if (
            name == wrong.place or name.startswith(f"{wrong.place}-") or not wrong.place
        )
        and (wrong.topics is None or fact.topic in wrong.topics)
        and re.search(wrong.pattern, text, re.IGNORECASE)
    ]


def test_claims_that_are_wrong_stay_out():
    told = [
        (name, claim, fact.statement["en"])
        for name, law in LAWS.items()
        for fact in law.facts
        for claim in wrong_claims(name, fact)
    ]

    assert told == []


@pytest.mark.parametrize("claim", WRONG)
def test_a_wrong_claim_would_be_found(claim):
    wrong = WRONG[claim]
    fact = LegalFact(
        topic=wrong.topics[0] if wrong.topics else "possession",
        statement={"en": wrong.example},
        confidence="low",
        sources=(),
    )

    assert claim in wrong_claims(wrong.place or "xx", fact)


HIGHEST_FOR_HAVING = {
    "ar": "1 year",
    "cz": "2 years",
    "de": "5 years",
    "ee": "3 years",
    "fr": "5 years",
    "ie": "5 years",
    "jp": "1 year",
    "ke": "25 years",
    "lu": "3 years",
    "no": "3 years",
    "us": "10 years",
}


@pytest.mark.parametrize("name", HIGHEST_FOR_HAVING)
def test_the_penalty_for_having_images_is_the_statutes(name):
    penalties = [
        fact.max_penalty
        for fact in shown(LAWS[name]).facts
        if fact.topic == "possession" and fact.max_penalty
    ]

    assert penalties[0].startswith(HIGHEST_FOR_HAVING[name])


def test_nothing_held_is_shown():
    law = Law(
        jurisdiction="XX",
        facts=(
            LegalFact(
                topic="possession",
                statement={"en": "Held."},
                confidence="low",
                sources=(
                    Source(
                        url="https://example.org/",
                        title="A copy",
                        publisher="Example",
                        seen=LAWS["us"].read_on,
                    ),
                ),
                held="third-party-copy",
            ),
        ),
    )

    assert shown(law).facts == ()
