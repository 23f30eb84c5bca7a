"""The forty situations of `docs/plan.md`, against the real records."""


def test_boy_in_kenya_blackmailed_by_stranger_abroad(planned):
    made = planned(
        located_in="KE",
        hosted_in="US",
        role="young-person",
        subject="me",
        age=15,
        age_in_image=14,
        needs=["blackmail"],
        languages=["sw"],
    )

    assert made.kinds[:4] == ["talk", "remove", "report", "report"]
    assert made.first("talk") == "ke-child-helpline-116"
    assert made.first("remove") == "int-ncmec-take-it-down"
    here, hosted = made.of("report")
    assert here.offer.jurisdiction == "KE"
    assert hosted.offer.record.id == "us-ncmec-cybertipline"
    assert hosted.reason == "report-hosted"
    assert made.plan.guidance[0] == "threatened"


def test_girl_in_the_uk_whose_nude_is_shared_at_school(planned):
    made = planned(
        located_in="GB", role="young-person", age=14, age_in_image=14, needs=["remove"]
    )

    assert made.first("talk") == "gb-childline"
    assert made.first("remove") == "gb-report-remove"
    assert made.first("report") == "gb-iwf"


def test_woman_in_the_uk_whose_picture_was_made_at_16(planned):
    made = planned(located_in="GB", age=22, age_in_image=16, needs=["remove"])

    assert made.first("remove") == "int-ncmec-take-it-down"
    assert "gb-report-remove" not in made.ids()
    assert "int-stopncii" not in made.ids("remove")


def test_man_in_india_whose_picture_was_made_at_25(planned):
    made = planned(located_in="IN", age=30, age_in_image=25, needs=["remove"])

    assert made.first("remove") == "int-stopncii"
    assert "int-ncmec-take-it-down" not in made.ids()


def test_girl_in_india_in_danger_at_home(planned):
    made = planned(located_in="IN", role="child", age=13, in_danger=True)

    assert made.kinds[:2] == ["emergency", "talk"]
    assert made.of("emergency")[0].numbers[0][0].value == "112"
    assert made.first("talk") == "in-child-helpline-1098"


def test_parent_in_india_of_a_blackmailed_child(planned):
    made = planned(
        located_in="IN",
        role="parent",
        subject="child-i-know",
        age=14,
        needs=["blackmail"],
    )

    assert made.first("remove") == "int-ncmec-take-it-down"
    assert made.of("report")[0].offer.jurisdiction == "IN"
    assert "talk" in made.kinds
    assert "told" in made.plan.guidance


def test_witness_in_india_found_pictures_hosted_in_the_us(planned):
    made = planned(located_in="IN", hosted_in="US", role="witness")

    assert made.kinds[:2] == ["report", "report"]
    here, hosted = made.of("report")
    assert here.offer.jurisdiction == "IN"
    assert hosted.offer.record.id == "us-ncmec-cybertipline"
    assert "found" in made.plan.guidance


def test_teacher_in_india_told_by_a_pupil(planned):
    made = planned(located_in="IN", role="professional", subject="child-i-know")

    assert made.kinds[0] == "professional"
    assert {"IN"} == made.jurisdictions("professional")
    assert made.plan.guidance[0] == "working"


def test_boy_in_the_us_blackmailed(planned):
    made = planned(
        located_in="US",
        role="young-person",
        age=16,
        age_in_image=16,
        needs=["blackmail"],
    )

    assert made.kinds[:3] == ["talk", "remove", "report"]
    assert "int-ncmec-take-it-down" in made.ids("remove")
    assert made.first("report") == "us-ncmec-cybertipline"


def test_adult_survivor_in_the_us(planned):
    made = planned(located_in="US", role="survivor", age=45, needs=["past-abuse"])

    assert made.kinds[:2] == ["talk", "rights"]
    assert made.reasons[0] == "talk-survivor"
    assert made.of("talk")[0].offer.channel.type == "phone"
    assert made.plan.guidance[0] == "past"


def test_doctor_in_texas_reports_to_texas(planned):
    made = planned(located_in="US-TX", role="professional")

    assert made.first("professional") == "us-tx-child-abuse-reporting"
    assert made.jurisdictions() <= {"US-TX", "US"}


def test_person_in_the_us_worried_about_own_thoughts(planned):
    made = planned(located_in="US", subject="my-own-thoughts")

    assert made.kinds == ["prevent", "talk"]
    assert made.first("prevent") == "us-stop-it-now"


def test_witness_in_the_us_reports_to_the_cybertipline(planned):
    made = planned(located_in="US", role="witness")

    assert made.kinds[0] == "report"
    assert made.first("report") == "us-ncmec-cybertipline"


def test_child_in_wales_who_speaks_welsh(planned, release):
    made = planned(located_in="GB-WLS", role="child", age=12, languages=["cy"])
    first = made.of("talk")[0].offer

    assert first.jurisdiction in release.jurisdictions["GB-WLS"].ladder
    assert "cy" in (first.channel.languages or first.record.languages)


def test_child_in_scotland_is_never_sent_to_wales(planned):
    made = planned(located_in="GB-SCT", role="child", age=12)

    assert made.jurisdictions() <= {"GB-SCT", "GB-GBN", "GB", "001"}
    assert made.kinds[0] == "talk"


def test_man_in_the_uk_worried_about_own_thoughts(planned):
    made = planned(located_in="GB", subject="my-own-thoughts", age=30)

    assert made.first("prevent") == "gb-stop-it-now"
    assert "report" not in made.kinds


def test_adult_survivor_in_the_uk(planned):
    made = planned(located_in="GB-ENG", role="survivor", age=50)

    assert made.reasons[0] == "talk-survivor"
    assert "gb-childline" not in made.ids()


def test_child_in_singapore_hurt_at_home(planned):
    made = planned(located_in="SG", role="child", age=11)

    assert made.first("talk") == "sg-tinkle-friend"
    assert made.of("report")[0].offer.jurisdiction == "SG"
    assert made.of("report")[0].reason == "report-abuse"


def test_witness_in_singapore_of_pictures_hosted_in_germany(planned):
    made = planned(located_in="SG", hosted_in="DE", role="witness")

    assert made.kinds[:2] == ["report", "report"]
    assert made.of("report")[1].offer.jurisdiction == "DE"
    assert ("report", "SG", "001") in made.gaps


def test_adult_in_singapore_whose_picture_was_made_at_19(planned):
    made = planned(located_in="SG", age=24, age_in_image=19, needs=["remove"])

    assert made.first("remove") == "int-stopncii"


def test_boy_in_germany_groomed_in_a_game(planned):
    made = planned(located_in="DE", role="child", age=14, platform="roblox")

    assert "de-nummer-gegen-kummer" in made.ids("talk")
    assert "int-roblox-reporting" in made.ids("report")
    assert made.of("report")[0].offer.jurisdiction == "DE"


def test_girl_on_reunion_is_helped_from_reunion_or_france(planned):
    made = planned(located_in="RE", role="child", age=12)

    assert made.jurisdictions() <= {"RE", "FR", "EU", "001"}
    assert made.of("talk")[0].offer.jurisdiction in {"RE", "FR"}


def test_child_on_pitcairn_in_danger_is_told_that_no_number_is_known(planned):
    made = planned(located_in="PN", role="child", age=10, in_danger=True)

    step = made.of("emergency")[0]
    assert step.reason == "danger-unknown-number"
    assert step.numbers == ()
    assert made.kinds[0] == "emergency"


def test_a_country_without_a_hotline_names_the_gap(planned):
    made = planned(located_in="TD", needs=["report"])

    assert ("report", "TD", "001") in made.gaps
    assert made.of("report")[0].reason == "report-wider"


def test_deaf_boy_in_brazil_is_never_sent_to_a_phone_first(planned):
    made = planned(located_in="BR", role="child", age=14, silent=True)

    for step in made.plan.steps:
        if step.offer:
            assert step.offer.channel.type != "phone"


def test_silent_girl_where_only_phones_are_is_told_so(planned, release):
    """Chad's neighbour has one number and no way to write."""
    made = planned(located_in="ER", role="child", age=12, silent=True)
    talk = made.of("talk")

    for step in talk:
        if step.offer.channel.type == "phone":
            assert step.reason == "talk-no-silent-way"
    assert talk or any(gap[0] == "talk" for gap in made.gaps)


def test_spanish_speaker_in_the_us_gets_a_line_in_spanish(planned):
    made = planned(located_in="US", role="child", age=12, languages=["es"])
    first = made.of("talk")[0].offer

    assert "es" in (first.channel.languages or first.record.languages)


def test_anonymous_witness_in_ireland(planned):
    made = planned(located_in="IE", role="witness", anonymous=True)
    first = made.of("report")[0].offer

    assert first.jurisdiction == "IE"
    assert first.record.anonymous is True


def test_tourist_from_sweden_abused_in_thailand(planned):
    made = planned(
        located_in="TH", happened_in="TH", lives_in="SE", age=25, needs=["report"]
    )

    assert made.of("report")[0].offer.jurisdiction == "TH"
    assert ("consular", "SE", None) in made.gaps


def test_girl_in_france_to_whom_it_happened_in_morocco(planned):
    made = planned(located_in="FR", happened_in="MA", role="child", age=13)

    assert made.of("talk")[0].offer.jurisdiction == "FR"
    there = [s for s in made.of("report") if s.reason == "report-where-it-happened"]
    assert there[0].offer.jurisdiction == "MA"


def test_parent_in_nigeria_of_a_child_in_danger(planned):
    made = planned(
        located_in="NG", role="parent", subject="child-i-know", needs=["in-danger"]
    )

    assert made.kinds[0] == "emergency"
    assert made.of("emergency")[0].numbers


def test_friend_of_a_girl_in_mexico(planned):
    made = planned(located_in="MX", role="friend", subject="child-i-know", age=15)
    talk = made.of("talk")[0]

    assert "MX" in {talk.offer.jurisdiction, talk.then.jurisdiction}
    if talk.offer.jurisdiction == "001":
        assert talk.then.record.confidence == "low"


def test_witness_in_japan_uses_the_internet_hotline(planned):
    made = planned(located_in="JP", role="witness")

    assert made.of("report")[0].offer.jurisdiction == "JP"
    assert made.of("report")[0].offer.record.kind == "csam-hotline"


def test_young_person_in_south_africa_whose_nudes_leaked(planned):
    made = planned(
        located_in="ZA", role="young-person", age=17, age_in_image=16, needs=["remove"]
    )

    assert made.kinds[:3] == ["talk", "remove", "report"]
    assert made.first("remove") == "int-ncmec-take-it-down"
    assert made.of("talk")[0].offer.jurisdiction == "ZA"


def test_adult_in_australia_abused_by_an_institution(planned):
    made = planned(located_in="AU", subject="my-past", age=40, needs=["legal"])

    assert made.kinds[:2] == ["talk", "rights"]
    assert made.of("rights")[0].offer.jurisdiction == "AU"


def test_girl_in_canada_blackmailed_on_a_platform(planned):
    made = planned(
        located_in="CA",
        role="young-person",
        age=15,
        platform="snapchat",
        needs=["blackmail"],
    )

    assert made.first("talk") == "ca-kids-help-phone"
    assert made.first("report") == "ca-cybertip"
    assert "int-snapchat-reporting" in made.ids("report")


def test_professional_in_the_philippines(planned):
    made = planned(located_in="PH", role="professional")

    assert made.kinds[0] == "professional"
    assert {"PH"} == made.jurisdictions("professional")


def test_nothing_but_a_place(planned):
    made = planned(located_in="PE")

    assert made.kinds[0] == "talk"
    assert made.of("talk")[0].offer.jurisdiction == "PE"
    assert "report" in made.kinds


def test_man_in_sweden_worried_about_own_thoughts(planned):
    made = planned(located_in="SE", subject="my-own-thoughts", age=40)

    assert made.kinds[0] == "prevent"
    assert made.of("prevent")[0].offer.record.kind == "prevention"


def test_child_in_hong_kong_is_never_sent_to_mainland_china(planned):
    made = planned(located_in="HK", role="child", age=12)

    assert "CN" not in made.jurisdictions()
    assert made.of("talk")[0].offer.jurisdiction == "HK"


def test_adult_whose_age_in_the_picture_is_not_known_gets_both_tools(planned):
    made = planned(located_in="KE", age=25, needs=["remove"])

    assert made.ids("remove") == ["int-ncmec-take-it-down", "int-stopncii"]
    assert "remove-age-unknown" in made.reasons


def test_witness_where_no_hotline_is_still_gets_that_of_the_host(planned):
    made = planned(located_in="TD", hosted_in="US", role="witness")
    here, hosted = made.of("report")

    assert here.reason == "report-wider"
    assert hosted.offer.record.id == "us-ncmec-cybertipline"
