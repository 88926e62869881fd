import './check-node.js';
import { buildNow } from './build/ensure-built.ts';

await buildNow();
