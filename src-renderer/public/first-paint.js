/* Runs before the first paint and sets the theme remembered from the last visit, so that it never flashes. */
(function () {
  var html = document.documentElement;
  var appearance = {};
  try {
    appearance = JSON.parse(localStorage.getItem('pulsedesk.appearance') || '{}');
  } catch (error) {
    // Storage may be closed to the page, or hold something foreign: the system's theme is right then.
    appearance = {};
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var theme = appearance.theme === 'dark' || appearance.theme === 'light' ? appearance.theme : null;
  html.dataset.theme = theme || (dark ? 'dark' : 'light');
  if (appearance.palette) html.dataset.palette = String(appearance.palette);
  if (appearance.density) html.dataset.density = String(appearance.density);
  html.style.backgroundColor = 'var(--surface-0)';
})();
