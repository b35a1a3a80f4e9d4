#!/bin/sh
# Installs disclosure-tui from this folder, without a network. What it needs is a Python of the
# version in the file python-version; PYTHON=/path/to/python names one. Options: --help.
# 从本文件夹安装，不需要网络。需要的 Python 版本写在 python-version 里；用 PYTHON=路径 可以指定。
set -eu
umask 022
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
wanted=$(cat "$here/python-version")

is_wanted() {
  [ "$("$1" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "$wanted" ]
}

# The system's own first: one in somebody's home folder is closed to all other accounts.
for candidate in ${PYTHON:+"$PYTHON"} "/usr/bin/python$wanted" /usr/bin/python3 \
  "/usr/local/bin/python$wanted" "python$wanted" python3; do
  if is_wanted "$candidate"; then
    exec "$candidate" -I -B -X utf8 "$here/setup" install --from "$here" "$@"
  fi
  if [ "$candidate" = "${PYTHON:-}" ]; then
    break
  fi
done

echo "python $wanted not found${PYTHON:+ at $PYTHON}; nothing was installed." >&2
echo "Install it (Debian: apt-get install python3), or take the bundle for another version." >&2
echo "没有找到 python $wanted，没有安装。请先安装它，或者换用另一个版本的安装包。" >&2
exit 2
