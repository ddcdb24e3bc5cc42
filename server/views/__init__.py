"""The paths of the server, one module a group of them; each view is a few lines around a call."""

from flask import Blueprint

from server.views.completion import completion
from server.views.decisions import decisions
from server.views.documents import documents
from server.views.dossier import dossier
from server.views.explain import explain
from server.views.export import export
from server.views.feeds import feeds
from server.views.graphs import graphs
from server.views.health import health
from server.views.inconsistencies import inconsistencies
from server.views.linked_data import linked_data
from server.views.llms import llms
from server.views.map import map_
from server.views.network import network
from server.views.ontology import ontology
from server.views.openapi import openapi
from server.views.queries import queries
from server.views.reading import reading
from server.views.rules import rules
from server.views.search import search
from server.views.settings import settings
from server.views.sparql import sparql
from server.views.start import start
from server.views.timeline import timeline
from server.views.update import update

__all__ = ["BLUEPRINTS"]

BLUEPRINTS: tuple[Blueprint, ...] = (
    completion, decisions, documents, dossier, explain, export, feeds, graphs, health, inconsistencies, linked_data,
    llms, map_, network, ontology, openapi, queries, reading, rules, search, settings, sparql, start, timeline, update,
)  # fmt: skip
"""All groups of paths."""
