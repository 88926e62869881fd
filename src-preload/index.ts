import { contextBridge, ipcRenderer } from 'electron';
import { DESKTOP_CHANNELS } from '../src-contract/desktop-channels.ts';
import type { DesktopBridge } from '../src-contract/transport.ts';

// Tells this page load from the one before it, whose last messages may still be on their way. Functions return nothing,
// or the bridge would hand the page what they return.
const visit = String(performance.timeOrigin);

const bridge: DesktopBridge = {
  send: (text) => ipcRenderer.send(DESKTOP_CHANNELS.toEngine, text, visit),
  onMessage(listener) {
    const receive = (_event: unknown, text: string, addressee: string): void => {
      if (addressee === visit) listener(text);
    };
    ipcRenderer.on(DESKTOP_CHANNELS.toPage, receive);
    ipcRenderer.send(DESKTOP_CHANNELS.toEngine, '', visit);
    return () => void ipcRenderer.removeListener(DESKTOP_CHANNELS.toPage, receive);
  },
  platform: process.platform,
};
contextBridge.exposeInMainWorld('pulse', bridge);
