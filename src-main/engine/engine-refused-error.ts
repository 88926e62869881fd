/** The engine refused to start: trying again would not help. `reason` names the error's class. */
export class EngineRefusedError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = 'EngineRefusedError';
    this.reason = reason;
  }
}
