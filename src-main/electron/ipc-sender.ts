import type { IpcMainEvent } from 'electron';
import { MAX_CLIENT_MESSAGE } from '../../src-contract/frames.ts';
import { isOwnUrl, type PageOrigin } from './page-origin.ts';

/** What is looked at of an IPC event to decide whether it may be heard. */
export type IpcSender = Pick<IpcMainEvent, 'senderFrame'>;

const LONGEST_VISIT = 64;

/** Why a message from this frame is not heard, or null when it is our own page in the main frame of its window. */
export function senderRefusal(event: IpcSender, origin: PageOrigin): string | null {
  const frame = event.senderFrame;
  if (frame === null) return 'its frame is gone';
  if (frame.parent !== null) return 'it comes from a frame inside the page';
  if (!isOwnUrl(origin, frame.url)) return 'it comes from a foreign page';
  return null;
}

/** A message as the preload script sends it. */
export interface IpcMessage {
  text: string;
  visit: string;
}

/** The arguments of an IPC event as a message, or why they are none. */
export function ipcMessage(args: readonly unknown[]): IpcMessage | { refusal: string } {
  const [text, visit] = args;
  if (args.length !== 2 || typeof text !== 'string' || typeof visit !== 'string')
    return { refusal: 'it is no text' };
  if (visit.length > LONGEST_VISIT) return { refusal: 'its page load is no short text' };
  if (text.length > MAX_CLIENT_MESSAGE) {
    return { refusal: `it has ${text.length} characters; at most ${MAX_CLIENT_MESSAGE} are accepted` };
  }
  return { text, visit };
}
