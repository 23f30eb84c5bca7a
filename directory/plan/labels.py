"""The wording of plans and of the law, in English; the catalogues translate it."""

from ..labels import N_, NO_EMERGENCY_NUMBER

STEP = {
    "emergency": N_("Get help right now"),
    "talk": N_("Talk to someone who listens"),
    "remove": N_("Get the pictures taken down"),
    "report": N_("Report it"),
    "rights": N_("Your rights"),
    "prevent": N_("Help with your own thoughts"),
    "professional": N_("Tell the office that protects children"),
    "consular": N_("Ask your own country's embassy"),
}

REASON = {
    "danger": N_("If someone is in danger now, call first. Everything else can wait."),
    "danger-unknown-number": NO_EMERGENCY_NUMBER,
    "talk": N_(
        "You don't have to carry this alone. They listen, and you decide what to say."
    ),
    "talk-survivor": N_(
        "It is never too late. They help people to whom it happened long ago."
    ),
    "talk-for-parent": N_(
        "They help you to help the child, and to look after yourself."
    ),
    "talk-no-silent-way": N_(
        "We know of no way to write to someone here, only the phone. If you can speak "
        "for a moment, you can say: “I can't talk now. Please ask me yes or no "
        "questions.”"
    ),
    "remove-made-under-18": N_(
        "For pictures made before you were 18. You don't send the picture to anyone."
    ),
    "remove-made-as-adult": N_(
        "For pictures made when you were 18 or older. You don't send the picture to "
        "anyone."
    ),
    "remove-age-unknown": N_(
        "Which one fits depends on your age in the picture: the first is for under "
        "18, the other for 18 and over. You don't send the picture to anyone."
    ),
    "report-here": N_("They take reports of such pictures in the place where you are."),
    "report-hosted": N_(
        "The pictures or the account are in %(place)s. Their hotline can act there."
    ),
    "report-platform": N_(
        "The app or site itself can remove the account and the pictures."
    ),
    "report-where-it-happened": N_(
        "It happened in %(place)s. The police there can look into it, wherever you "
        "are now."
    ),
    "report-abuse": N_("They must protect children in the place where you are."),
    "report-wider": N_(
        "We know of no office for this in %(place)s. This one takes reports about "
        "pictures from anywhere in the world."
    ),
    "rights": N_("You may have a right to a lawyer, to compensation, and to privacy."),
    "prevent": N_(
        "Looking for help is a good step. They talk with you without judging you."
    ),
    "professional": N_(
        "This is the office that takes reports from people who work with children."
    ),
    "consular": N_("The embassy of %(place)s helps its people who are abroad."),
}

GAP = {
    "talk": N_("someone to talk to"),
    "report": N_("a place to report"),
    "remove": N_("a service of its own to take pictures down"),
    "rights": N_("help with rights"),
    "prevent": N_("help with one's own thoughts"),
    "professional": N_("an office that takes reports from professionals"),
    "consular": N_("help from its embassies"),
    "emergency": N_("an emergency number"),
}

ROLE = {
    "child": N_("I am a child (under 13)"),
    "young-person": N_("I am a young person (13 to 17)"),
    "parent": N_("I am a parent or look after a child"),
    "friend": N_("I am a friend"),
    "survivor": N_("I am an adult, and it happened to me as a child"),
    "professional": N_("I work with children"),
    "witness": N_("I came across something"),
}

ADULT = N_("I am 18 or older")

SUBJECT = {
    "me": N_("About me"),
    "child-i-know": N_("About a child I know"),
    "child-online": N_("About a child I saw online"),
    "my-past": N_("About something long ago in my life"),
    "my-own-thoughts": N_("About my own sexual thoughts"),
}

LEGAL_TOPIC = {
    "image-guidance": N_("If you come across such a picture"),
    "possession": N_("Keeping such pictures"),
    "access": N_("Looking at such pictures"),
    "distribution": N_("Sharing such pictures"),
    "production": N_("Making such pictures"),
    "grooming": N_("Contacting a child for sex"),
    "livestreaming": N_("Livestreamed abuse"),
    "mandatory-reporting-professionals": N_("Who must report"),
    "isp-reporting": N_("What companies must do"),
    "victim-anonymity": N_("Your name stays secret"),
    "victim-compensation": N_("Compensation"),
    "victim-notification": N_("Being told when pictures turn up again"),
    "call-records": N_("What shows on the phone bill"),
}

ABOUT_PICTURE = N_("What to do with the picture")
DUTIES = N_("What professionals must do")
NOT_KNOWN = N_("What we don't know")
GOOD_TO_KNOW = N_("Good to know")

NOT_LEGAL_ADVICE = N_(
    "This is what public pages say about the law. It is not legal advice."
)
MOST_CAREFUL = N_(
    "We found no official advice for this place. The most careful way: don't save, "
    "send on or photograph a sexual picture of a child, and don't look for more. Note "
    "only where it is, tell the hotline or the police, and close it."
)

GAP_IN = N_("Not known in %(place)s: %(what)s.")

YES = N_("Yes")
ASK_WHERE = N_("Where are you now?")
ASK_DANGER = N_("Is someone in danger right now?")
ASK_SUBJECT = N_("Whom is it about?")
ASK_ROLE = N_("Who are you?")
ASK_AGE = N_("How old is the person it is about?")
ASK_NEEDS = N_("What would help you?")
ASK_AGE_IN_IMAGE = N_("If there is a picture: how old was the person in it?")
ASK_PLATFORM = N_("On which app or site is it?")
ASK_HOSTED = N_("In which country are the pictures or the account?")
ASK_HAPPENED = N_("In which country did it happen?")
ASK_LANGUAGE = N_("Which language would you like to speak?")
ASK_SILENT = N_("Do you need to write instead of speaking?")
ASK_ANONYMOUS = N_("Would you rather not give your name?")
ASK_LIVES = N_("In which country do you usually live?")

WRONG_PLACE = N_("Please choose the place where you are now.")
WRONG_AGE = N_("Please write the age as a number of years, or leave it out.")
WRONG_AGES = N_("The age in the picture is higher than the age now.")
WRONG_ROLE = N_("The age doesn't fit who you are. Please mend one of them.")
WRONG_NEEDS = N_("These answers don't go together. Please choose what fits best.")

GUIDANCE = {
    "threatened": N_("Someone threatens to share pictures of me"),
    "shared": N_("Pictures of me are out"),
    "approached": N_("Someone online asks me for pictures, or to meet"),
    "found": N_("I found sexual pictures of a child"),
    "told": N_("A child told me something"),
    "past": N_("It happened to me long ago"),
    "thoughts": N_("I am worried about my own sexual thoughts or behaviour"),
    "working": N_("I work with children"),
    "after": N_("What happens after I report"),
    "helping": N_("Helping a child without too many questions"),
}

TREATY = {
    "CRC": N_("UN Convention on the Rights of the Child"),
    "OPSC": N_("UN Optional Protocol on the sale of children and child sexual abuse"),
    "Budapest": N_("Budapest Convention on Cybercrime"),
    "Lanzarote": N_("Lanzarote Convention"),
    "Palermo": N_("UN Protocol on trafficking in persons"),
    "ACRWC": N_("African Children's Charter"),
}
SURVEY_MEETS = N_(
    "It found that the law against commercial sexual exploitation of children met the "
    "international standard."
)
SURVEY_FAILS = N_(
    "It found that the law against commercial sexual exploitation of children did not "
    "meet the international standard."
)


THE_LAW = N_("What the law says")
