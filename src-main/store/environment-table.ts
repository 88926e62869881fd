import { isEnvironmentName } from '../../src-contract/environment.ts';
import type { Statements } from './statements.ts';

/** The number of an environment; undefined when nothing was ever stored in it. */
export function findEnvironment(sql: Statements, name: string): number | undefined {
  return sql.row<{ id: number }>('SELECT id FROM environment WHERE name = ?', name)?.id;
}

/** The number of an environment, which is added when it is new. Throws a RangeError when the name is none. */
export function environmentId(sql: Statements, name: string): number {
  const found = findEnvironment(sql, name);
  if (found !== undefined) return found;
  if (!isEnvironmentName(name)) {
    throw new RangeError(`an environment is 1 to 32 of a-z, 0-9 and -, not "${name}"`);
  }
  sql.run('INSERT INTO environment (name) VALUES (?)', name);
  return environmentId(sql, name);
}
