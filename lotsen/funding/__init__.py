"""The money that rests on hours: unit costs, the co-financing ledger, budget and outcome, payments and their evidence.

Owns the words unit cost, ledger, budget line, payment and evidence pack. Amounts are in öre, hours in whole minutes.
"""
