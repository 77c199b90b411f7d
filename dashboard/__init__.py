"""The open dashboard of reported arms shipments from North Korea to Russia."""
