import type { SecretBox } from '../engine/secret-box.ts';
import type { ElectronApi } from './electron-api.ts';

/**
 * The system's secret storage as Electron offers it: keychain, DPAPI, or a secret service. Without one, as on a Linux desktop
 * that has no keyring, Electron would only scramble with a key that everybody knows: then nothing is sealed.
 */
export function systemSecretBox(
  { app, safeStorage }: Pick<ElectronApi, 'app' | 'safeStorage'>,
  platform: NodeJS.Platform,
): SecretBox {
  const isAvailable = async (): Promise<boolean> => {
    await app.whenReady();
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
    return (
      platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
    );
  };
  return {
    async seal(secret) {
      if (!(await isAvailable())) return null;
      return (await safeStorage.encryptStringAsync(secret)).toString('base64');
    },
    async open(sealed) {
      if (!(await isAvailable())) return null;
      return (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
    },
  };
}
