import type { Log } from '../lib/log.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { noSecretBox, type SecretBox } from './secret-box.ts';

/** Answers the engine's request to seal or open a secret; what fails is logged and answered by null. */
export function answerSecret(
  { t, id, text }: Extract<FromEngine, { t: 'seal' | 'open' }>,
  { secrets = noSecretBox, log }: { secrets?: SecretBox; log: Log },
  post: (answer: ToEngine) => void,
): void {
  const answer = t === 'seal' ? secrets.seal(text) : secrets.open(text);
  answer
    .catch((error: unknown) => {
      log.error("the system's secret storage failed", { error });
      return null;
    })
    .then(
      (found) => post({ t: 'secret', id, text: found }),
      // The thread ended meanwhile: nobody waits for the answer.
      () => undefined,
    );
}
