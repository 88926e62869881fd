import type { IntakeAnswer } from '../../../src-contract/intake.ts';

/** What a frame with an event is answered; `ref` is the frame's own, null when it had none or could not be read. */
export type FrameAnswer =
  | { ref: unknown; ok: true; repeated?: true }
  | { ref: unknown; ok: false; code: string; message: string; retry_after_ms?: number };

/**
 * An answer as a WebSocket gives it. `repeated` only says that the event's id was known already. A frame that was
 * refused before the engine looked into it is read for its `ref` here: its sender could not tell what was refused.
 */
export function frameAnswer(answer: IntakeAnswer, frame: Buffer): FrameAnswer {
  if (answer.ok) {
    return { ref: answer.ref ?? null, ok: true, ...(answer.repeated > 0 ? { repeated: true } : {}) };
  }
  const { code, message, ref = refOf(frame), retryAfterMs = 0 } = answer;
  return { ref, ok: false, code, message, ...(code === 'busy' ? { retry_after_ms: retryAfterMs } : {}) };
}

function refOf(frame: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(frame.toString());
    return typeof value === 'object' && value !== null && 'ref' in value ? value.ref : null;
  } catch {
    return null; // what is no JSON has no reference
  }
}
