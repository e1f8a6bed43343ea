"""What every area stands on and no area owns: acting, row security, dates, pages, charts, jobs.

No domain words here.
"""
