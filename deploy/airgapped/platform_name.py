"""Print what wheels are made for: kind and version of Python, system, processor."""

import sys
import sysconfig

print(
    f"{sys.implementation.name}{sys.version_info.major}.{sys.version_info.minor}-"
    f"{sysconfig.get_platform()}"
)
