"""A list from elsewhere comes into an open pipeline, the first time and every week after.

``exchange`` reads the files. Here each row is found in the pipeline or is new (``identity``), what both
sides say is compared (``updating``), and an ``ImportPlan`` holds what would become of it. A plan is told
in lines, shown and asked about by both doors, and carried out in one change.
"""
