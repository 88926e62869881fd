import './check-node.js';
import { ensureBuilt } from './build/ensure-built.ts';

if (!(await ensureBuilt())) process.stderr.write('The build is up to date.\n');
