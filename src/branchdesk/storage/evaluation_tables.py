"""The tables of evaluations: who is evaluated, scores, counted ballots, steps and stars. All are facts.

Of ballots only sums are kept: what one person counted in one pass through a pile, all in one change and in
sorted order. There is no row, number or time of a single ballot, and nothing names a voter.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

from branchdesk.storage.table_making import fact

# Somebody or something that is evaluated: a member, the committee, the secretary. A name stays when the file
# of its member goes.
evaluation_subject = fact(
    "evaluation_subject",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("person_uid", Text, ForeignKey("member.uid"), index=True),
    Column("name", Text, nullable=False),
    Column("group_name", Text, nullable=False, server_default=""),
    Column("category", Text, nullable=False, server_default=""),
    Column("takes_part", Integer, nullable=False, server_default="1"),
    Column("graded", Integer, nullable=False, server_default="1"),
    Column("why_not", Text),
    Column("grade", Text),
    Column("reason", Text),
    Column("opinion", Text),
    Column("told_on", Text),
    Column("improvement", Text),
)

# The score of one part for somebody, in one dimension where the scheme has some, and the card behind it.
part_score = fact(
    "part_score",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("subject_uid", Text, ForeignKey("evaluation_subject.uid"), nullable=False),
    Column("part", Text, nullable=False),
    Column("dimension", Text, nullable=False, server_default=""),
    Column("score", Text),
    Column("target", Text),
    Column("actual", Text),
    Column("note", Text),
    Column("scorer", Text),
    Column("evidence_title", Text),
    Column("evidence_entity", Text),
    Column("evidence_uid", Text),
)
Index("uq_part_score_cell", part_score.c.subject_uid, part_score.c.part, part_score.c.dimension, unique=True)

# A pile of ballots: how many were handed out, came back, and were spoiled.
ballot_batch = fact(
    "ballot_batch",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("code", Text, nullable=False),
    Column("part", Text, nullable=False, server_default=""),
    Column("issued", Integer),
    Column("returned", Integer),
    Column("spoiled", Integer),
    Column("printed_on", Text),
)

# One pass through a pile by one person: the first or the second, and how many valid ballots were counted.
ballot_pass = fact(
    "ballot_pass",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("batch_uid", Text, ForeignKey("ballot_batch.uid"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("counter", Text, nullable=False),
    Column("ballots", Integer, nullable=False),
)
Index("uq_ballot_pass_number", ballot_pass.c.batch_uid, ballot_pass.c.number, unique=True)

# How many ballots of one pass said a grade of somebody; an empty choice is a row that was left blank.
ballot_count = fact(
    "ballot_count",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("pass_uid", Text, ForeignKey("ballot_pass.uid"), nullable=False),
    Column("subject_uid", Text, ForeignKey("evaluation_subject.uid"), nullable=False, index=True),
    Column("choice", Text, nullable=False),
    Column("votes", Integer, nullable=False),
)
Index(
    "uq_ballot_count_cell",
    ballot_count.c.pass_uid,
    ballot_count.c.subject_uid,
    ballot_count.c.choice,
    unique=True,
)

# A step that was done on a day, or that this evaluation leaves out; `begun_on` is the first day of publicity.
step_done = fact(
    "step_done",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("step", Text, nullable=False),
    Column("begun_on", Text),
    Column("done_on", Text),
    Column("note", Text),
    Column("skipped", Integer, nullable=False, server_default="0"),
)
Index("uq_step_done_step", step_done.c.record_uid, step_done.c.step, unique=True)

# A star that somebody declared for in one dimension, and how far it came.
star = fact(
    "star",
    Column("record_uid", Text, ForeignKey("record.uid"), nullable=False, index=True),
    Column("subject_uid", Text, ForeignKey("evaluation_subject.uid"), nullable=False),
    Column("dimension", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("deeds", Text),
    Column("votes_for", Integer),
    Column("votes_of", Integer),
    Column("opinion", Text),
    Column("objection", Text),
    Column("handled", Text),
    Column("from_day", Text),
    Column("until_day", Text),
)
Index("uq_star_dimension", star.c.subject_uid, star.c.dimension, unique=True)

# In an order in which rows may be taken out.
OF_EVALUATIONS = (ballot_count, ballot_pass, ballot_batch, part_score, star, step_done, evaluation_subject)
