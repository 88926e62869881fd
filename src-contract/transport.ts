/** Whether messages can flow, as the transport itself sees it. Times are UTC milliseconds. */
export type TransportState =
  { state: 'open' } | { state: 'connecting'; since: number; retryAt: number | null; reason: string };

/** A two-way pipe of JSON text between a client and the engine: Electron IPC, a WebSocket, or a direct call. */
export interface Transport {
  /** Sends one message; while the pipe is not open the message is dropped (the client repeats it on hello). */
  send(text: string): void;
  /** Registers the receiver of messages; returns what removes it. */
  onMessage(listener: (text: string) => void): () => void;
  /** Registers the receiver of state changes, called at once with the present one; returns what removes it. */
  onState(listener: (state: TransportState) => void): () => void;
  /** Closes the pipe for good. */
  close(): void;
}

/** What the preload script gives the page under `window.pulse`; a page without it talks over a WebSocket. */
export interface DesktopBridge {
  send(text: string): void;
  onMessage(listener: (text: string) => void): () => void;
  platform: string;
}
