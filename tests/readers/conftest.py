"""What tests of several readers share: workbooks, as a spreadsheet saves them and as damage leaves them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest


@pytest.fixture(scope="session")
def workbook() -> Callable[..., Path]:
    """Save a workbook of sheets by name, each as rows of cells."""

    def save(path, **sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        return path

    return save


@pytest.fixture(scope="session")
def rewritten() -> Callable[..., None]:
    """Replace bytes in a part of a package."""

    def rewrite(path, *, part, old, new):
        with zipfile.ZipFile(path) as package:
            members = {name: package.read(name) for name in package.namelist()}
        assert old in members[part]
        members[part] = members[part].replace(old, new)
        with zipfile.ZipFile(path, "w") as package:
            for name, content in members.items():
                package.writestr(name, content)

    return rewrite
