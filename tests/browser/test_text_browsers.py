"""w3m and lynx: no style, no script, every word in the order of the page."""

import os
import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.browser
SCREEN = 24
BROWSERS = ("w3m", "lynx")


@pytest.fixture(scope="module", params=BROWSERS)
def shown(request, site, tmp_path_factory):
    """A function that shows a page, or the answer to a form, as lines of text."""
    if shutil.which(request.param) is None:
        if os.environ.get("HANDRAIL_CI"):
            pytest.fail(f"CI has no {request.param}")
        pytest.skip(f"no {request.param} here")
    home = tmp_path_factory.mktemp("home")

    def dumped(path, form=None, *, links=False):
        command = {
            "w3m": ["w3m", "-dump", "-cols", "80", "-O", "utf-8"],
            "lynx": ["lynx", "-dump", "-width=80", "-display_charset=utf-8"],
        }[request.param]
        if request.param == "lynx":
            command.append("-listonly" if links else "-nolist")
        elif links:
            command += ["-o", "display_link_number=1"]
        if form and request.param == "lynx":
            command.append("-post_data")
        elif form:
            (home / "form").write_text(form)
            command += ["-post", str(home / "form")]
        done = subprocess.run(
            [*command, f"{site}{path}"],
            input=f"{form}\n---\n" if form else "",
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={"HOME": str(home), "LANG": "C.UTF-8", "PATH": os.environ["PATH"]},
        )
        return done.stdout.splitlines()

    return dumped


def test_whom_to_call_is_on_the_first_screen(shown):
    screen = "\n".join(shown("/en/ke")[:SCREEN])

    assert "Help in Kenya" in screen
    assert re.search(r"999 · 112 · 911\s+Police", screen)
    assert "Phone 116" in screen


def test_a_typed_country_leads_to_its_numbers(shown):
    first = "\n".join(shown("/en/")[:SCREEN])
    assert "Country or region" in first
    assert "Help that works from anywhere" in first

    screen = "\n".join(shown("/en/go", "place=Kenya")[:SCREEN])
    assert "Help in Kenya" in screen
    assert "Phone 116" in screen


def test_the_way_out_is_among_the_first_links(shown, request):
    lines = "\n".join(shown("/en/ke", links=True)[:SCREEN])

    if "weather" in lines:  # lynx lists addresses
        assert re.search(r"^ *2\. .*/weather$", lines, re.MULTILINE)
    else:
        assert re.search(r"\[2\] ?Leave", lines)


def test_search_finds_and_its_words_stay_apart(shown):
    text = "\n".join(shown("/en/search", "q=child&jurisdiction=KE"))

    assert "services found" in text
    assert "Phone 116" in text
    assert re.search(r"116\s+Helpline for children", text)
    assert not re.search(r"[a-z](?:Not yet|Found by|Helpline)", text)


def test_a_plan_is_made(shown):
    first = "\n".join(shown("/en/plan"))
    assert "Show my plan" in first

    text = "\n".join(shown("/en/plan", "located_in=KE&needs=blackmail&age=15&go=show"))
    assert "Your next steps" in text
    assert "Phone 116" in text
    assert "Nothing you answered was kept." in text


@pytest.mark.parametrize(
    ("lang", "heading"), [("ar", "المساعدة في كينيا"), ("hi", "केन्या में मदद")]
)
def test_other_scripts_come_out_whole(shown, lang, heading):
    text = "\n".join(shown(f"/{lang}/ke")[:SCREEN])

    assert heading in text
    assert "116" in text
    assert "�" not in text
    assert "&#" not in text
