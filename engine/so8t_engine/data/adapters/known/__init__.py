"""Formats that have a name.

Published datasets, exports of annotation tools and chat programs, logs of APIs. Each has its adapter, chosen by the
columns that only it has (choose_adapter.py).
"""
