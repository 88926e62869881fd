import { errorMessage } from '../../lib/error-message.ts';
import type { StoredReject } from '../../store/port.ts';
import { mergePatch } from './merge-patch.ts';

/** The body to redrive, or why there is none. */
export type EditedBody = Uint8Array | { refusal: string };

/** The body of a reject as it is redriven: `text` in its stead if one is given, else as it was received. */
export function replacedBody(reject: StoredReject, text: string | undefined): EditedBody {
  if (text !== undefined) return Buffer.from(text);
  return isWhole(reject) ? reject.body : NOT_WHOLE;
}

/** The body of a reject merged with a patch, or as it was received where there is none. */
export function patchedBody(reject: StoredReject, patch: object | undefined): EditedBody {
  if (!isWhole(reject)) return NOT_WHOLE;
  if (patch === undefined) return reject.body;
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    const body: unknown = JSON.parse(utf8.decode(reject.body));
    return Buffer.from(JSON.stringify(mergePatch(body, patch)));
  } catch (error) {
    return { refusal: `the payload cannot be merged with a patch: ${errorMessage(error)}` };
  }
}

/** Whether all of the payload was kept. */
export function isWhole({ body, bytes }: StoredReject): boolean {
  return body.byteLength >= bytes;
}

const NOT_WHOLE: EditedBody = {
  refusal: 'the payload was too large to be kept whole: it can only be redriven with an edited body',
};
