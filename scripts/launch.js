/**
 * Starts a script of this folder: `node scripts/launch.js serve --port 0`. It is plain JavaScript on purpose: a Node
 * that is too old to read TypeScript must still be able to say so in a sentence.
 */
import './check-node.js';
import { fileURLToPath } from 'node:url';

const [, , name] = process.argv;
const script = new URL(`./${name}.ts`, import.meta.url);
process.argv.splice(1, 2, fileURLToPath(script));
await import(script.href);
