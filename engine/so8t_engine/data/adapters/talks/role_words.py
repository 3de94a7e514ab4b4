"""Whose turn a name stands for that speaks in a talk, in the main languages."""

from __future__ import annotations

from typing import Any

USER, ASSISTANT, SYSTEM, TOOL, CALL = "user", "assistant", "system", "tool", "call"
THOUGHT = "thought"  # a turn of its own in front of the answer
ROLES = {
    **dict.fromkeys((
        "user", "human", "prompter", "prompt", "client", "customer", "instruction", "question", "caller", "visitor",
        "patient", "requester", "end-user", "end_user", "end user",
        "student", "interviewer", "asker", "ユーザー", "ユーザ", "客", "お客", "お客様", "お客さま", "顧客", "利用者",
        "相談者", "質問者", "患者", "人間", "お客さん", "カスタマー",
        "生徒", "学生", "utente", "usuario", "usuária", "usuário", "benutzer", "nutzer",
        "benutzerin", "utilisateur", "utilisatrice", "cliente", "kunde", "gebruiker", "用户", "사용자",
    ), USER),
    **dict.fromkeys((
        "assistant", "gpt", "model", "bot", "chatgpt", "ai", "chatbot", "final", "response", "agent", "support",
        "operator",
        "representative", "rep", "advisor", "adviser", "helpdesk", "staff", "doctor", "tutor", "teacher", "interviewee",
        "claude", "アシスタント", "ボット", "チャットボット", "担当", "担当者", "オペレーター", "オペレータ",
        "サポート", "エージェント", "人工知能", "店員", "係", "係員", "スタッフ", "回答者", "医師", "先生", "相談員",
        "assistente", "asistente", "assistent", "助手", "어시스턴트",
    ), ASSISTANT),
    **dict.fromkeys(("system", "developer"), SYSTEM),
    **dict.fromkeys(("tool", "function", "observation", "tool_response", "function_response", "ipython"), TOOL),
    **dict.fromkeys(("function_call", "tool_call", "function-call", "tool-call", "commentary"), CALL),
    **dict.fromkeys(("analysis", "thinking", "reasoning", "thought", "think"), THOUGHT),
}  # fmt: skip
LANGCHAIN = {
    "HumanMessage": USER, "AIMessage": ASSISTANT, "AIMessageChunk": ASSISTANT, "SystemMessage": SYSTEM,
    "ToolMessage": TOOL, "FunctionMessage": TOOL, "human": USER, "ai": ASSISTANT, "system": SYSTEM, "tool": TOOL,
    "function": TOOL,
}  # fmt: skip


def are_pairs(value: Any) -> bool:
    """Whether a list has for each turn who speaks and what is said (FastChat): ["USER", "Hi"], ["ASSISTANT", "Hi!"].

    With both names, else a question may be a word that stands for one.
    """
    if not isinstance(value, list) or not all(
        isinstance(one, list) and [*map(type, one)] == [str, str] for one in value
    ):
        return False
    named = {ROLES.get(who.strip(" \t\n:：").lower()) for who, _ in value}
    return None not in named and {USER, ASSISTANT} <= named
