"""The wording of every closed list, in English; the catalogues translate it.

`N_` marks a text for extraction and returns it unchanged.
"""


def N_(text: str) -> str:  # noqa: N802 — gettext's customary name
    return text


NEED = {
    "in-danger": N_("I am in danger now"),
    "talk": N_("I want to talk to someone"),
    "report": N_("I want to report something"),
    "remove": N_("Get pictures of me taken down"),
    "blackmail": N_("Someone is threatening me"),
    "past-abuse": N_("It happened in the past"),
    "legal": N_("My rights and the law"),
    "own-thoughts": N_("I am worried about my sexual thoughts"),
    "professional": N_("I work with children"),
}

KIND = {
    "emergency": N_("Emergency number"),
    "csam-hotline": N_("Hotline for child sexual abuse pictures"),
    "police-report": N_("Police"),
    "platform-report": N_("Report to an app or website"),
    "image-removal": N_("Help to get pictures taken down"),
    "child-helpline": N_("Helpline for children"),
    "child-protection-authority": N_("Child protection office"),
    "sexual-violence-helpline": N_("Sexual violence helpline"),
    "domestic-violence-helpline": N_("Violence at home helpline"),
    "crisis-line": N_("Crisis line"),
    "survivor-support": N_("Support for survivors"),
    "victim-support": N_("Support for victims"),
    "missing-children": N_("Missing children line"),
    "trafficking-hotline": N_("Human trafficking line"),
    "parent-support": N_("Help for parents"),
    "legal-aid": N_("Legal help"),
    "victim-compensation": N_("Compensation"),
    "prevention": N_("Help to stop"),
    "consular": N_("Help from your embassy"),
    "network": N_("Directory of helplines"),
}

TOPIC = {
    "child-sexual-abuse": N_("Sexual abuse of a child"),
    "csam": N_("Child sexual abuse material"),
    "sextortion": N_("Sexual extortion"),
    "online-grooming": N_("Grooming online"),
    "image-based-abuse": N_("Intimate pictures shared"),
    "livestreamed-abuse": N_("Livestreamed abuse"),
    "sexual-violence": N_("Sexual violence"),
    "domestic-violence": N_("Violence at home"),
    "trafficking": N_("Human trafficking"),
    "travelling-sex-offenders": N_("Offenders who travel"),
    "missing-child": N_("Missing child"),
    "bullying": N_("Bullying"),
    "mental-health": N_("Feelings and mental health"),
    "legal": N_("The law"),
    "compensation": N_("Compensation"),
}

AUDIENCE = {
    "child": N_("Children"),
    "young-person": N_("Young people"),
    "parent": N_("Parents and carers"),
    "adult-survivor": N_("Adults who were abused as children"),
    "professional": N_("Professionals"),
    "public": N_("Everyone"),
    "person-worried-about-own-thoughts": N_(
        "People worried about their sexual thoughts"
    ),
}

CHANNEL = {
    "phone": N_("Phone"),
    "sms": N_("Text message"),
    "whatsapp": N_("WhatsApp"),
    "telegram": N_("Telegram"),
    "signal": N_("Signal"),
    "chat": N_("Chat"),
    "email": N_("E-mail"),
    "web-form": N_("Online form"),
    "website": N_("Website"),
    "app": N_("App"),
    "ussd": N_("Phone code"),
    "text-relay": N_("Text relay"),
    "in-person": N_("In person"),
}

COST = {
    "free": N_("Free"),
    "standard": N_("Usual call price"),
    "premium": N_("Costs more than a usual call"),
}

SERVICE = {
    "police": N_("Police"),
    "ambulance": N_("Ambulance"),
    "fire": N_("Fire brigade"),
}

LEVEL = {
    "subdivision": N_("Region"),
    "country": N_("Country"),
    "supranational": N_("Several countries"),
    "world": N_("Worldwide"),
}

EVERY_SERVICE = N_("Police, ambulance and fire brigade")
UNKNOWN_SERVICE = N_("We don't know which service answers")
NO_EMERGENCY_NUMBER = N_(
    "We don't know an emergency number for this place. From a mobile phone, 112 "
    "reaches the local emergency service in many countries, but not in all. If you "
    "can, ask an adult near you or go where there are people."
)

ADVICE = {
    "nothing-found": N_(
        "Nothing found. Try fewer or simpler words, take away a filter, or choose a "
        "country to see everything there."
    ),
    "some-words": N_("Not every word was found. These come closest."),
}

DAY_AND_NIGHT = N_("Day and night, every day")
OPEN = N_("Open now")
OPEN_UNTIL = N_("Open now, until %(when)s")
CLOSED = N_("Closed now")
OPENS_AT = N_("Closed now, opens %(when)s")
PROBABLY_OPEN = N_("Should be open now")
PROBABLY_OPEN_UNTIL = N_("Should be open now, until %(when)s")
PROBABLY_CLOSED = N_("Should be closed now")
PROBABLY_OPENS_AT = N_("Should be closed now, and open %(when)s")
PROBABLE_HOURS = N_("Should be open: %(hours)s")
HOURS_UNKNOWN = N_("Opening times not known")
PUBLIC_HOLIDAYS = N_("public holidays")
SCHOOL_HOLIDAYS = N_("school holidays")
NOT_OPEN = N_("closed")

READ_ON = N_("From a page read on %(read)s")
DATED_READ_ON = N_("From a page of %(dated)s, read on %(read)s")
CONFIRMED_ON = N_("Confirmed on %(day)s")

NO_NAME_NEEDED = N_("No name needed")
NAME_ASKED = N_("They ask for your name")
WITHOUT_CREDIT = N_("Works without credit on your phone")
ON_BILL = N_("Shows on the phone bill")
NOT_ON_BILL = N_("Does not show on the phone bill")
IN_CALL_LOG = N_("Stays in the phone's own call list")
NOT_IN_CALL_LOG = N_("Does not stay in the phone's own call list")
AGES = N_("Ages %(least)s to %(most)s")
AGES_FROM = N_("From age %(least)s")
AGES_TO = N_("Up to age %(most)s")
POLICE_TOLD = {
    "always": N_("They tell the police"),
    "if-in-danger": N_("They may tell the police if someone is in danger"),
    "never": N_("They do not tell the police"),
}
CLAIM = {
    "hours": N_("opening times"),
    "languages": N_("languages"),
    "cost": N_("cost"),
}

WHAT_NEED = N_("What do you need?")
WHAT_KIND = N_("Kind of service")
WHAT_TOPIC = N_("What is it about?")
FOR_WHOM = N_("For whom?")
HOW = N_("How to get in touch")
SPOKEN = N_("Language spoken")
KILOMETRES = N_("%(km)s km away")

MATCHED = {
    "name": N_("its name"),
    "text": N_("its description"),
    "number": N_("its number"),
    "spelling": N_("a similar word"),
    "professionals": N_("for professionals"),
}

WRONG = {
    "place": N_("We don't know that town. Try a larger town nearby."),
    "age": N_("Please write the age as a number of years."),
    "jurisdiction": N_("We don't know that country or region."),
    "q": N_("That is too long. Try a few words."),
    "cursor": N_("The list has changed since. Please search again."),
}
WRONG_ADDRESS = N_(
    "Please don't paste addresses of pages or pictures here. "
    "A hotline's own form is the place for them."
)
WRONG_OTHER = N_("We could not understand that. Please use the form.")

ERROR = {
    400: (
        N_("We could not understand that"),
        N_("Please go back and use the form, or choose a country."),
    ),
    404: (
        N_("This page is not here"),
        N_("It may have moved. The help is still here: choose a country or search."),
    ),
    405: (
        N_("This page is not here"),
        N_("It may have moved. The help is still here: choose a country or search."),
    ),
    410: (
        N_("This service is no longer listed"),
        N_("Choose a country or search to find another one."),
    ),
    429: (
        N_("Please wait a moment"),
        N_(
            "A lot of questions came from your connection. It is not your fault: other "
            "people may share it. In a minute this works again. The pages of countries "
            "still open, with numbers to call."
        ),
    ),
    500: (
        N_("Something went wrong here"),
        N_("It is not your fault. Please try again, or choose a country."),
    ),
}

TRANSLATION = {
    "source": N_("the original"),
    "machine": N_("translated by a machine, not yet checked by a person"),
    "reviewed": N_("translated and checked by people"),
}

THEME = {
    "auto": N_("As the reader's device"),
    "light": N_("Light"),
    "dark": N_("Dark"),
}

IN_DANGER = N_("In danger now?")
IF_NOBODY_ANSWERS = N_("If nobody answers:")
NOT_CONFIRMED = N_("Not yet confirmed.")
LEAVE = N_("Leave")
FACTS_AS_OF = N_("Facts as of %(day)s")
EVERYTHING_IN = N_("Everything in %(place)s")
BY_MACHINE = N_(
    "These pages were translated by a machine and not yet checked by a person. Names "
    "and numbers are never translated."
)

CARD_YOUNG = N_("Someone to talk to, under 18")
CARD_ADULT = N_("Someone to talk to, 18 or older")
CARD_TALK = N_("Someone to talk to")
CARD_REPORT = N_("To report something online")

HELP_IN = N_("Help in %(place)s")
HELP_ANYWHERE = N_("Help that works from anywhere")

IN_DANGER = N_("In danger now?")
WHERE_TO_START = N_("Where to start")
IF_NOBODY_ANSWERS = N_("If nobody answers:")
NOT_YET_CONFIRMED = N_("Not yet confirmed.")
NOT_FOUND_HERE = N_("What we could not find here")
NOTHING_KNOWN = N_("nothing known anywhere")
FACTS_AS_OF = N_("Facts as of %(day)s")
NO_EMERGENCY_SERVICE = N_(
    "Handrail is a list of places to get help. It is not an emergency service, and "
    "nobody answers here."
)
BY_MACHINE = N_(
    "These pages were translated by a machine and not yet checked by a person. Names "
    "and numbers are never translated."
)
FOR_PROFESSIONALS = N_("For professionals only.")
NO_NAME = N_("You don't have to give your name.")
FOR_WHOSE = N_("For:")
FROM_ABROAD = N_("From another country:")
TEXT_RELAY = N_("Text relay")
UNCONFIRMED = N_("Not yet confirmed: %(what)s")
NOT_KNOWN = N_("Not known: %(what)s")
OUT_OF_DATE = N_(
    "This copy of the directory should have been renewed by %(day)s. Numbers may have "
    "changed since."
)
CORRECTED = {
    "name": N_("name"),
    "description": N_("description"),
    "place": N_("places it is for"),
    "hours": N_("opening hours"),
    "languages": N_("languages"),
    "cost": N_("cost"),
    "ages": N_("ages"),
    "anonymous": N_("whether a name is needed"),
    "proof": N_("how sure we are"),
    "emergency": N_("emergency numbers"),
    "law": N_("what the law says"),
    "other": N_("other facts"),
}
WAS_CHANGED = N_("Changed: %(parts)s.")
NOW_REACHED = N_("New or corrected way to reach it. %(kind)s: %(value)s")
WAY_CHANGED = N_("Changed, and changed again since: %(kind)s.")
WAY_GONE = N_("No longer a way to reach it: %(kind)s.")
TAKEN_OUT = N_("Taken out for now. Please don't use an older copy of it.")
NOT_LISTED = N_("No longer listed.")
NO_LONGER_HERE = N_("Something that is no longer listed")
USE_INSTEAD = N_("There is this instead: %(name)s")
ADDED = N_("Services added on the same day: %(count)s")
CORRECTIONS = N_("Corrections")
