import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startNatsServer, type NatsServer } from '../testing/nats-server.ts';
import { connectTo } from '../testing/recorded-source.ts';
import { startTcpProxy, type TcpProxy } from '../testing/tcp-proxy.ts';
import {
  leaderOf,
  leaders,
  shareOver,
  SHORT_LEASE_MS,
  type SharingInstance,
} from './testing/sharing-instance.ts';

const WAIT = { timeout: 15_000, interval: 5 };

let server: NatsServer;
beforeEach(async () => {
  server = await startNatsServer();
});
afterEach(() => server.stop());

/** Looks again and again, until the test ends, whether more than one leads. */
function watchForTwo(instances: readonly SharingInstance[]): { most: () => number } {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, instances.filter(({ sharing }) => sharing.mayPoll()).length);
  }, 1);
  onTestFinished(() => {
    clearInterval(timer);
  });
  return { most: () => most };
}

async function proxied(): Promise<TcpProxy> {
  const proxy = await startTcpProxy(server.port);
  onTestFinished(() => proxy.stop());
  return proxy;
}

describe('instances on one NATS', () => {
  it('elect one who polls what all of them watch; the others say who it is', async () => {
    const three = [shareOver(server.url), shareOver(server.url), shareOver(server.url)];
    const two = watchForTwo(three);
    three.forEach((each, index) => (each.watched = ['MSFT', `S${index}`]));
    const leader = await leaderOf(three);
    const others = three.filter((each) => each !== leader);
    const wanted = [...new Set(others.flatMap(({ watched }) => watched))].sort();
    await expect.poll(() => leader.sharing.othersWatched(), WAIT).toEqual(wanted);
    for (const { sharing } of others) {
      await expect
        .poll(() => sharing.sharing(), WAIT)
        .toEqual({
          role: 'follower',
          leader: leader.id,
          instances: 3,
          detail: `instance ${leader.id} polls`,
        });
      expect(sharing.mayPoll()).toBe(false);
      expect(sharing.othersWatched()).toEqual([]);
    }
    expect(leader.sharing.sharing()).toMatchObject({ instances: 3, detail: 'polls for 3 instances' });
    expect(two.most()).toBe(1);
  });

  it('tell the leader at once what they begin to watch', async () => {
    const both = [shareOver(server.url), shareOver(server.url)];
    const leader = await leaderOf(both);
    const other = both.find((each) => each !== leader)!;
    await expect.poll(() => leader.sharing.sharing().instances, WAIT).toBe(2);
    const { changes } = leader;
    const begun = performance.now();
    other.watched = ['SAP@XETR'];
    other.sharing.watchedChanged();
    await expect.poll(() => leader.sharing.othersWatched(), WAIT).toEqual(['SAP@XETR']);
    expect(performance.now() - begun).toBeLessThan(SHORT_LEASE_MS / 3);
    expect(leader.changes).toBeGreaterThan(changes);
    await other.sharing.stop();
    await expect.poll(() => leader.sharing.othersWatched(), WAIT).toEqual([]);
    expect(leader.sharing.sharing()).toMatchObject({
      instances: 1,
      detail: 'polls; no other instance is there',
    });
  });

  it('of different environments each have a leader of their own', async () => {
    const both = [shareOver(server.url, { env: 'dev' }), shareOver(server.url, { env: 'prod' })];
    await expect.poll(() => leaders(both), WAIT).toHaveLength(2);
    expect(both[0]!.sharing.sharing().instances).toBe(1);
  });

  it('take over at once from a leader that stops', async () => {
    const three = [shareOver(server.url), shareOver(server.url), shareOver(server.url)];
    const two = watchForTwo(three);
    const leader = await leaderOf(three);
    const rest = three.filter((each) => each !== leader);
    for (const { sharing } of rest) await expect.poll(() => sharing.sharing().role, WAIT).toBe('follower');
    const begun = performance.now();
    await leader.sharing.stop();
    await leaderOf(rest);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(two.most()).toBe(1);
  });

  it.each(['freeze', 'cut'] as const)(
    'take over from a leader whose connection suffers a %s, when its lease has run out and not before',
    async (fault) => {
      const proxy = await proxied();
      const lost = shareOver(proxy.url);
      await leaderOf([lost]);
      const rest = [shareOver(server.url), shareOver(server.url)];
      const two = watchForTwo([lost, ...rest]);
      await expect
        .poll(() => rest.map(({ sharing }) => sharing.sharing().role), WAIT)
        .toEqual(['follower', 'follower']);
      const begun = performance.now();
      proxy[fault]();
      await leaderOf(rest);
      expect(performance.now() - begun).toBeLessThan(SHORT_LEASE_MS * 2);
      expect(lost.sharing.mayPoll()).toBe(false);
      proxy.thaw();
      proxy.mend();
      await expect.poll(() => lost.sharing.sharing().role, WAIT).toBe('follower');
      expect(two.most()).toBe(1);
    },
  );

  it('stop within a second or so even when their server stands still', async () => {
    const both = [shareOver(server.url), shareOver(server.url)];
    await leaderOf(both);
    await server.kill('SIGSTOP');
    const begun = performance.now();
    await Promise.all(both.map(({ sharing }) => sharing.stop()));
    expect(performance.now() - begun).toBeLessThan(2500);
    await server.kill('SIGCONT');
  });

  it('keep their leader when the server is killed and comes back soon', async () => {
    const both = [shareOver(server.url, { leaseMs: 9000 }), shareOver(server.url, { leaseMs: 9000 })];
    const two = watchForTwo(both);
    const leader = await leaderOf(both);
    await server.kill('SIGKILL');
    await server.restart();
    await expect.poll(() => both.map(({ sharing }) => sharing.sharing().instances), WAIT).toEqual([2, 2]);
    expect(await leaderOf(both)).toBe(leader);
    expect(two.most()).toBe(1);
  });

  it('agree again when somebody deletes the bucket', async () => {
    const both = [shareOver(server.url), shareOver(server.url)];
    await leaderOf(both);
    await expect.poll(() => both.map(({ sharing }) => sharing.sharing().instances), WAIT).toEqual([2, 2]);
    const manager = await jetstreamManager(await connectTo(server.url));
    const { created } = await manager.streams.info('KV_PULSE_POLLING');
    await manager.streams.delete('KV_PULSE_POLLING');
    await expect
      .poll(
        async () => (await manager.streams.info('KV_PULSE_POLLING').catch(() => null))?.created ?? created,
        WAIT,
      )
      .not.toBe(created);
    await expect
      .poll(() => both.map(({ sharing }) => sharing.sharing().role).sort(), WAIT)
      .toEqual(['follower', 'leader']);
  });
});

describe('a circuit breaker', () => {
  it('that opens hands the lease over at once', async () => {
    const both = [shareOver(server.url), shareOver(server.url)];
    const two = watchForTwo(both);
    const leader = await leaderOf(both);
    const other = both.find((each) => each !== leader)!;
    await expect.poll(() => other.sharing.sharing().role, WAIT).toBe('follower');
    const begun = performance.now();
    leader.readiness = 'probing';
    leader.sharing.readinessChanged();
    expect(await leaderOf([other])).toBe(other);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(leader.sharing.mayPoll()).toBe(false);
    expect(two.most()).toBe(1);
  });

  it('that is open everywhere leaves one that probes; whoever is ready comes first again', async () => {
    const both = [shareOver(server.url), shareOver(server.url)];
    const two = watchForTwo(both);
    await leaderOf(both);
    for (const each of both) {
      each.readiness = 'probing';
      each.sharing.readinessChanged();
    }
    await expect.poll(() => leaders(both), WAIT).toHaveLength(0);
    const probing = await leaderOf(both);
    const other = both.find((each) => each !== probing)!;
    other.readiness = 'ready';
    other.sharing.readinessChanged();
    await expect.poll(() => leaders(both), WAIT).toEqual([other]);
    expect(two.most()).toBe(1);
  });
});
