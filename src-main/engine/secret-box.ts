/** Seals secrets so that only this user of this machine can open them. */
export interface SecretBox {
  /** The sealed form, as text; null where nothing can be sealed. */
  seal(secret: string): Promise<string | null>;
  /** What was sealed; null when it cannot be opened. */
  open(sealed: string): Promise<string | null>;
}

/** A host without the system's secret storage: secrets lie in the settings file. */
export const noSecretBox: SecretBox = {
  seal: () => Promise.resolve(null),
  open: () => Promise.resolve(null),
};
