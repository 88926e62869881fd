import type { IntakeAnswer } from '../../../src-contract/intake.ts';

/** What a frame with an event is answered; `ref` is the frame's own, null when it had none or could not be read. */
export type FrameAnswer =
  | { ref: unknown; ok: true; repeated?: true }
  | { ref: unknown; ok: false; code: string; message: string; retry_after_ms?: number };

/** An answer of the engine as a WebSocket gives it. `repeated` only says that the event's id was known already. */
export function frameAnswer(answer: IntakeAnswer): FrameAnswer {
  const { ref = null } = answer;
  if (answer.ok) return { ref, ok: true, ...(answer.repeated > 0 ? { repeated: true } : {}) };
  const { code, message, retryAfterMs } = answer;
  return { ref, ok: false, code, message, ...(code === 'busy' ? { retry_after_ms: retryAfterMs ?? 0 } : {}) };
}
