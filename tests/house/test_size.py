"""How long things may be."""

import ast

from tests.house.source import expect_none, name, python_files, template_files, tree

FILE, FUNCTION, TEMPLATE = 400, 50, 150


def test_size_of_files() -> None:
    long = {
        name(path): lines
        for path in python_files("lotsen", "config", "tests", "bench")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > FILE
    }
    expect_none(long, f"Over {FILE} lines. Make a package of the file's name and split it by noun.")


def test_size_of_functions() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files("lotsen", "config", "tests", "bench")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= FUNCTION
    }
    expect_none(long, f"Over {FUNCTION} lines. Give the parts names, and let the function read as their order.")


def test_size_of_templates() -> None:
    long = {
        name(path): lines
        for path in template_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > TEMPLATE
    }
    expect_none(long, f"Over {TEMPLATE} lines. Put a part of the page into <area>/_name.html, or make a component.")
