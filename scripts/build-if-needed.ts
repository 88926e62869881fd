import './check-node.js';
import { ensureBuilt } from './build/ensure-built.ts';
import { plainFailure } from './build/plain-failure.ts';

const built = await ensureBuilt().catch(plainFailure);
if (!built) process.stderr.write('The build is up to date.\n');
