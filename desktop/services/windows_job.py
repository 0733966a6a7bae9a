"""On Windows a child process is held in a job: a limit of memory, and an end with its parent.

Elsewhere `hold` does nothing: the child limits itself, and its alarm ends it. Not yet tried on
Windows.
"""

import ctypes
import subprocess
import sys
from collections.abc import Callable
from ctypes import c_int64, c_size_t, c_uint32, c_uint64, c_void_p

_PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000  # JOB_OBJECT_LIMIT_…
_EXTENDED = 9  # JobObjectExtendedLimitInformation


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("least_working_set", c_size_t),
        ("most_working_set", c_size_t),
        ("processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
        ("counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


def hold(process: "subprocess.Popen[bytes]", memory: int) -> Callable[[], object]:
    """Limit `process` to `memory` bytes and to our own life; what it returns ends the job, and
    with it the process. Where Windows refuses, and on other systems, nothing is held.
    """
    if sys.platform != "win32":
        return lambda: None
    kernel32 = ctypes.WinDLL("kernel32")
    kernel32.CreateJobObjectW.restype = c_void_p
    job = c_void_p(kernel32.CreateJobObjectW(None, None))
    limits = Limits(flags=_PROCESS_MEMORY | _KILL_ON_CLOSE, process_memory=memory)
    size = ctypes.sizeof(limits)
    kernel32.SetInformationJobObject(job, _EXTENDED, ctypes.byref(limits), size)
    kernel32.AssignProcessToJobObject(job, c_void_p(int(vars(process)["_handle"])))
    return lambda: kernel32.CloseHandle(job)
