"""A person's time in a programme, from referral to the last follow-up.

Owns the words case, referral, step, means of support, whereabouts, responsible, exit, transfer and follow-up. What
the counting needs of the person stands on the case as it was at entry (Regulation (EU) 1304/2013, Annex I), so that
figures need no names. A dated history is a row for each change with the day since when it holds; it holds until the
next row, so two rows cannot overlap.
"""
