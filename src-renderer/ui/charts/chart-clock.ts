import { TickMarkType, type UTCTimestamp } from 'lightweight-charts';
import { formatTime } from '../time-format.ts';
import { zoneOffset } from './zone-offset.ts';

/**
 * Turns moments into the library's times and back. The library thinks in UTC and puts its marks at full UTC hours and
 * days, so moments are shifted by the zone's offset; it stays the same for a whole series, and labels are written from
 * the true moment, so a change to summer time never folds the axis.
 */
export class ChartClock {
  #zone: string | undefined;
  #offset = 0;

  constructor(zone: string | undefined) {
    this.#zone = zone;
  }

  /** Changes the zone; false when it is the same. Call {@link aim} and set the data again afterwards. */
  setZone(zone: string | undefined): boolean {
    if (zone === this.#zone) return false;
    this.#zone = zone;
    return true;
  }

  /** Takes the offset the zone has at `at`, where full hours should fall on marks. */
  aim(at: number): void {
    this.#offset = zoneOffset(at, this.#zone);
  }

  /** The library's time of a moment. */
  timeOf(at: number): UTCTimestamp {
    return Math.floor((at + this.#offset) / 1000) as UTCTimestamp;
  }

  /** The moment of a time of the library. */
  momentOf(time: number): number {
    return time * 1000 - this.#offset;
  }

  /** The words at the crosshair. */
  label(time: number): string {
    return formatTime(this.momentOf(time), 'full', this.#zone);
  }

  /** The words at a mark of the axis. */
  tick(time: number, kind: TickMarkType): string {
    const isClock = kind === TickMarkType.Time || kind === TickMarkType.TimeWithSeconds;
    return formatTime(this.momentOf(time), isClock ? 'minute' : 'day', this.#zone);
  }
}
