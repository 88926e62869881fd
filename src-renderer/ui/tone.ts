/** What a badge, dot or chip means; each tone has a colour and, where it stands alone, a shape. */
export type Tone = 'neutral' | 'accent' | 'ok' | 'busy' | 'warn' | 'fail' | 'off';

/** Text colour of a tone. */
export const TONE_TEXT: Record<Tone, string> = {
  neutral: 'text-muted',
  accent: 'text-accent-text',
  ok: 'text-ok',
  busy: 'text-warn',
  warn: 'text-warn',
  fail: 'text-fail',
  off: 'text-faint',
};

/** Quiet background of a tone. */
export const TONE_SOFT: Record<Tone, string> = {
  neutral: 'bg-surface-2',
  accent: 'bg-accent-soft',
  ok: 'bg-ok-soft',
  busy: 'bg-warn-soft',
  warn: 'bg-warn-soft',
  fail: 'bg-fail-soft',
  off: 'bg-surface-2',
};
