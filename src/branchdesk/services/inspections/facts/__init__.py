"""Facts: what the records answer to the rules of an inspection, each with the evidence it rests on."""

from __future__ import annotations

from branchdesk.services.inspections.facts.questions import FACT_QUESTIONS, answer_facts

__all__ = ["FACT_QUESTIONS", "answer_facts"]
