import { describe, expect, it } from 'vitest';
import { silentLog } from '../lib/log.ts';
import { VirtualClock } from '../lib/virtual-clock.ts';
import type { FromEngine } from './engine-messages.ts';
import { HostSecretBox } from './host-secret-box.ts';
import { answerSecret } from './secret-answer.ts';
import type { SecretBox } from './secret-box.ts';

const clock = new VirtualClock(0);

function connected(secrets?: SecretBox): HostSecretBox {
  const box: HostSecretBox = new HostSecretBox((message: FromEngine) => {
    if (message.t !== 'seal' && message.t !== 'open') return;
    const host = secrets === undefined ? { log: silentLog } : { log: silentLog, secrets };
    answerSecret(message, host, (answer) => {
      if (answer.t === 'secret') box.answered(answer);
    });
  }, clock);
  return box;
}

describe('the secret storage of the host', () => {
  it('seals and opens by asking it', async () => {
    const box = connected({
      seal: (secret) => Promise.resolve(`<${secret}>`),
      open: (sealed) => Promise.resolve(sealed.slice(1, -1)),
    });
    expect(await Promise.all([box.seal('a'), box.open('<b>')])).toEqual(['<a>', 'b']);
  });

  it('seals nothing where the host has none, or its own fails', async () => {
    const failing = {
      seal: () => Promise.reject(new Error('locked')),
      open: () => Promise.reject(new Error('locked')),
    };
    expect(await connected().seal('a')).toBeNull();
    expect(await connected(failing).open('a')).toBeNull();
  });

  it('is given up when the host does not answer', async () => {
    const box = new HostSecretBox(() => undefined, clock);
    const sealed = box.seal('a');
    await clock.advance(3000);
    expect(await sealed).toBeNull();
  });
});
