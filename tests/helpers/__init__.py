"""What tests of several packages share. Nothing in here is a test."""
