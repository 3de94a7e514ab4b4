"""The pipeline engine: five steps, one durable session."""

VERSION = "0.1.0"
