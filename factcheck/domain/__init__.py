"""What the desk speaks of: articles, sentences, claims, verdicts, evidence, reports.

Pure: no third party, no clock, no files. A type exists once a stage has made it true.
"""
