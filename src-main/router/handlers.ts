import type { CallArgs, CallName, CallResult, CommandName } from '../../src-contract/channels.ts';

/** Who calls: written to the audit list. */
export interface Caller {
  /** Such as `window: PulseDesk` or `http: 127.0.0.1`. */
  actor: string;
}

/** One function per query and command; it throws a ContractError when it cannot. */
export type Handlers = {
  [N in CallName]: (args: CallArgs<N>, caller: Caller) => CallResult<N> | Promise<CallResult<N>>;
};

/** What a command did, for the audit list. */
export interface AuditedCommand {
  actor: string;
  action: CommandName;
  target: string;
  result: string;
}
