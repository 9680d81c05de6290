"""Tests of single parts, with fakes around them."""
