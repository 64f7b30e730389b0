"""The small fixed vocabulary of the form language: what a form may name, and nothing else."""

from __future__ import annotations

SUBJECTS = ("organisation", "member", "meeting", "none")
PERIODS = ("none", "month", "quarter", "half", "year")
RETENTIONS = ("permanent", "30", "10")
PHASES = ("before", "held", "after")
EXPECTED = ("members", "committee", "group", "chosen")
STUDY_KINDS = ("", "meeting", "training", "lecture", "theme_day")
LAYOUTS = ("book", "talk")
HOLDS = ("agenda", "attendance", "passages", "votes", "decisions", "lines")
SIGNERS = ("chair", "recorder", "secretary", "present", "person", "other")
DEDUCTIONS = ("per_time", "per_percent", "missing", "manual")

# How much one form may hold: several times what the largest ones need.
MOST_FIELDS = 300
MOST_PARTS = 60  # sections, tables, places to sign, rows of paper and cells of one
MOST_CHOICES = 200
MOST_DEDUCTIONS = 8  # of one indicator
MOST_GRADES = 8
LONGEST_HELP = 500
LONGEST_NUMBER = 12  # of an indicator, in the narrowest column of its paper
LONGEST_POST = 40
MOST_BUCKETS = 12
MOST_POINT_RULES = 200
LONGEST_UNIT = 8  # of what points are given for, in a narrow column
MOST_STEPS = 20  # of an evaluation, in one row on the screen
LEAST_STAR_STEPS, MOST_STAR_STEPS = 2, 5  # each brings a star into another state
MOST_DECIMALS = 4  # of a total

# The fields that the program itself has to find, with the types they may have.
ROLES = {
    "when": ("time_span",),
    "place": ("text",),
    "chair": ("member",),
    "recorder": ("member",),
    "topic": ("text", "long_text"),
    "lecturer": ("member", "members", "person_name", "text"),
    "hours": ("hours", "number"),
}

# The same for inspections.
INSPECTION_ROLES = {
    "secretary": ("text", "person_name", "member"),
    "leader": ("text", "person_name", "member"),
    "inspectors": ("text", "members"),
    "inspected_on": ("date",),
}

# What a rule of deduction may ask the records: how often something is missing or wrong, or a percentage.
TIMES, PERCENT = "times", "percent"
FACTS = {
    "assembly.missing": TIMES,
    "assembly.undecided": TIMES,
    "committee.missing": TIMES,
    "group.missing": TIMES,
    "theme_day.missing": TIMES,
    "theme_day.without_plan": TIMES,
    "lecture.missing": TIMES,
    "lecture.secretary_missing": TIMES,
    "study.missing": TIMES,
    "study.faults": TIMES,
    "talk.missing": TIMES,
    "attendance.rate": PERCENT,
    "attendance.leave_without_reason": TIMES,
    "minutes.faults": TIMES,
    "study_hours.rate": PERCENT,
    "roster.faults": TIMES,
    "term.overdue": TIMES,
    "posts.vacant": TIMES,
    "groups.without_leader": TIMES,
    "life.overdue": TIMES,
    "problems.open": TIMES,
}

# What a rule of points may ask the records: meetings attended, meetings missed without leave, and hours.
POINT_FACTS = ("attendance.present", "attendance.absent", "study.hours")

# What a scheme of evaluation may say: who is evaluated, who gives the scores of a part, what a part without a
# score counts, whether equal totals share a place, and of how many people a quota is a share.
EVALUATED = ("members", "committee", "secretary", "work")
OF_PEOPLE = ("members", "work")  # those of the roster, of whom some take part and some get a grade
PART_SOURCES = (
    *("self", "mutual", "committee", "superior", "ballot", "mass", "points", "attendance", "typed"),
)
MISSING = ("excluded", "zero")
TIES = ("shared", "ordered")
QUOTA_BASES = ("graded", "taking_part")

# What may stand against a star: a discipline in force, a low grade in the last appraisal, too many absences.
DISQUALIFIERS = ("discipline", "appraisal_below_qualified", "absence_over")

# The papers that a step of an evaluation may make.
EVALUATION_PAPERS = (
    *("form", "plan", "notice", "self_review", "mutual_review", "debrief", "ballot", "tally", "committee"),
    *("stars_form", "card", "decision", "registration", "summary", "ranking", "explanation", "feedback"),
    *("publicity", "report", "measures", "commendation", "plaque", "desk_card"),
)

# What a computed field may show; worked out by the services from the meeting it stands in.
FIGURES = (
    "attendance.expected",
    "attendance.voters",
    "attendance.present",
    "attendance.present_voters",
    "attendance.leave",
    "attendance.absent",
    "attendance.absent_names",
    "attendance.rate",
    "agenda.numbered",
    "duration.minutes",
    "votes.summary",
    "decisions.numbered",
    "files.names",
    "meeting.number",
    "organisation.name",
)

# The same of the person whom a form is about, in the period that it is about.
PERSON_FIGURES = (
    "person.name",
    "person.group",
    "person.period",
    "person.attendance",
    "person.study_hours",
    "person.points",
    "person.dues",
)

# What a field may be filled with when a form is begun; asked of the services.
PREFILLS = (
    "organisation.name",
    "organisation.secretary",
    "clerk.name",
    "meeting.usual_place",
    "meeting.usual_chair",
    "meeting.usual_recorder",
    "today",
)

# Dictionaries that each branch file makes of its own tree and roster.
BRANCH_DICTIONARIES = ("group", "organisation", "member")

# What a sample may say of the real tables of a meeting, by table.
SAMPLE_KEYS = {
    "attendance": (
        *("name", "group", "category", "may_vote", "counts", "basis", "presence", "reason", "written"),
        "made_up_on",
    ),
    "agenda": ("title",),
    "passages": ("text", "speaker", "agenda"),
    "votes": (
        *("subject", "kind", "agenda", "person_name", "secret", "eligible", "present", "written"),
        *("in_favour", "against", "abstained", "invalid", "issued", "returned", "seats", "candidates"),
    ),
    "decisions": ("text", "agenda", "responsible", "due_on", "done_on", "feedback", "closed"),
}
CANDIDATE_KEYS = ("name", "in_favour", "against", "abstained", "write_in")

# What a sample may say on a line of an inspection, besides `count_` and the id of a rule. The self score is
# `self`; why a line does not apply or was vetoed says that it is so.
ANSWER_KEYS = (
    *("plan", "record", "self", "self_reason", "check", "reason", "method", "by", "on"),
    *("why_not", "veto_reason"),
)
COUNT_KEY = "count_"

# What a sample may say of an entry of points.
POINT_ENTRY_KEYS = ("name", "rule", "on", "quantity", "reason", "evidence")

# What a sample may say of an evaluation. On a subject and a star `score_` and the id of a part is a score,
# on a subject `votes_` and the code of a grade, or `blank`, how many ballots said so.
SUBJECT_KEYS = ("name", "group", "category", "grade", "reason", "opinion", "improvement")
STAR_KEYS = ("name", "dimension", "state", "deeds", "votes_for", "votes_of", "opinion")
BATCH_KEYS = ("issued", "returned", "spoiled")
SCORE_KEY, VOTES_KEY, BLANK_VOTES = "score_", "votes_", "blank"
