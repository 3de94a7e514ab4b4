"""Adapters: functions that read one row of a dataset, each for one shape (`choose_adapter.ADAPTERS`).

An adapter makes a `ParsedRow` of a row, raises `Skip` for a row that is to be left out, and KeyError, TypeError or
ValueError for a row of another shape. Imports config and the reasons and refusals of data.
"""
