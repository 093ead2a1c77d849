#!/usr/bin/env python3
"""Draws what a program printed in a terminal as an SVG picture, colours included.

    CLICOLOR_FORCE=1 cargo run --release -- demo | docs/picture/picture.py "khabar demo" > docs/picture/demo.svg

Reads the output on standard input; the first argument is the command shown above it. Needs Python 3 alone. The picture
holds text, not paths: it can be searched, selected and read aloud.
"""
import re
import sys
from html import escape

CELL_W, CELL_H, PAD, TOP = 8.4, 19, 18, 44
INK, PAPER, BAR, FAINT = "#d8dee9", "#1f2430", "#2b3140", "#8a93a6"
COLOURS = dict(zip(range(8), ["#4c566a", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d8dee9"]))
WIDEST, LONGEST = 130, 60


def runs(line):
    """Splits one printed line into (text, colour, bold, dim), following the escape codes for graphics in it."""
    colour, bold, dim, at = INK, False, False, 0
    for code in re.finditer(r"\x1b\[([0-9;]*)m|\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)", line):
        if code.start() > at:
            yield line[at : code.start()], colour, bold, dim
        at = code.end()
        for n in [int(n or 0) for n in code[1].split(";")] if code[1] is not None else []:
            if n == 0:
                colour, bold, dim = INK, False, False
            elif n == 1:
                bold = True
            elif n == 2:
                dim = True
            elif n == 22:
                bold = dim = False
            elif n == 39:
                colour = INK
            elif 30 <= n <= 37 or 90 <= n <= 97:
                colour = COLOURS[n % 10]
    if at < len(line):
        yield line[at:], colour, bold, dim


def draw(command, lines):
    clipped = lines[:LONGEST]
    if len(lines) > LONGEST:
        clipped.append(f"… {len(lines) - LONGEST} more lines")
    parsed = [list(runs(line)) for line in clipped]
    columns = min(WIDEST, max([sum(len(text) for text, *_ in line) for line in parsed] + [len(command) + 4]))
    width, height = round(2 * PAD + columns * CELL_W), TOP + PAD + CELL_H * (len(parsed) + 2)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="Output of {escape(command, quote=True)}">',
        f'<rect width="{width}" height="{height}" rx="10" fill="{PAPER}"/>',
        f'<path d="M0 34V10a10 10 0 0 1 10-10H{width - 10}a10 10 0 0 1 10 10v24z" fill="{BAR}"/>',
        *(f'<circle cx="{20 + 20 * i}" cy="17" r="5.5" fill="{FAINT}"/>' for i in range(3)),
        '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="14" xml:space="preserve">',
        f'<text x="{PAD}" y="{TOP + 14}" fill="{FAINT}">$ {escape(command)}</text>',
    ]
    for row, line in enumerate(parsed):
        y, column = TOP + 14 + CELL_H * (row + 2), 0
        for text, colour, bold, dim in line:
            text = text[: max(0, WIDEST - column)]
            look = (' font-weight="bold"' if bold else "") + (' opacity="0.65"' if dim else "")
            if text.strip():
                length = f'textLength="{len(text) * CELL_W:.1f}" lengthAdjust="spacingAndGlyphs"'
                out.append(f'<text x="{PAD + column * CELL_W:.1f}" y="{y}" fill="{colour}"{look} {length}>{escape(text)}</text>')
            column += len(text)
    return "\n".join(out + ["</g>", "</svg>", ""])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(draw(sys.argv[1], sys.stdin.read().expandtabs().rstrip().splitlines()))
