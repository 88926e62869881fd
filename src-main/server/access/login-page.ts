/** What the page to sign in shows. */
export interface LoginPage {
  /** Address of this app to go on to. */
  readonly next: string;
  /** Why the last attempt failed; null before the first. */
  readonly failure: string | null;
}

const STYLE = `
:root { color-scheme: dark light; --ground: #0b0e14; --panel: #131822; --line: #263042; --text: #e6eaf2;
  --quiet: #98a3b8; --accent: #5aa9ff; --ink: #06121f; --bad: #ff8f8f }
@media (prefers-color-scheme: light) { :root { --ground: #f4f6fa; --panel: #fff; --line: #d4dae5; --text: #141a24;
  --quiet: #55607a; --accent: #0b62c4; --ink: #fff; --bad: #b3261e } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; padding: 24px;
  background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
form { width: min(100%, 380px); padding: 28px; background: var(--panel); border: 1px solid var(--line);
  border-radius: 12px }
h1 { margin: 0 0 4px; font-size: 20px; line-height: 1.3; letter-spacing: -.01em }
p { margin: 0 0 20px; color: var(--quiet) }
label { display: block; margin-bottom: 6px; font-weight: 600 }
input { width: 100%; padding: 10px 12px; font: 14px/1.4 ui-monospace, monospace; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: 8px }
button { width: 100%; margin-top: 16px; padding: 11px; font: inherit; font-weight: 600; color: var(--ink);
  background: var(--accent); border: 0; border-radius: 8px; cursor: pointer }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.failure { margin: 10px 0 0; color: var(--bad) }
`;

/** The page to sign in with a token: plain HTML that needs no script and loads nothing. */
export function loginPage({ next, failure }: LoginPage): string {
  const described = failure === null ? '' : ' aria-invalid="true" aria-describedby="failure"';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>Sign in · PulseDesk</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<form method="post" action="/login">
<h1>PulseDesk</h1>
<p>This desk asks for its access token before it shows anything.</p>
<input type="hidden" name="next" value="${escaped(next)}">
<label for="token">Access token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus${described}>
${failure === null ? '' : `<p class="failure" id="failure" role="alert">${escaped(failure)}</p>`}
<button type="submit">Sign in</button>
</form>
</main>
</body>
</html>
`;
}

/** The address to go on to after signing in: within this app, else its start. */
export function localAddress(next: string | undefined): string {
  const url = next?.startsWith('/') === true ? URL.parse(next, 'http://desk.invalid') : null;
  return url?.origin === 'http://desk.invalid' ? `${url.pathname}${url.search}` : '/';
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
