#!/usr/bin/env python3
"""Links a table of event reports in the form of MAVERICK with splink, and prints one cluster a row, in the order of the rows.

    splink-maverick.py FILE.csv [PROBABILITY]

The fields are those that `workbench score maverick` compares: first and last day, city, site, coordinates, actors, deaths,
injuries, target, what happened. Weights are learnt from the same rows without their events (EM, the way splink teaches it);
rows of one source are told apart by nothing, as splink has no such constraint. Needs Python 3.9 and `pip install splink`.
"""
import csv
import logging
import sys

import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.WARNING)
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
least = float(sys.argv[2]) if len(sys.argv) > 2 else 0.5
number = lambda s: float(s) if s not in ("", None) else None
actors = lambda r: sorted({r[f"actor{i}"] for i in range(1, 7)} - {""}) or None
table = pd.DataFrame(
    {
        "unique_id": n,
        "first": r["date_start"] or None,
        "last": r["date_end"] or None,
        "city": r["city"] or None,
        "site": r["location"] or None,
        "lat": number(r["latitude"]) if r["city"] else None,
        "lon": number(r["longitude"]) if r["city"] else None,
        "actors": actors(r),
        "deaths": number(r["deaths_best"]) or None,
        "injuries": number(r["injuries_best"]) or None,
        "target": r["target"] if r["target"] not in ("", "Unknown") else None,
        "happened": r["event_context"] if r["event_context"] not in ("", "Unknown") else None,
    }
    for n, r in enumerate(rows)
)
days = lambda column: cl.AbsoluteDateDifferenceAtThresholds(
    column, input_is_string=True, metrics=["day", "day", "day"], thresholds=[1, 3, 14]
)
settings = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        days("first"),
        days("last"),
        cl.JaroWinklerAtThresholds("city", [0.9]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("site", [0.9]),
        cl.DistanceInKMAtThresholds("lat", "lon", [1, 20]),
        cl.ArrayIntersectAtSizes("actors", [2, 1]),
        cl.ExactMatch("deaths"),
        cl.ExactMatch("injuries"),
        cl.ExactMatch("target"),
        cl.ExactMatch("happened"),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("first"),
        block_on("last"),
        block_on("city", "substr(first, 1, 7)"),
        block_on("deaths", "substr(first, 1, 7)"),
    ],
)
linker = Linker(table, settings, db_api=DuckDBAPI())
linker.training.estimate_probability_two_random_records_match([block_on("first", "city", "deaths")], recall=0.5)
linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
for rule in (block_on("first", "city"), block_on("deaths", "city"), block_on("last", "happened")):
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
pairs = linker.inference.predict(threshold_match_probability=0.01)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=least)
of = {int(r["unique_id"]): r["cluster_id"] for r in clusters.as_record_dict()}
for n in range(len(rows)):
    print(of.get(n, n))
