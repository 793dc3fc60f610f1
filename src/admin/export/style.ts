/** How an exported page looks: on a screen, light or dark, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --fg: light-dark(#18211f, #e6ebe9); --soft: light-dark(#586460, #9daaa6); --bg: light-dark(#fff, #141918); --shade: light-dark(#f3f6f5, #1d2422); --line: light-dark(#dde4e1, #2e3835); --accent: light-dark(#0d6b5c, #5cc9b4); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.25rem 4rem; background: var(--bg); color: var(--fg); font: 400 1rem/1.6 ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
h1, h2, h3, p { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { font-size: 1.3rem; line-height: 1.3; overflow-wrap: anywhere; }
h3 { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; font-size: .8125rem; font-weight: 400; color: var(--soft); }
h3 b { font-weight: 600; color: var(--fg); }
header p, .about, small, time { color: var(--soft); font-size: .8125rem; }
nav { margin-block: 2rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .875rem; }
nav h2 { font-size: 1rem; }
ol { margin: .5rem 0 0; padding-inline-start: 1.5rem; }
li { padding-block: .15rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.conversation { margin-block-start: 3rem; padding-block-start: 1.5rem; border-block-start: 1px solid var(--line); scroll-margin-block-start: 1rem; }
.message { margin-block-start: 1.25rem; padding-inline-start: .875rem; border-inline-start: 3px solid var(--line); }
.message[data-type='user'] { padding: .75rem .875rem; border-inline-start-color: var(--accent); border-radius: .375rem; background: var(--shade); }
.message:not([data-type='user'], [data-type='bot']) { color: var(--soft); font-size: .875rem; border-inline-start-style: dotted; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.text:empty { display: none; }
pre, code { font: .8125rem/1.5 ui-monospace, 'SF Mono', Menlo, monospace; }
pre { margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (prefers-contrast: more) { :root { --soft: var(--fg); --line: currentColor; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 10.5pt; } h2, h3 { break-after: avoid; } .message { break-inside: avoid-page; } .conversation { margin-block-start: 2rem; } nav { break-after: page; } a { color: inherit; text-decoration: none; } }
`
