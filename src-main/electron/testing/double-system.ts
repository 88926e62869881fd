import { existsSync } from 'node:fs';
import type {
  Dialog,
  Display,
  Menu,
  MenuItemConstructorOptions,
  NativeImage,
  NativeTheme,
  SafeStorage,
  Screen,
  Session,
  Shell,
  Tray,
} from 'electron';
import { DoubleEvent, strict, StrictEvents } from './strict.ts';

type Refusable = (...args: unknown[]) => unknown;

/** A menu, with the means to choose from it by the words it shows. */
export class DoubleMenu {
  readonly template: readonly MenuItemConstructorOptions[];
  readonly menu: Menu = strict<Menu>('Menu', {});

  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.template = template;
  }

  /** The words of all items, those of submenus too; a role stands for itself. */
  get labels(): string[] {
    return flat(this.template).map((item) => item.label ?? item.role ?? '');
  }

  /** Chooses the item with these words. */
  choose(label: string): void {
    const item = flat(this.template).find((candidate) => candidate.label === label);
    if (item?.click === undefined) throw new Error(`no item "${label}" can be chosen`);
    (item.click as () => void)();
  }
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

/** What of the desktop around the windows the app uses: menus, tray, dialogs, theme, displays, permissions. */
export class DoubleSystem {
  readonly menus = new Map<Menu, DoubleMenu>();
  applicationMenu: DoubleMenu | null = null;
  tray: { menu: DoubleMenu | null; toolTip: string; destroyed: boolean } | null = null;
  readonly opened: string[] = [];
  readonly messages: { message: string; detail?: string }[] = [];
  /** Which button the next message box is answered with. */
  answer = 0;
  systemDark = true;
  workAreas = [{ x: 0, y: 0, width: 1920, height: 1040 }];
  readonly permissions: { request?: Refusable; check?: Refusable; device?: Refusable } = {};
  readonly #assertReady: (what: string) => void;
  /** Whether there is a keyring that seals secrets. */
  keyring = false;
  readonly #themeEvents = new StrictEvents('nativeTheme', ['updated']);
  readonly #trayEvents = new StrictEvents('Tray', ['click']);
  #themeSource: NativeTheme['themeSource'] = 'system';

  constructor(assertReady: (what: string) => void) {
    this.#assertReady = assertReady;
  }

  /** The system, or the app, changes the theme. */
  changeTheme(dark: boolean): void {
    this.systemDark = dark;
    this.#themeEvents.emit('updated');
  }

  /** The user clicks the icon in the tray. */
  clickTray(): void {
    this.#trayEvents.emit('click', new DoubleEvent());
  }

  readonly nativeTheme: NativeTheme = strict<NativeTheme>('nativeTheme', this.#themeMembers());

  readonly screen: Screen = strict<Screen>('screen', {
    getPrimaryDisplay: () => this.#displays()[0],
    getAllDisplays: () => this.#displays(),
  });

  readonly shell: Shell = strict<Shell>('shell', {
    openExternal: async (url: string) => {
      this.opened.push(url);
    },
  });

  readonly safeStorage: SafeStorage = strict<SafeStorage>('safeStorage', {
    isAsyncEncryptionAvailable: async () => {
      this.#assertReady('safeStorage.isAsyncEncryptionAvailable');
      return this.keyring;
    },
    getSelectedStorageBackend: () => (this.keyring ? 'gnome_libsecret' : 'basic_text'),
    encryptStringAsync: async (text: string) => Buffer.from(text).reverse(),
    decryptStringAsync: async (sealed: Buffer) => ({
      shouldReEncrypt: false,
      result: Buffer.from(sealed).reverse().toString(),
    }),
  });

  readonly dialog: Dialog = strict<Dialog>('dialog', {
    showMessageBox: async (_window: unknown, options: { message: string; detail?: string }) => {
      this.messages.push(options);
      return { response: this.answer, checkboxChecked: false };
    },
    showErrorBox: (message: string, detail: string) => {
      this.messages.push({ message, detail });
    },
  });

  readonly session: Session = strict<Session>('session.defaultSession', {
    setPermissionRequestHandler: (handler: Refusable) => void (this.permissions.request = handler),
    setPermissionCheckHandler: (handler: Refusable) => void (this.permissions.check = handler),
    setDevicePermissionHandler: (handler: Refusable) => void (this.permissions.device = handler),
  });

  readonly menuClass = strict<typeof Menu>('Menu', {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => {
      const menu = new DoubleMenu(template);
      this.menus.set(menu.menu, menu);
      return menu.menu;
    },
    setApplicationMenu: (menu: Menu) => {
      this.applicationMenu = this.#known(menu);
    },
  });

  /** A tray icon; made with `new`. */
  makeTray(): Tray {
    this.#assertReady('Tray');
    const tray = { menu: null as DoubleMenu | null, toolTip: '', destroyed: false };
    this.tray = tray;
    return strict<Tray>('Tray', {
      ...this.#trayEvents.members,
      setToolTip: (words: string) => void (tray.toolTip = words),
      setContextMenu: (menu: Menu) => void (tray.menu = this.#known(menu)),
      destroy: () => void (tray.destroyed = true),
    });
  }

  /** An image from a file, which must exist. */
  image(file: string): NativeImage {
    if (!existsSync(file)) throw new Error(`no such image: ${file}`);
    return strict<NativeImage>('NativeImage', {});
  }

  #displays(): Display[] {
    this.#assertReady('screen');
    return this.workAreas.map((workArea, id) => strict<Display>('Display', { id, workArea }));
  }

  #known(menu: Menu): DoubleMenu {
    const known = this.menus.get(menu);
    if (known === undefined) throw new Error('a menu comes from buildFromTemplate');
    return known;
  }

  #themeMembers() {
    const change = (source: NativeTheme['themeSource']): void => {
      this.#themeSource = source;
      this.#themeEvents.emit('updated');
    };
    const source = (): NativeTheme['themeSource'] => this.#themeSource;
    const dark = (): boolean => (source() === 'system' ? this.systemDark : source() === 'dark');
    return {
      ...this.#themeEvents.members,
      get themeSource() {
        return source();
      },
      set themeSource(value) {
        change(value);
      },
      get shouldUseDarkColors() {
        return dark();
      },
    };
  }
}
