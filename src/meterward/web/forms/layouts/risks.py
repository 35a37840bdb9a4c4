"""Forms made by hand: the context of risk assessment, risks, and their estimates."""

from __future__ import annotations

from meterward.present.risk_words import CONSEQUENCES
from meterward.web.forms.layout import FILES, LICENCES, OCCURRED, SUBJECT, Ask, Group, Layout

_CONSEQUENCES = tuple((str(name), text) for name, text in CONSEQUENCES.items())
CONTEXT = Layout(
    "context.established",
    "Establish the context of risk assessment",
    "By which scales risks are assessed, how likelihood and consequence make a level of risk, and how much of it is "
    "accepted. A new context takes the place of the last; what was estimated in levels is then estimated anew.",
    (
        Group(
            "The method",
            (
                Ask(SUBJECT, "What is its short name?", "A new one, which begins with context/."),
                Ask("facts.method", "Which method is it?", "Such as “Levels of likelihood and consequence”."),
                Ask("facts.version", "Which version of it?"),
                Ask(OCCURRED, "From which day on?", "Not later than today."),
                Ask("facts.assess_months", "After how many months are risks assessed anew at the latest?", " "),
                Ask(LICENCES),
            ),
        ),
        Group(
            "Likelihood",
            (
                Ask(
                    "facts.likelihood",
                    "From how many times in 10,000 years on is each level?",
                    "A line each, from level 1 on, three to seven of them. 0, 100, 1000, 10000, 100000 is: less often "
                    "than once in 100 years, once in 100 years, once in 10 years, once a year, ten times a year.",
                ),
            ),
        ),
        Group(
            "Consequences, and how much is accepted",
            (
                Ask(
                    "facts.criteria",
                    "Which consequences are assessed?",
                    "Each with what is counted, from which amount on each level is, and the highest level of risk that "
                    "is accepted.",
                    parts=(
                        Ask("consequence", "Consequence", " ", _CONSEQUENCES),
                        Ask("unit", "What is counted?", "Such as customers off supply for an hour."),
                        Ask("least", "From which amount on is each level?", "A line each, from level 1 on: 0, 100, …"),
                        Ask("appetite", "Up to which level of risk is accepted?", "0, if none is."),
                    ),
                ),
            ),
        ),
        Group(
            "The matrix",
            (
                Ask(
                    "facts.matrix",
                    "Which level of risk do they make?",
                    "A row for each level of likelihood, from level 1 on. In it a line for each level of consequence, "
                    "from the least to the worst. More of either is never less risk.",
                    parts=(Ask("levels", "Levels of risk", "From the least consequence to the worst."),),
                ),
            ),
        ),
        Group(
            "Why",
            (
                Ask("text.reasons", "Why these scales, and this appetite?", "What the business can bear, and why."),
                Ask(FILES, "The approved method", "The act makes a document: attach it."),
            ),
        ),
    ),
    replaces=True,
)
RISK = Layout(
    "risk.identified",
    "Identify a risk",
    "Something that can happen to the Supplier End-to-End System. It stands in the register until its record is ended, "
    "and is rated once it is estimated.",
    (
        Group(
            "What can happen",
            (
                Ask("facts.label", "What is it called?", "Such as “Remote disconnection of many customers at once”."),
                Ask(SUBJECT, "What is its short name?", "Such as risk/R-07. It stays as it is."),
                Ask("text.story", "How can it come about?", "And what makes it likely or bad."),
                Ask("facts.consequences", "What can it come to?", "Tick all that it can.", _CONSEQUENCES),
            ),
        ),
        Group(
            "Where, and whose it is",
            (
                Ask("facts.elements", "Which elements can it happen to?", "None: the system as a whole."),
                Ask("facts.scenario", "Which scenario of the catalogue is it?", "Its name, if it follows one."),
                Ask("facts.owner", "Who answers for it?", "By pseudonym, such as p-07."),
                Ask(OCCURRED, "When was it identified?"),
                Ask(LICENCES),
            ),
        ),
        Group(
            "What it rests on",
            (Ask("text.sources", "What does this rest on?", "Reports, workshops, incidents."), Ask(FILES)),
        ),
    ),
)
ESTIMATE = Layout(
    "risk.estimated",
    "Estimate a risk",
    "How likely it is, and how bad. A later estimate of the same state takes this one's place, and of two of one day "
    "the worse counts until it is corrected. Residual risk is not estimated: it follows from measures shown to work.",
    (
        Group(
            "What is estimated",
            (
                Ask(SUBJECT, "Which risk?"),
                Ask(
                    "facts.state",
                    "In which state?",
                    " ",
                    (
                        ("inherent", "Inherent: without any measure"),
                        ("current", "Current: with the measures that there are"),
                        ("target", "Target: as it is wanted"),
                    ),
                ),
                Ask("facts.context", "On the scales of which context?", "Levels are those of its scales."),
                Ask(OCCURRED, "When was it estimated?"),
                Ask(LICENCES),
            ),
        ),
        Group(
            "How likely",
            (
                Ask("facts.likelihood", "Which level of likelihood?", "Or three points below.", (), "likelihoods"),
                Ask(
                    "facts.often",
                    "Or how many times in 10,000 years?",
                    "100 is once in 100 years, 10000 once a year. Can be rated on any later scales too.",
                ),
            ),
            "A level, or three points: one of them.",
        ),
        Group(
            "How bad",
            (
                Ask(
                    "facts.consequences",
                    "How bad is each consequence?",
                    "A level of its scale, or three points in its unit.",
                    parts=(
                        Ask("consequence", "Consequence", " ", _CONSEQUENCES),
                        Ask("level", "Level on its scale", "Or three points.", (), "levels"),
                        Ask("points", "Or the amount, each time that it happens", "In the unit of its scale."),
                    ),
                ),
            ),
        ),
        Group(
            "Why",
            (
                Ask("text.rationale", "Why this likely, and this bad?"),
                Ask("facts.sources", "What does the estimate rest on?", "A line each."),
                Ask(FILES),
            ),
        ),
    ),
)
LAYOUTS = (CONTEXT, RISK, ESTIMATE)
