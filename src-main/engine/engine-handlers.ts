import type { EngineParts } from './engine-parts.ts';
import { portfolioHandlers } from './portfolio-handlers.ts';
import { settingsChanged } from './settings-effects.ts';
import { systemHandlers } from './system-handlers.ts';

/** What answers every query and command. */
export function engineHandlers(parts: EngineParts) {
  const { store, crash } = parts.with;
  const context = () => parts.viewContext();
  return {
    ...portfolioHandlers({ read: (env) => parts.environments.read(env), reader: store.screens, context }),
    ...systemHandlers({
      environments: parts.environments,
      services: parts.services,
      settings: parts.settings,
      reader: store.screens,
      status: parts.status,
      drills: {
        registry: () => parts.active.projection.registry,
        sources: parts.sources,
        crashEngine: () => crash(new Error('stopped on purpose by a fault drill')),
      },
      onSettings: (patch) => settingsChanged(parts, patch),
    }),
  };
}
