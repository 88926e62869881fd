import type { Reject, SystemReport } from '../../../src-contract/system.ts';
import { publishOn, type OutgoingMessage } from '../../../src-main/sources/nats/testing/publish.ts';
import { agreesWithModel } from '../checks/model-agreement.ts';
import { sampling } from '../checks/sampling.ts';
import { looking } from '../checks/stored-journal.ts';
import { counted, nothingWrong, type Finding, type Point } from '../finding.ts';
import { Lab } from '../hosts/lab.ts';
import { ledgerFault, storedUpTo } from '../hosts/stream-settled.ts';
import { GARBAGE, garbageMessages, type Garbage } from '../model/garbage.ts';
import { PortfolioModel } from '../model/portfolio-model.ts';
import { portfolioScript } from '../model/portfolio-script.ts';
import { scriptMessage } from '../model/script-message.ts';

interface Scale {
  messages: number;
  malformed: number;
  slugs: number;
}

export const FULL: Scale = { messages: 10_000, malformed: 1000, slugs: 200 };
export const SHORT: Scale = { messages: 1000, malformed: 100, slugs: 40 };

/** What the list of rejects keeps of each kind's body must begin like what was published. */
const COMPARED = 64;
/** How many messages are published between two looks at whether the run was interrupted. */
const SLICE = 250;

/** Publishes malformed messages among good ones, and samples the ledger all the while. */
export const run: Point<Scale> = ({ scale, log, signal }) =>
  Lab.use(signal, async (lab) => {
    const nats = await lab.nats('dev');
    const { host, rest } = await lab.serve('--nats', nats.url);
    const good = scale.messages - scale.malformed;
    const script = portfolioScript(9, { events: good, slugs: scale.slugs }, Date.now());
    const malformed = garbageMessages('dev', scale.malformed);
    const messages = among(
      script.map((event) => scriptMessage('dev', event)),
      malformed.map(({ message }) => message),
    );
    log(
      `publishing ${scale.messages} messages, ${scale.malformed} of them malformed in ${GARBAGE.length} ways`,
    );
    const samples = sampling(signal, () => rest.status());
    const publisher = await lab.publisher(nats);
    for (let at = 0; at < messages.length; at += SLICE) {
      signal.throwIfAborted();
      await publishOn(publisher, messages.slice(at, at + SLICE));
    }
    const status = await storedUpTo(lab, rest, scale.messages, 120_000);
    const sampled = await samples.stop();
    const rejects = await rest.rejects();
    const live = await agreesWithModel(rest, new PortfolioModel(script));
    const alive: Finding = {
      what: 'the same process is alive',
      figure: `pid ${status.pid}, ready ${(await rest.ask('GET', '/health/ready')).status}`,
      holds: host.isAlive && status.pid === host.pid,
    };
    await host.end('SIGTERM');
    return [
      counted('events stored', status.ledger.stored, good),
      counted('events rejected', status.ledger.rejected, scale.malformed),
      counted('events repeated', status.ledger.repeated, 0),
      ...sampleFindings(sampled),
      ...rejectFindings(rejects, malformed),
      alive,
      ...live,
      counted(
        'journal rows',
        looking(lab.folder, (journal) => journal.counts('dev').rows),
        good,
      ),
    ];
  });

/** Spreads malformed messages evenly among good ones. */
function among(good: readonly OutgoingMessage[], malformed: readonly OutgoingMessage[]): OutgoingMessage[] {
  const every = Math.floor(good.length / malformed.length);
  return good.flatMap((message, index) => {
    const due = index % every === 0 ? malformed[index / every] : undefined;
    return due === undefined ? [message] : [due, message];
  });
}

function sampleFindings(samples: readonly SystemReport[]): Finding[] {
  const faults = samples.flatMap((sample) => ledgerFault(sample) ?? []);
  const busy = samples.filter(({ ledger }) => ledger.waiting > 0).length;
  const adding = nothingWrong('samples in which the ledger adds up', samples.length, faults);
  return [{ ...adding, figure: `${adding.figure}, ${busy} of them with messages waiting` }];
}

function rejectFindings(
  rejects: readonly Reject[],
  malformed: readonly { kind: Garbage; message: OutgoingMessage }[],
): Finding[] {
  const oldestFirst = [...rejects].reverse();
  const faults = malformed.flatMap(({ kind, message }, index) => {
    const reject = oldestFirst[index];
    if (reject === undefined) return [`${kind.kind} ${index} is not listed`];
    const bytes = Buffer.from(message.body);
    if (!kind.reason.test(reject.reason)) return [`${kind.kind}: "${reject.reason}"`];
    if (reject.bytes !== bytes.length) return [`${kind.kind}: ${reject.bytes} bytes, not ${bytes.length}`];
    return reject.payload.startsWith(asShown(bytes))
      ? []
      : [`${kind.kind}: payload ${reject.payload.slice(0, COMPARED)}`];
  });
  return [
    counted('rejects listed', rejects.length, malformed.length),
    nothingWrong('rejects with their reason, size and payload', malformed.length, faults),
  ];
}

/** The beginning of a body as the list shows it: bytes that are no UTF-8 as \xNN. */
function asShown(bytes: Buffer): string {
  const start = bytes.subarray(0, COMPARED).toString('latin1');
  return start.replaceAll(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}
