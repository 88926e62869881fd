import type { MenuItemConstructorOptions } from 'electron';

/** What the menu can ask for. */
export interface MenuActions {
  openWindow(): void;
  go(path: string): void;
}

const SCREENS = [
  ['Overview', '/'],
  ['Portfolios', '/portfolios'],
  ['System', '/system'],
  ['Settings', '/settings'],
] as const;

/** The template of the application menu for a platform. Developer tools are left out of packaged apps. */
export function appMenu(
  actions: MenuActions,
  platform: NodeJS.Platform,
  packaged: boolean,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'New Window', accelerator: 'CommandOrControl+N', click: () => actions.openWindow() },
        { type: 'separator' },
        { role: mac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    { label: '&View', submenu: viewMenu(packaged) },
    {
      label: '&Go',
      submenu: SCREENS.map(([label, path], index) => screenItem(label, path, index + 1, actions)),
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about' }] },
  ];
}

function viewMenu(packaged: boolean): MenuItemConstructorOptions[] {
  return [
    { role: 'reload' },
    ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
}

function screenItem(
  label: string,
  path: string,
  digit: number,
  actions: MenuActions,
): MenuItemConstructorOptions {
  return { label, accelerator: `CommandOrControl+${digit}`, click: () => actions.go(path) };
}
