import './check-node.js';
import { ensureBuilt } from './build/ensure-built.ts';

await ensureBuilt();
await import(new URL('../out/main/serve.js', import.meta.url).href);
