import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { DEMO_ENVIRONMENT, EnvironmentName, isEnvironmentName } from './environment.ts';

describe('an environment token', () => {
  it.each(['dev', 'prod-2', 'a', '0', 'x'.repeat(32), DEMO_ENVIRONMENT])('may be %j', (name) => {
    expect([isEnvironmentName(name), Check(EnvironmentName, name)]).toEqual([true, true]);
  });

  it.each(['', 'Dev', 'a.b', 'a b', '>', '*', 'x'.repeat(33), 'dev\n'])('may not be %j', (name) => {
    expect([isEnvironmentName(name), Check(EnvironmentName, name)]).toEqual([false, false]);
  });
});
