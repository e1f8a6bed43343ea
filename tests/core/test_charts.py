"""Charts: what is seen, said aloud and clicked, and that all of it survives any text."""

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override

import lotsen
from lotsen.core.charts import (
    DARK,
    LIGHT,
    Bullet,
    Datum,
    Node,
    Round,
    Row,
    Stream,
    bullets,
    columns,
    flow,
    resolve,
    stacked,
    wheel,
)
from lotsen.core.charts.svg import width, wrap

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert("1")</script> & \x07 var(--c1) ="var(--c1)"'
LONG = "Personer med funktionsnedsättning som medför nedsatt arbetsförmåga enligt Arbetsförmedlingens bedömning"
MONTHS = [f"{year}-{month:02}" for year in (2015, 2016, 2017, 2018) for month in range(1, 13)][9:44]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def all_charts(label="Women", *, href="", w=640):
    """Return one of each chart, with a label of the caller's in every place for one."""
    about = {"title": label, "desc": label, "w": w}
    data = [Datum(12, href), Datum(3, href)]
    return {
        "stacked": stacked([Row(label, data), Row("Men", data)], [label, "Studies"], ident="a", **about),
        "bullets": bullets([Bullet(label, 196, 220, 240, href=href)], ident="b", **about),
        "columns": columns([label, "Piteå"], [Row(label, data)], ident="c", **about),
        "months": columns(MONTHS, [Row(label, [Datum(n, href) for n in range(35)])], ident="m", **about),
        "flow": flow(
            [[Node("r", label, href=href)], [Node("w", "Work", 1), Node("s", label, 2)]],
            [Stream("r", "w", 12, href), Stream("r", "s", 3, href)],
            ident="d",
            **about,
        ),
        "wheel": wheel([label, "Work", "Home"], [Round(label, [3, None, 10])], range(1, 11), ident="e", **about),
    }


def said(svg):
    """Return the texts that are seen, in their order."""
    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", all_charts())
def test_chart_is_named_and_described(name):
    root = ET.fromstring(all_charts()[name])
    named = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    assert [element.text for element in named] == ["Women", "Women"]
    assert root.get("aria-labelledby").split() == [element.get("id") for element in named]
    assert root.get("role") == "img"
    assert root.get("class") == "lc"


def test_charts_of_a_page_have_names_of_their_own():
    idents = [element.get("id") for svg in all_charts().values() for element in ET.fromstring(svg).iter()]
    idents = [ident for ident in idents if ident]
    assert len(set(idents)) == len(idents) == 2 * len(all_charts())


def test_name_of_a_chart_may_hold_anything():
    svg = stacked([], [], ident='mål 1 "x"', title="t", desc="d")
    assert ET.fromstring(svg).get("aria-labelledby") == "mål-1--x--t mål-1--x--d"


@pytest.mark.parametrize("name", all_charts())
def test_any_text_stays_text(name):
    svg = all_charts(EVIL)[name]
    root = ET.fromstring(svg)
    assert isinstance(svg, SafeString)
    assert "<script" not in svg
    assert root.find(f"{SVG}title").text == EVIL.replace("\x07", "")
    assert ET.fromstring(resolve(svg)).find(f"{SVG}title").text == EVIL.replace("\x07", "")


# The steps of a wheel are one person's, so there is no list behind them.
@pytest.mark.parametrize("name", sorted(all_charts().keys() - {"wheel"}))
def test_numbers_lead_to_their_lists(name):
    root = ET.fromstring(all_charts(href="/cases/?sex=f&outcome=work")[name])
    links = list(root.iter(f"{SVG}a"))
    assert links
    assert {link.get("href") for link in links} == {"/cases/?sex=f&outcome=work"}
    # A link is named by a label, or by its own text.
    names = [link.get("aria-label") or " ".join(link.itertext()) for link in links]
    assert all(re.search(r"\d", name) for name in names)
    assert root.get("role") == "group"


@pytest.mark.parametrize("name", all_charts())
def test_colours_come_from_the_style_sheet(name):
    svg = all_charts(href="/x/")[name]
    assert "style=" not in svg
    assert not re.search(r"#[0-9A-Fa-f]{3,6}\b|rgb", svg)
    assert set(re.findall(r"var\((--\w+)\)", svg)) <= set(LIGHT)


@pytest.mark.parametrize("name", all_charts())
def test_document_gets_fixed_colours_and_font_and_no_links(name):
    svg = resolve(all_charts(href="/x/")[name])
    root = ET.fromstring(svg)
    assert "var(" not in svg
    assert not list(root.iter(f"{SVG}a"))
    assert (root.get("role"), root.get("font-family")) == ("img", "Noto Sans")
    assert LIGHT["--c1"] in svg


@pytest.mark.parametrize("w", [320, 360, 640, 760])
@pytest.mark.parametrize("label", ["Women", LONG, "W" * 80])
@pytest.mark.parametrize("name", all_charts())
def test_nothing_is_cut_at_the_edges(name, label, w):
    root = ET.fromstring(all_charts(label, w=w)[name])
    _x, _y, wide, high = map(float, root.get("viewBox").split())
    for element in root.iter(f"{SVG}text"):
        part = {"end": 1, "middle": 0.5}.get(element.get("text-anchor"), 0)
        start = float(element.get("x")) - part * width("".join(element.itertext()))
        assert start >= -1
        assert start + width("".join(element.itertext())) <= wide + 1
        assert 0 < float(element.get("y")) < high
    for element in root.iter(f"{SVG}rect"):
        assert float(element.get("x")) + float(element.get("width")) <= wide + 0.5


@pytest.mark.parametrize("w", [320, 640])
@pytest.mark.parametrize("name", all_charts())
def test_labels_do_not_lie_on_each_other(name, w):
    root = ET.fromstring(all_charts("Arbetsförmedlingen", w=w)[name])
    boxes = []
    for element in root.iter(f"{SVG}text"):
        wide = width("".join(element.itertext()))
        x = float(element.get("x")) - {"end": 1, "middle": 0.5}.get(element.get("text-anchor"), 0) * wide
        boxes.append((x, x + wide, float(element.get("y"))))
    for place, (left, right, y) in enumerate(boxes):
        for other_left, other_right, other_y in boxes[place + 1 :]:
            assert abs(y - other_y) >= 14 or right <= other_left + 1 or other_right <= left + 1


def test_stacked_writes_totals_and_the_numbers_that_fit():
    rows = [Row("Kvinnor", [Datum(62), Datum(0), Datum(1)]), Row("Män", [Datum(1371), Datum(22), Datum(25)])]
    svg = stacked(rows, ["Arbete", "Studier", "Avbrott"], ident="a", title="t", desc="d")
    assert said(svg) == ["Arbete", "Studier", "Avbrott", "Kvinnor63", "62", "Män1\u202f418", "1\u202f371"]
    spoken = [element.text for element in ET.fromstring(svg).iter(f"{SVG}title")][1:]
    assert spoken[:2] == ["Kvinnor, Arbete: 62", "Kvinnor, Avbrott: 1"]


def test_no_more_colours_than_can_be_told_apart():
    with pytest.raises(ValueError, match="at most 5"):
        stacked([], list("abcdef"), ident="a", title="t", desc="d")


def test_bullet_writes_value_target_and_projection():
    rows = [
        Bullet("To work", 196, 220, 240),
        Bullet("Plans", Decimal("88.4"), 90, None, "%"),
        Bullet("Parties", None, 100, None, "%"),
        Bullet("Hours", 12, None),
    ]
    svg = bullets(rows, ident="a", title="t", desc="d")
    assert said(svg)[3:] == [
        *("To work", "196 · target 220 · projected 240"),
        *("Plans", "88.4\u00a0% · target 90\u00a0%"),
        *("Parties", "– · target 100\u00a0%"),
        *("Hours", "12"),
    ]
    assert len(list(ET.fromstring(svg).iter(f"{SVG}circle"))) == 2


def bars(svg):
    return [float(e.get("width")) for e in ET.fromstring(svg).iter(f"{SVG}rect") if e.get("height") == "14"]


def test_bullets_without_targets_share_a_scale_and_need_no_legend():
    svg = bullets([Bullet("Women", 40, None), Bullet("Men", 80, None)], ident="a", title="t", desc="d")
    assert said(svg) == ["Women", "40", "Men", "80"]
    women, men = bars(svg)
    assert men == 2 * women
    assert men == 640, "the longest bar fills its frame"


def test_bullets_with_targets_have_each_their_scale():
    svg = bullets([Bullet("Plans", 100, 200), Bullet("Places", 3, 6)], ident="a", title="t", desc="d")
    _legend, plans, places = bars(svg)
    assert plans == places


def test_bullet_of_a_share_is_drawn_out_of_a_hundred():
    svg = bullets(
        [Bullet("Plans", 50, 60, None, "%"), Bullet("Trained", 100, 60, None, "%")], ident="a", title="t", desc="d"
    )
    _legend, plans, trained = bars(svg)
    assert trained == 2 * plans


def test_bullets_without_rows_are_an_empty_chart():
    assert said(bullets([], ident="a", title="t", desc="d")) == []


def test_bullet_puts_numbers_below_a_name_without_room_beside_it():
    rows = [Bullet(LONG, 5_377_638, 6_000_000, 7_000_000, "kr")]
    texts = said(bullets(rows, ident="a", title="t", desc="d", w=320))
    assert texts[3:] == [
        *wrap(LONG, 320, 3),
        "5\u202f377\u202f638\u00a0kr",
        *wrap("target 6\u202f000\u202f000\u00a0kr · projected 7\u202f000\u202f000\u00a0kr", 320, 2),
    ]


def test_columns_name_few_months_and_all_years():
    svg = columns(MONTHS, [Row("Starts", [Datum(n % 13) for n in range(35)])], ident="a", title="t", desc="d")
    texts = said(svg)
    assert [text for text in texts if re.fullmatch(r"\d{4}", text)] == ["2015", "2016", "2017", "2018"]
    assert texts.count("jan") == 3
    assert texts.count("feb") <= 3


def test_columns_of_many_years_name_only_those_with_room():
    months = [f"{year}-{month:02}" for year in range(1990, 2026) for month in range(1, 13)]
    svg = columns(months, [Row("Starts", [Datum(1)] * len(months))], ident="a", title="t", desc="d")
    assert "jan" not in said(svg)
    assert 5 < len([text for text in said(svg) if re.fullmatch(r"\d{4}", text)]) < 36


def test_columns_without_anything_are_an_empty_chart():
    assert said(columns([], [Row("Starts", [])], ident="a", title="t", desc="d")) == ["Starts", "0", "1"]


def test_flow_tells_how_many_went_where():
    layers = [[Node("r", "Referral")], [Node("w", "Work", 1), Node("o", "Other")]]
    svg = flow(layers, [Stream("r", "w", 179), Stream("r", "o", 0)], ident="a", title="t", desc="d")
    assert said(svg) == ["Referral", "179", "Work", "179", "Other", "0"]
    spoken = [element.text for element in ET.fromstring(svg).iter(f"{SVG}title")][1:]
    assert spoken == ["Referral to Work: 179"]


def test_flow_without_stations_is_an_empty_chart():
    assert said(flow([], [], ident="a", title="t", desc="d")) == []


@pytest.mark.parametrize(
    ("text", "room", "most", "lines"),
    [
        ("", 100, 2, [""]),
        ("Ett två", 100, 2, ["Ett två"]),
        ("Arbetsförmedlingen och Försäkringskassan", 150, 2, ["Arbetsförmedlingen", "och Försäkringska…"]),
        ("Arbetsmarknadsenheten", 100, 3, ["Arbetsmarkn-", "adsenheten"]),
        ("日本語", 500, 1, ["日本語"]),
    ],
)
def test_wrap_breaks_and_shortens_to_the_room(text, room, most, lines):
    assert wrap(text, room, most) == lines
    assert all(width(line) <= room for line in lines)


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("place", range(1, 6))
def test_colours_stand_out_from_the_page_and_their_text_from_them(palette, place):
    assert contrast(palette[f"--c{place}"], palette["--gap"]) >= 3
    assert contrast(palette[f"--t{place}"], palette[f"--c{place}"]) >= 4.5
    assert contrast(palette["--ink"], palette["--gap"]) >= 7


@pytest.mark.parametrize("name", LIGHT)
def test_style_sheet_has_the_same_colours(name):
    css = (Path(lotsen.__file__).parent / "static" / "lotsen.css").read_text()
    assert f"{name}: light-dark({LIGHT[name]}, {DARK[name]})".lower() in css.lower()
