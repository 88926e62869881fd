import { describe, expect, it } from 'vitest';
import type { ElectronApi } from './electron-api.ts';
import { systemSecretBox } from './system-secret-box.ts';

type Storage = Pick<ElectronApi, 'app' | 'safeStorage'>;

function storage(available: boolean, backend: string): Storage {
  return {
    app: { whenReady: () => Promise.resolve() },
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(available),
      getSelectedStorageBackend: () => backend,
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text).reverse()),
      decryptStringAsync: (sealed: Buffer) =>
        Promise.resolve({ shouldReEncrypt: false, result: Buffer.from(sealed).reverse().toString() }),
    },
  } as Storage;
}

describe("the system's secret storage", () => {
  it('seals and opens as text', async () => {
    const box = systemSecretBox(storage(true, 'gnome_libsecret'), 'linux');
    const sealed = await box.seal('hunter2');
    expect(sealed).not.toContain('hunter2');
    expect(await box.open(sealed ?? '')).toBe('hunter2');
  });

  it.each([
    [false, 'gnome_libsecret', 'linux'],
    [true, 'basic_text', 'linux'],
    [true, 'unknown', 'linux'],
    [false, 'unknown', 'darwin'],
  ] as const)('seals nothing when available is %s with %s on %s', async (available, backend, platform) => {
    const box = systemSecretBox(storage(available, backend), platform);
    expect([await box.seal('hunter2'), await box.open('x')]).toEqual([null, null]);
  });

  it('asks no Linux questions elsewhere', async () => {
    expect(await systemSecretBox(storage(true, 'unknown'), 'darwin').seal('a')).not.toBeNull();
  });
});
