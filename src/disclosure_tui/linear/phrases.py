"""What is said line by line whatever the report is."""

from __future__ import annotations

from disclosure_tui.language import Text

__all__ = ["AT_END", "HELP", "LEAVING", "NOT_FOUND", "NOT_KEPT", "WRITE"]

HELP = Text(
    "逐项填报：写数或字后回车；只按回车不改；- 清除；? 说明；< 上一格；> 下一部分；"
    "! 还差什么；/字 找一格；u 撤销；r 恢复；a 增加一行；d 删去这一行；t 总计改为照录或自动计算；"
    "s 保存；q 退出。要填的内容与命令相同时，前面加一个空格。",
    "Question by question: type and press Enter; Enter alone keeps; - clears; ? explains; "
    "< back; > next section; ! what is left; /text finds a cell; u undoes; r redoes; a adds a row; "
    "d deletes this row; t has totals typed or computed; s saves; q leaves. "
    "For a text that looks like a command type a space first.",
)
AT_END = Text("已到末尾，s 保存，q 退出，回车从头：", "The end: s saves, q leaves, Enter begins: ")
WRITE = Text("接着写，写完在单独一行写 .", "go on; end with a line of .")
NOT_FOUND = Text("没有找到这一格，请换个写法", "no such cell; use other words")
NOT_KEPT = Text(
    "输入结束，没有保存的改动没能记下。", "The input ended; what was not saved could not be kept."
)
LEAVING = (
    Text("保存并退出", "Save and quit"),
    Text("不保存退出（另存一份到历史版本）", "Quit without saving (a copy is in the history)"),
    Text("继续填报", "Go on filling in"),
)
