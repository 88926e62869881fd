/** Something the palette can do. */
export interface PaletteCommand {
  /** Unique among the commands shown. */
  id: string;
  group: string;
  title: string;
  /** Other words by which it is found. */
  words?: string;
  /** Keys that do the same. */
  keys?: string[];
  run: () => void;
}

/** Commands whose title, group or words contain every word that was typed, in their own order. */
export function matching(commands: readonly PaletteCommand[], typed: string): PaletteCommand[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title, group, words = '' }) => {
    const text = `${group} ${title} ${words}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Commands by group, groups in the order in which they first come. */
export function grouped(
  commands: readonly PaletteCommand[],
): { group: string; commands: PaletteCommand[] }[] {
  const groups = new Map<string, PaletteCommand[]>();
  for (const command of commands) {
    const known = groups.get(command.group);
    if (known === undefined) groups.set(command.group, [command]);
    else known.push(command);
  }
  return [...groups].map(([group, members]) => ({ group, commands: members }));
}
