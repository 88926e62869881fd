/** The time zones to choose from: the machine's own, UTC, then every one that Intl knows. */
export function timeZones(present: string): { value: string; label: string }[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC');
  const unknown = ['local', 'UTC', ...names].includes(present) ? [] : [present];
  return [
    { value: 'local', label: `This machine’s (${own})` },
    { value: 'UTC', label: 'UTC' },
    ...[...unknown, ...names].map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
  ];
}
