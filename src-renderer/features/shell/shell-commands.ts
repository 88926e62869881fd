import { environmentChoices } from '../../state/environment-look.ts';
import type { EnvironmentSwitching } from '../../state/environment-switching.svelte.ts';
import { rejectsPath } from '../../state/route.ts';
import type { RunControl } from '../../state/run-control.svelte.ts';
import type { PaletteCommand } from './palette-command.ts';
import { PLACES } from './places.ts';
import { THEMES } from './themes.ts';
import type { Appearance as AppearanceSettings } from '../../../src-contract/settings.ts';

/** What the commands of the palette act on. */
export interface ShellActions {
  go: (path: string) => void;
  changeTheme: (theme: AppearanceSettings['theme']) => void;
  toggleRail: () => void;
  showShortcuts: () => void;
  switching: EnvironmentSwitching;
  /** The invoice simulator. */
  run: Pick<RunControl, 'start' | 'stop' | 'reset' | 'undo'>;
}

/** Everything the palette offers besides portfolios. */
export function shellCommands(
  actions: ShellActions,
  environment: string | null,
  known: readonly string[],
): PaletteCommand[] {
  const places = PLACES.map(({ title, path, key }) => ({
    id: `go ${path}`,
    group: 'Go to',
    title,
    words: 'screen open',
    keys: ['G', key.toUpperCase()],
    run: () => actions.go(path),
  }));
  const rejects = {
    id: 'go rejects',
    group: 'Go to',
    title: 'Rejects bench',
    words: 'screen open refused invalid redrive mend',
    run: () => actions.go(rejectsPath(null)),
  };
  const themes = THEMES.map(({ value, label }) => ({
    id: `theme ${value}`,
    group: 'Theme',
    title: label,
    words: 'appearance colour mode',
    run: () => actions.changeTheme(value),
  }));
  return [
    ...places,
    rejects,
    ...runCommands(actions),
    ...environmentCommands(actions.switching, environment, known),
    ...themes,
    ...viewCommands(actions),
  ];
}

function environmentCommands(
  switching: EnvironmentSwitching,
  environment: string | null,
  known: readonly string[],
): PaletteCommand[] {
  if (environment === null) return [];
  const others = environmentChoices(known, environment).filter((name) => name !== environment);
  return [
    ...others.map((name) => ({
      id: `environment ${name}`,
      group: 'Environment',
      title: `Switch to ${name}`,
      run: () => switching.ask(name, environment),
    })),
    {
      id: 'environment other',
      group: 'Environment',
      title: 'Switch to another environment…',
      run: () => switching.askForName(),
    },
  ];
}

/** All are offered at all times: the engine says in clear words when one cannot be done now. */
function runCommands({ run, go }: ShellActions): PaletteCommand[] {
  const command = (id: string, title: string, give: () => Promise<boolean>): PaletteCommand => ({
    id: `run ${id}`,
    group: 'Invoices',
    title,
    words: 'simulator production display',
    run: () => {
      go('/invoices');
      void give();
    },
  });
  return [
    command('start', 'Start invoice run', () => run.start()),
    command('stop', 'Stop invoice run', () => run.stop()),
    command('reset', 'Reset the simulator’s invoices', () => run.reset()),
    command('undo', 'Undo the reset of invoices', () => run.undo()),
  ];
}

function viewCommands({ toggleRail, showShortcuts }: ShellActions): PaletteCommand[] {
  return [
    {
      id: 'rail',
      group: 'View',
      title: 'Narrow or widen the rail',
      words: 'sidebar collapse',
      run: toggleRail,
    },
    { id: 'shortcuts', group: 'View', title: 'Keyboard shortcuts', words: 'keys help', run: showShortcuts },
  ];
}
