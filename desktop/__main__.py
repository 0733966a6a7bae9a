"""The program's door: `fuhan …`. The one place where a failure becomes a sentence."""

import io
import sys
from collections.abc import Sequence

from desktop.errors import FuhanError

_READER = "read-foreign-files"  # what `desktop.services.foreign` starts us with


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says, or open the window; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Windows console or pipe may not be UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    if arguments is None:
        arguments = sys.argv[1:]
    if arguments == [_READER]:
        from desktop import reader_process

        return reader_process.main()
    try:
        from desktop import cli  # not for the reader

        options = cli.read(arguments)
        if options.verb_name:
            return cli.run(options)
        from desktop import app  # Qt: not for the command line

        return app.main(options.data, options.shot, behind=options.as_it_is)
    except FuhanError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("已取消：做完的已经保存，其余的没有做。", file=sys.stderr)
    except BrokenPipeError:  # the reader of our output has gone
        sys.stderr.close()
    except Exception as error:  # a mistake of ours: no traceback for the handler
        from desktop.crash import write_report

        print(
            f"程序内部出错，没有做完这件事；做完的已经保存，请把这份报告交给维护人员：{write_report(error)}",
            file=sys.stderr,
        )
    return 1


if __name__ == "__main__":
    sys.exit(main())
