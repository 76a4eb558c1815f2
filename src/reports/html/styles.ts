/**
 * The page's style sheet. It must not contain `</style`. Each pair of text and background colours has a contrast of at
 * least 4.5.
 */
export const STYLES = `
:root {
  color-scheme: light dark;
  --ground: #f5f7f9; --surface: #ffffff; --code: #f7f9fb; --text: #17202a; --quiet: #53606e; --line: #d9e0e7;
  --accent: #0a6375; --accent-soft: #e3f3f6; --shadow: 0 1px 2px rgb(20 40 60 / 7%), 0 4px 14px rgb(20 40 60 / 4%);
  --error: #ac1f1f; --error-soft: #fdeceb; --warning: #825000; --warning-soft: #fff3d9;
  --note: #1757a6; --note-soft: #e8f1fd; --good: #17653a; --good-soft: #e4f5ea;
  --picked: #6336ab; --picked-soft: #f2ecfd; --plain-soft: #edf1f5;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1217; --surface: #151c23; --code: #10161c; --text: #e5ebf1; --quiet: #9aa8b6; --line: #2a343f;
    --accent: #66c9dc; --accent-soft: #10313a; --shadow: 0 1px 2px rgb(0 0 0 / 40%);
    --error: #ff9c93; --error-soft: #3b1a1b; --warning: #f0c06a; --warning-soft: #35280f;
    --note: #90c2ff; --note-soft: #15294a; --good: #7fdca0; --good-soft: #10301d;
    --picked: #cdb4ff; --picked-soft: #2a1f45; --plain-soft: #222c36;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 5.5rem; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.55 var(--sans); }
h1, h2, h3, h4, p, dl, dd, ul, figure, pre { margin: 0; padding: 0; }
ul { list-style: none; }
code, pre { font-family: var(--mono); font-size: 13px; }
a { color: var(--accent); text-underline-offset: 2px; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
section:focus { outline: none; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; user-select: none; }
.skip { position: absolute; left: 1rem; top: -4rem; z-index: 3; padding: .5rem 1rem; background: var(--surface); border-radius: 0 0 8px 8px; }
.skip:focus { top: 0; }
.top, main, footer { max-width: 1320px; margin: 0 auto; padding: 0 1.5rem; }

.top { padding-top: 2rem; }
.title { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1.5rem; }
h1 { font-size: 1.5rem; letter-spacing: -.015em; line-height: 1.2; }
h1::before { content: ""; display: inline-block; width: .72em; height: .72em; margin-right: .4em; border: .2em solid var(--accent); border-radius: 50%; vertical-align: -.04em; }
h1 span { font-weight: 400; color: var(--quiet); }
.target { color: var(--quiet); font-size: .875rem; }
.run { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .6rem 0; overflow-wrap: anywhere; }
.word { display: inline-block; max-width: 100%; }
h4 code, dd code { font-size: .9em; }
.verdict { margin-top: 1.25rem; padding: .8rem 1.1rem; border-radius: 10px; border-left: 4px solid; font-size: 1.0625rem; font-weight: 600; }
.verdict.error { color: var(--error); background: var(--error-soft); }
.verdict.warning { color: var(--warning); background: var(--warning-soft); }
.verdict.good { color: var(--good); background: var(--good-soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin-top: .75rem; }
.tile { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .7rem 1rem .75rem; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
.tile dt { color: var(--quiet); font-size: .8125rem; }
.tile dd { font-size: 1.5rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile.error dd { color: var(--error); }
.tile.warning dd { color: var(--warning); }
.tile.note dd { color: var(--note); }

.toolbar { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; margin: 1rem -1.5rem 0; padding: .75rem 1.5rem; background: var(--ground); border-bottom: 1px solid var(--line); }
.search { flex: 1 1 15rem; }
.toolbar input, .toolbar select, button { font: inherit; font-size: .9375rem; color: var(--text); background: var(--surface); border: 1px solid var(--line); border-radius: 8px; min-height: 2.4rem; padding: .25rem .75rem; }
.toolbar input { width: 100%; }
.toolbar input::placeholder { color: var(--quiet); opacity: 1; }
.toolbar select { max-width: 15rem; text-overflow: ellipsis; }
button { cursor: pointer; }
button:hover, .toolbar select:hover { border-color: var(--accent); }
.toggles { display: flex; flex-wrap: wrap; gap: .4rem; }
.toggle { border-radius: 99px; font-weight: 600; }
.toggle[aria-pressed="false"] { color: var(--quiet); background: var(--ground); font-weight: 400; text-decoration: line-through; border-style: dashed; }
.toggle.error[aria-pressed="true"] { color: var(--error); background: var(--error-soft); border-color: var(--error); }
.toggle.warning[aria-pressed="true"] { color: var(--warning); background: var(--warning-soft); border-color: var(--warning); }
.toggle.note[aria-pressed="true"] { color: var(--note); background: var(--note-soft); border-color: var(--note); }
.toggle.suppressed[aria-pressed="true"] { background: var(--plain-soft); border-color: var(--quiet); }

h2 { display: flex; align-items: baseline; gap: .6rem; margin: 1.75rem 0 .75rem; font-size: 1.1875rem; letter-spacing: -.01em; }
.count { color: var(--quiet); font-size: .9375rem; font-weight: 400; letter-spacing: 0; }
.actions { margin-left: auto; font-weight: 400; letter-spacing: 0; }
.nothing { padding: 2rem; text-align: center; color: var(--quiet); background: var(--surface); border: 1px dashed var(--line); border-radius: 10px; }
h3 { margin: 1.25rem 0 .5rem; font: 600 .875rem/1.5 var(--mono); color: var(--quiet); overflow-wrap: anywhere; }

.finding, .service { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; box-shadow: var(--shadow); }
.finding { margin-bottom: .75rem; padding: .9rem 1.1rem; border-left: 4px solid var(--note); content-visibility: auto; contain-intrinsic-size: auto 14rem; }
.finding.error { border-left-color: var(--error); }
.finding.warning { border-left-color: var(--warning); }
.finding.suppressed { border-left-color: var(--line); box-shadow: none; }
.finding:target, .service:target { outline: 2px solid var(--accent); outline-offset: 1px; }
h4 { font-size: 1rem; font-weight: 600; line-height: 1.45; overflow-wrap: anywhere; }
.self { color: inherit; text-decoration: none; }
.self:hover { text-decoration: underline; }
.suppressed .self { font-weight: 500; color: var(--quiet); }
.badge { display: inline-block; margin-right: .35rem; padding: .08rem .55rem; border-radius: 99px; font-size: .75rem; font-weight: 650; line-height: 1.5; white-space: nowrap; vertical-align: .08em; }
.badge.error { color: var(--error); background: var(--error-soft); }
.badge.warning { color: var(--warning); background: var(--warning-soft); }
.badge.note { color: var(--note); background: var(--note-soft); }
.badge.quiet { color: var(--quiet); background: var(--plain-soft); }
.meta { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin-top: .25rem; color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
.finding dl { display: grid; gap: .3rem; margin-top: .7rem; }
.finding dl:not(:has(div)) { display: none; }
.finding dl div { display: grid; grid-template-columns: 6.5rem 1fr; gap: .5rem; }
dt { color: var(--quiet); font-size: .875rem; }
dd { overflow-wrap: anywhere; }

pre { overflow-x: auto; background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: .5rem 0; line-height: 1.6; tab-size: 4; }
.finding pre { margin-top: .7rem; }
pre > code { display: inline-block; min-width: 100%; }
.row { display: block; height: 1.6em; padding-right: 1rem; white-space: pre; }
.number { display: inline-block; width: 4.2em; padding-right: 1.1em; text-align: right; color: var(--quiet); user-select: none; font-variant-numeric: tabular-nums; }
.row.hit { background: var(--plain-soft); }
.row.hit .number { font-weight: 700; color: var(--text); }
mark { color: inherit; background: none; text-decoration: underline 2px; text-underline-offset: 4px; font-weight: 700; border-radius: 2px; }
mark.error { color: var(--error); background: var(--error-soft); }
mark.warning { color: var(--warning); background: var(--warning-soft); }
mark.note { color: var(--note); background: var(--note-soft); }
mark.place { display: inline-block; width: .8ch; height: 1.2em; vertical-align: text-bottom; border-bottom: 3px solid; }

.service { margin-bottom: .6rem; content-visibility: auto; contain-intrinsic-size: auto 3rem; }
summary { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; padding: .7rem 1.1rem; cursor: pointer; list-style: none; border-radius: 10px; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; flex: none; width: .5em; height: .5em; border-right: 2px solid var(--quiet); border-bottom: 2px solid var(--quiet); transform: rotate(-45deg); }
details[open] > summary::before { transform: rotate(45deg) translate(-2px, -2px); }
summary:hover { background: var(--plain-soft); }
.name { font-weight: 600; overflow-wrap: anywhere; }
.chip { padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 6px; font-size: .8125rem; color: var(--quiet); background: var(--surface); }
.where { color: var(--quiet); font: .8125rem var(--mono); overflow-wrap: anywhere; }
summary:hover .where, summary:hover .chip { color: var(--text); }
.facts { display: flex; flex-wrap: wrap; gap: .35rem; margin-left: auto; }
.facts .badge { margin: 0; }
.tally { display: inline-block; padding: .08rem .55rem; border-radius: 6px; font-size: .75rem; font-weight: 600; line-height: 1.5; white-space: nowrap; }
.tally::before, .row.added::before, .row.changed::before, .row.picked::before, .row.kept::before, .row.dropped::before { font-family: var(--mono); font-weight: 700; }
.tally::before { margin-right: .4em; }
.tally.added::before, .row.added::before { content: "+"; }
.tally.changed::before, .row.changed::before { content: "~"; }
.tally.picked::before, .row.picked::before { content: "*"; }
.tally.kept::before, .row.kept::before { content: "="; }
.tally.dropped::before, .row.dropped::before { content: "-"; }
.added { color: var(--good); background: var(--good-soft); }
.changed { color: var(--warning); background: var(--warning-soft); }
.picked { color: var(--picked); background: var(--picked-soft); }
.kept { color: var(--quiet); background: var(--plain-soft); }
.dropped { color: var(--error); background: var(--error-soft); }
.row.filler { background: var(--ground); }
.row.added .number, .row.changed .number, .row.picked .number, .row.kept .number, .row.dropped .number { color: inherit; }
.legend { display: flex; flex-wrap: wrap; gap: .35rem .5rem; align-items: center; margin-bottom: .75rem; color: var(--quiet); font-size: .875rem; }
.about { display: grid; gap: .35rem; padding: 0 1.1rem .8rem; }
.panes { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .9rem; padding: 0 1.1rem 1.1rem; }
figcaption { margin-bottom: .35rem; color: var(--quiet); font-size: .8125rem; font-weight: 600; }
.panes .row { padding-left: 1.6em; position: relative; }
.panes .row::before { position: absolute; left: .6em; user-select: none; }
.panes .number { width: 3.2em; }
.row em { font-style: italic; }
.refusal { padding: 1.4rem; color: var(--error); background: var(--error-soft); border-radius: 8px; font-weight: 600; }
footer { margin-top: 2.5rem; margin-bottom: 2rem; color: var(--quiet); font-size: .8125rem; }

@media (max-width: 860px) {
  .panes { grid-template-columns: minmax(0, 1fr); }
  .row.filler { display: none; }
  .facts { margin-left: 0; }
}
@media (max-width: 560px) {
  html { scroll-padding-top: 1rem; }
  .top, main, footer { padding-left: 1rem; padding-right: 1rem; }
  .top { padding-top: 1.25rem; }
  .toolbar { position: static; margin: 1rem -1rem 0; padding: .75rem 1rem; }
  .tiles { grid-template-columns: repeat(auto-fit, minmax(6rem, 1fr)); gap: .5rem; }
  .tile { padding: .5rem .55rem; }
  .tile dt { font-size: .75rem; }
  .rules, .toolbar select { flex: 1 1 100%; width: 100%; max-width: none; }
  .finding dl div { grid-template-columns: 1fr; gap: 0; }
  h2 { flex-wrap: wrap; }
  .number { width: 3.4em; padding-right: .8em; }
  /* Wrapped, so that the marked value is in sight. */
  .finding pre > code { display: block; }
  .finding .row { height: auto; white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 3.4em; text-indent: -3.4em; }
  .finding .number { text-indent: 0; }
}
@media print {
  .toolbar, .skip, .actions { display: none; }
  :root { color-scheme: light; }
  .finding, .service { box-shadow: none; break-inside: avoid; content-visibility: visible; }
  h2, h3 { break-after: avoid; }
  pre > code { display: block; }
  .row { height: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
  .finding .row { padding-left: 4.2em; text-indent: -4.2em; }
  .number { text-indent: 0; }
}
`;
