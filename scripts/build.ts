import './check-node.js';
import { buildNow } from './build/ensure-built.ts';
import { plainFailure } from './build/plain-failure.ts';

await buildNow().catch(plainFailure);
