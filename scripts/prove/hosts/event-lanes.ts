import { loadOptions } from '../../load/load-options.ts';
import type { LoadTarget } from '../../load/load-target.ts';
import { httpTarget } from '../../load/targets/http-target.ts';
import { natsTarget } from '../../load/targets/nats-target.ts';
import { webSocketTarget } from '../../load/targets/web-socket-target.ts';
import type { EventMaker } from '../../load/event-maker.ts';
import type { EventLane } from './event-lane.ts';
import type { Lab } from './lab.ts';

/** Where lanes lead, and who makes what they carry. */
export interface LaneEnds {
  /** Address of the host. */
  readonly url: string;
  /** Address of the nats-server. */
  readonly nats: string;
  readonly analytics: EventMaker;
  readonly activity: EventMaker;
  /** Whether the stream may get more: its server would take any number at once. */
  readonly streamMayGrow: () => boolean;
}

/** All ways in at once: single events and arrays over HTTP, frames of WebSockets, single and packed messages of a stream. */
export async function everyLane(lab: Lab, ends: LaneEnds): Promise<EventLane[]> {
  const { analytics, activity, streamMayGrow: mayGo } = ends;
  const open = async (...words: string[]): Promise<LoadTarget> => {
    const target = await openTarget(words);
    lab.defer(() => target.stop());
    return target;
  };
  const http = ['--target', 'http', '--url', ends.url, '--batch', '500', '--connections', '8'];
  const nats = ['--target', 'nats', '--url', ends.nats];
  const posting = await open(...http);
  const recording = await open(...http, '--events', 'activity');
  const frames = await open('--target', 'ws', '--url', ends.url, '--connections', '2');
  const messages = await open(...nats);
  const acts = await open(...nats, '--events', 'activity');
  return [
    { title: 'HTTP', target: posting, maker: analytics, batch: 500, atOnce: 3 },
    { title: 'HTTP, one by one', target: posting, maker: analytics, batch: 1, atOnce: 2 },
    { title: 'HTTP, activity', target: recording, maker: activity, batch: 200, atOnce: 2 },
    { title: 'WebSocket', target: frames, maker: analytics, batch: 1, atOnce: 100 },
    { title: 'NATS', target: messages, maker: analytics, batch: 1, atOnce: 500, mayGo },
    { title: 'NATS, packed', target: messages, maker: analytics, batch: 100, atOnce: 10, mayGo },
    { title: 'NATS, activity', target: acts, maker: activity, batch: 1, atOnce: 100, mayGo },
  ];
}

/** A way in, as the load generator opens it: by its words of the command line. */
export async function openTarget(words: readonly string[]): Promise<LoadTarget> {
  const options = loadOptions(words);
  if (options.target === 'http') return httpTarget(options);
  return options.target === 'ws' ? webSocketTarget(options) : natsTarget(options);
}
