"""Proof that no power cut, kill or disk fault can hurt a session: record, rebuild every disk a cut leaves, judge."""
