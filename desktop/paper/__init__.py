"""BLOCKS ON A PAGE. From `letter.blocks` to lines, to pages, to ink.

Pure code (no Qt) sets type: `breaking` ends the lines, `setting` gives every character its place,
`flow`, `tables` and `frame` fill the pages, `typesetter` is the door to all of it. The advances of
the faces come in as tables. Qt measures (`fonts`) and paints (`painter`, `output`): preview, print,
PDF and pictures are one draw list (`draw`) and one painter.
"""
