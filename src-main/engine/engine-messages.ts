import type { IntakeAnswer, IntakeRequest } from '../../src-contract/intake.ts';
import type { ClientIdentity, EngineOptions } from './engine-port.ts';

/** What the host tells the engine's thread. Client numbers are the host's; `secret` answers `seal` and `open`. */
export type ToEngine =
  | { t: 'connect'; client: number; identity: ClientIdentity }
  | { t: 'message'; client: number; text: string }
  | { t: 'close'; client: number }
  | { t: 'secret'; id: number; text: string | null }
  | { t: 'audit'; entry: { actor: string; action: string; target: string; result: string } }
  | { t: 'intake'; requests: { id: number; request: IntakeRequest }[] }
  | { t: 'stop' };

/** What the engine's thread tells the host. */
export type FromEngine =
  | { t: 'ready' }
  | { t: 'refused'; name: string; message: string }
  | { t: 'deliver'; client: number; text: string }
  | { t: 'log'; line: string }
  | { t: 'seal' | 'open'; id: number; text: string }
  | { t: 'intakeAnswers'; answers: { id: number; answer: IntakeAnswer }[] }
  | { t: 'stopped' };

/** What the engine's thread is started with. */
export type EngineWorkerData = EngineOptions;
