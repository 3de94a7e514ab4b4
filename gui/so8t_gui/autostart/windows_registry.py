"""The values of the user's own part of the Windows registry. Never run on Windows yet."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import winreg

    class User:
        def read(self, key: str, name: str) -> str | bytes:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as handle:
                value = winreg.QueryValueEx(handle, name)[0]
            return value if isinstance(value, bytes) else str(value)

        def write(self, key: str, name: str, value: str) -> None:
            with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as handle:
                winreg.SetValueEx(handle, name, 0, winreg.REG_SZ, value)

        def delete(self, key: str, name: str) -> None:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as handle:
                winreg.DeleteValue(handle, name)

else:

    class User:
        """There is no registry here."""

        def read(self, key: str, name: str) -> str | bytes:
            raise FileNotFoundError(key, name)

        def write(self, key: str, name: str, value: str) -> None:
            raise OSError(f"there is no registry for {key}, {name}, {value}")

        def delete(self, key: str, name: str) -> None:
            raise FileNotFoundError(key, name)
