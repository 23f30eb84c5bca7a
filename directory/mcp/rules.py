"""What the tools tell an assistant: how to show what they answer, and what to ask."""

from ..language import served

RULES = """\
Handrail is a directory of help lines, reporting channels and support for people \
touched by sexual abuse of children. Whoever asks may be a child, in danger now, with \
somebody watching.
- In danger now: show the emergency number of where the person is first \
(emergency_numbers).
- Show every number exactly as it is spelled in the answer. Don't regroup it, and put \
no + or country code before it.
- Add no number, address or name from elsewhere or from memory. What an answer doesn't \
say is not known: say that.
- Keep the date beside a fact. Say "not yet confirmed" wherever the answer does. Say \
"confirmed" only where the answer does.
- Never ask for pictures, for their addresses or for what is in them, and don't pass \
such addresses on: the tools refuse them. Reports are made at the service itself.
- Assume no country: ask where the person is, or use 001 for help that works anywhere.
- Be short and calm, and blame nobody."""

SHOW = (
    " Show numbers exactly as spelled, with their dates; add none from elsewhere; say "
    '"not yet confirmed" where the answer does; never ask for images or their '
    "addresses."
)
PLACE = "A place by code (KE, US-TX, EU, 001 for the whole world) or by name."
LANG = f"Language of the answer, any of: {', '.join(served())}. English if left out."
SITUATION = {
    "located_in": f"Where the person is now. {PLACE}",
    "happened_in": "Where it happened, if elsewhere.",
    "hosted_in": "Where the pictures or the account are, if known.",
    "platform": "On which app or site, by its short name, such as discord or snapchat.",
    "lives_in": "Where the person lives, if that isn't where they are.",
    "subject": "Whom it is about.",
    "role": "Who asks.",
    "age": "Age now of the person it is about, in years.",
    "age_in_image": "Age when a picture was made, in years.",
    "needs": "What is needed.",
    "languages": "Languages that the person speaks (BCP 47: sw, zh-Hans).",
    "silent": "True if speaking aloud won't do.",
    "anonymous": "True if the person doesn't want to give a name.",
    "in_danger": "True if somebody is in danger now.",
    "lang": LANG,
}
