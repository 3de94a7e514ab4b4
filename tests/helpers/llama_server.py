"""llama.cpp's own server on a GGUF file, in a process of its own: `python -m helpers.llama_server FILE`.

Says its address on standard output and ends when standard input does.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(gguf: Path) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.n_ctx = 2_048
    params.n_gpu_layers = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = params.fit_params = params.ui = False
    params.verbosity = -1
    server = xllamacpp.Server(params)
    print(f"\n{server.listening_address}", flush=True)
    sys.stdin.read()
    os._exit(0)  # the server's threads are not waited for


if __name__ == "__main__":
    main(Path(sys.argv[1]))
