"""Principles to start from. They are yours to change: each is an ordinary row once it is there.

A behaviour is something one can see or hear. Its anchors say what three steps of it look like: not there yet,
as expected, and so that others learn from it.
"""

Anchors = tuple[str, str, str]
Behaviours = tuple[tuple[str, Anchors], ...]

PRINCIPLES: tuple[tuple[str, str, str, Behaviours], ...] = (
    (
        "customer-obsession",
        "Customer obsession",
        "We begin with what a customer needs and work backwards from there.",
        (
            (
                "Checks with the customer that what was done helped.",
                (
                    "Ends when the step is done, without asking.",
                    "Asks the customer whether it helped, and acts on the answer.",
                    "Asks, and makes it so that the next customer need not be asked.",
                ),
            ),
            (
                "Explains decisions by what they do for customers.",
                (
                    "Gives the rule as the reason.",
                    "Names the customer outcome that a decision serves.",
                    "Names it with figures, and what it costs the customers who lose by it.",
                ),
            ),
            (
                "Listens to customers at first hand.",
                (
                    "Knows customers from summaries only.",
                    "Reads or hears a few customers every week.",
                    "Brings what was heard to those who can change it, in the customers' words.",
                ),
            ),
        ),
    ),
    (
        "ownership",
        "Ownership",
        "We see things through to the end and think beyond our own desk.",
        (
            (
                "Says early when something will not be done in time.",
                (
                    "It comes to light after the day has passed.",
                    "Says so before the day, with what is needed.",
                    "Says so before the day, with a way out and who was told.",
                ),
            ),
            (
                "Pulls the cord when a customer would be let down.",
                (
                    "Works around the problem and leaves it there.",
                    "Asks the question where the process can be mended.",
                    "Asks, and stays with it until the next customer is safe.",
                ),
            ),
            (
                "Takes on what lies between two teams.",
                (
                    "Passes it on and does not look back.",
                    "Passes it on with what is known, and checks that it arrived.",
                    "Mends the hand-over so that it does not fall between again.",
                ),
            ),
        ),
    ),
    (
        "invent-and-simplify",
        "Invent and simplify",
        "We look for a simpler way, and are glad of one from elsewhere.",
        (
            (
                "Takes steps out of the work.",
                (
                    "Does every step as it always was.",
                    "Proposes a step to leave out, with its effect on customers.",
                    "Has left one out, and shows with a measure that nothing was lost.",
                ),
            ),
            (
                "Tries a change small before it is made big.",
                (
                    "Changes everything at once, or nothing.",
                    "Tries it in one place with a measure chosen before.",
                    "Tries it, tells what did not work, and lets others use it.",
                ),
            ),
            (
                "Uses what others have found.",
                (
                    "Begins from nothing each time.",
                    "Looks for what is there already, and says whose it is.",
                    "Makes what was found easy to find for others.",
                ),
            ),
        ),
    ),
    (
        "are-right-a-lot",
        "Are right, a lot",
        "We judge well because we look for what would prove us wrong.",
        (
            (
                "Looks for what speaks against an own opinion.",
                (
                    "Gathers what speaks for it.",
                    "Names what would change the opinion, and looks for it.",
                    "Has changed an opinion in front of others, and said why.",
                ),
            ),
            (
                "Tells what is known from what is believed.",
                (
                    "Speaks of both in the same words.",
                    "Says which is which, and how sure.",
                    "Says which is which, and how to find out.",
                ),
            ),
            (
                "Looks back at own decisions.",
                (
                    "Does not return to a decision.",
                    "Compares what was expected with what came.",
                    "Writes down beforehand what is expected, and shares what came.",
                ),
            ),
        ),
    ),
    (
        "learn-and-be-curious",
        "Learn and be curious",
        "We are never done learning, and ask before we answer.",
        (
            (
                "Asks why before proposing how.",
                (
                    "Proposes at once.",
                    "Asks why until the cause is something that can be changed.",
                    "Asks so that others find the cause themselves.",
                ),
            ),
            (
                "Learns something new for the work, on purpose.",
                (
                    "Learns when it is required.",
                    "Has chosen something to learn, and uses it.",
                    "Uses it, and teaches it to a colleague.",
                ),
            ),
            (
                "Asks for feedback and uses it.",
                (
                    "Hears feedback when it comes.",
                    "Asks for it, and names one thing to do differently.",
                    "Asks, does it differently, and asks again whether it helped.",
                ),
            ),
        ),
    ),
    (
        "earn-trust",
        "Earn trust",
        "We listen, speak openly, and keep what we promise.",
        (
            (
                "Keeps promises, or takes them back in time.",
                (
                    "Promises are forgotten or slip in silence.",
                    "Promises are kept, or taken back before the day.",
                    "Makes promises visible, so that others can rely on them.",
                ),
            ),
            (
                "Says own mistakes openly.",
                (
                    "Mistakes come to light through others.",
                    "Says it soon, with what it meant for the customer.",
                    "Says it so that others dare to do the same.",
                ),
            ),
            (
                "Speaks of others as if they were in the room.",
                (
                    "Says of people what would not be said to them.",
                    "Speaks about what happened, and to those it concerns.",
                    "Helps others to do so, in the moment, kindly.",
                ),
            ),
        ),
    ),
)
