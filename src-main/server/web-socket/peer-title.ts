const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/\bElectron\//, 'Electron'],
  [/(\b|Headless)Chrom(e|ium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

/** What System shows of a client: its browser, as far as that can be told, and its address. */
export function peerTitle(userAgent: string | undefined, address: string): string {
  const [, name] = BROWSERS.find(([pattern]) => pattern.test(userAgent ?? '')) ?? [];
  return `${name ?? 'Program'} at ${address}`;
}
