"""Captioned charts as files that stand by themselves: pictures, slides, tables, pages."""
