import './check-node.js';
import { ensureBuilt } from './build/ensure-built.ts';
import { plainFailure } from './build/plain-failure.ts';

await ensureBuilt().catch(plainFailure);
await import(new URL('../out/main/serve.js', import.meta.url).href);
