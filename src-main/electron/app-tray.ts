import type { EngineHost, EngineState } from '../engine/engine-port.ts';
import type { ElectronApi } from './electron-api.ts';

/** What the tray can ask for. */
export interface TrayActions {
  show(): void;
  quit(): void;
}

/** State of the engine in the words of the tray. */
export function engineWords(state: EngineState): string {
  switch (state.state) {
    case 'starting':
      return 'Starting';
    case 'running':
      return 'Receiving and storing events';
    case 'restarting':
      return `Engine stopped, restarting: ${state.reason}`;
    case 'failed':
      return `Engine failed: ${state.reason}`;
    case 'stopped':
      return 'Stopped';
  }
}

/** Puts an icon with a menu and the engine's state into the tray; returns what takes it away. */
export function showTray(
  electron: Pick<ElectronApi, 'Menu' | 'Tray' | 'nativeImage'>,
  icon: string,
  engine: Pick<EngineHost, 'state' | 'onState'>,
  actions: TrayActions,
): () => void {
  const tray = new electron.Tray(electron.nativeImage.createFromPath(icon));
  const show = (state: EngineState): void => {
    const words = engineWords(state);
    tray.setToolTip(`PulseDesk: ${words}`);
    tray.setContextMenu(
      electron.Menu.buildFromTemplate([
        { label: 'Open PulseDesk', click: () => actions.show() },
        { label: words, enabled: false },
        { type: 'separator' },
        { label: 'Quit', click: () => actions.quit() },
      ]),
    );
  };
  tray.on('click', () => actions.show());
  show(engine.state);
  const stopListening = engine.onState(show);
  return () => {
    stopListening();
    tray.destroy();
  };
}
