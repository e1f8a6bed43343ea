"""How somebody comes to a programme: sent by a referrer, or typed in from paper, until the unit has answered.

Owns the words referral, queue, eligibility.
"""
