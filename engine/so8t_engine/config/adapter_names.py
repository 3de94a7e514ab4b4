"""The names a dataset's `adapter` may have, in every spelling; data/adapters/choose_adapter.py has the functions."""

from __future__ import annotations

import functools
import re

ADAPTERS = (
    "label_studio", "argilla", "inspect", "promptfoo", "langfuse", "langsmith", "prodigy", "api_log", "traced",
    "openai_evals",
    "math_qa", "code_contests", "oasst1", "oasst_tree", "hh_rlhf", "jcommonsenseqa", "commonsense_qa",
    "pku_saferlhf", "shp", "drop", "pubmed_qa", "apps", "eli5", "stack",
    "tickets", "discourse", "coqa", "squad", "safety", "dolly", "elyza", "deepseek", "chatgpt", "open_webui",
    "llama_server", "koboldcpp", "grok", "gemini", "lm_studio", "libre_chat", "anythingllm", "claude", "comparison",
    "harmbench", "xstest", "red_team_attempts", "judged_requests", "math_shepherd", "prm800k",
    "process_bench", "segments", "orz", "mt_bench",
    "gsm8k", "orca_math", "question_answer", "messages", "conversations", "instruction", "prompt_response",
    "prompt_completion", "input_output", "turns_in_rows", "text",
)  # fmt: skip
SPECIAL = ("auto", "columns")
NAMES = (*SPECIAL, *ADAPTERS)
ALIASES = {
    "orca_math_word_problems_200k": "orca_math", "mathqa": "math_qa", "hh": "hh_rlhf", "oasst": "oasst1",
    "databricks_dolly_15k": "dolly", "elyza_tasks_100": "elyza", "jcqa": "jcommonsenseqa", "alpaca": "instruction",
    "instruction_input_output": "instruction", "unsafe": "safety", "sharegpt": "conversations", "arc": "commonsense_qa",
    "arena": "comparison", "strongreject": "harmbench", "taco": "apps", "pubmedqa": "pubmed_qa",
    "quac": "coqa",
}  # fmt: skip


@functools.lru_cache(maxsize=512)
def canonical(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return ALIASES.get(plain, plain)
