import { createContext } from 'svelte';

/** The clock of the components that show times: the page gives it once, to all of them. */
export interface TimeContext {
  /** UTC milliseconds, changing once a second while it is read. */
  readonly now: number;
  /** The time zone to write in, as Intl takes it; undefined is the machine's own. */
  readonly zone: string | undefined;
}

const [get, set] = createContext<TimeContext>();

/** The clock of the page this component stands in. */
export const getTimeContext = get;
/** Gives a clock to all components below. */
export const setTimeContext = set;
