import { isIPv4 } from 'node:net';

/** Whether only programs of this machine can reach `host`: `localhost`, 127.0.0.0/8 or ::1 (without brackets). */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}
