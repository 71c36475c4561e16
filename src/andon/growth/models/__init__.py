"""The nouns of growth, a module a topic."""

from andon.growth.models.accomplishments import Accomplishment
from andon.growth.models.assessments import SelfAssessment, SharedAssessment
from andon.growth.models.coaching import Coaching, Confirmation, Correction, FollowUp, View
from andon.growth.models.development import DevelopmentPlan, Goal, PlanShare, Step
from andon.growth.models.feedback import Answer, Feedback, FeedbackRound, FeedbackShare, Invitation
from andon.growth.models.mentoring import Mentoring, MentorOffer
from andon.growth.models.one_to_ones import ActionItem, AgendaItem, Covered, Done, Note, OneToOne
from andon.growth.models.promises import Delivery, Doubt, DoubtAnswer, Passing, Promise, Release
from andon.growth.models.recognition import Recognition
from andon.growth.models.skills import Level, PathStep, PersonSkill, RoleSkill, Skill, SkillConfirmation
from andon.growth.models.training import Course, Training

__all__ = [
    "Accomplishment",
    "ActionItem",
    "AgendaItem",
    "Answer",
    "Coaching",
    "Confirmation",
    "Correction",
    "Course",
    "Covered",
    "Delivery",
    "DevelopmentPlan",
    "Done",
    "Doubt",
    "DoubtAnswer",
    "Feedback",
    "FeedbackRound",
    "FeedbackShare",
    "FollowUp",
    "Goal",
    "Invitation",
    "Level",
    "MentorOffer",
    "Mentoring",
    "Note",
    "OneToOne",
    "Passing",
    "PathStep",
    "PersonSkill",
    "PlanShare",
    "Promise",
    "Recognition",
    "Release",
    "RoleSkill",
    "SelfAssessment",
    "SharedAssessment",
    "Skill",
    "SkillConfirmation",
    "Step",
    "Training",
    "View",
]
