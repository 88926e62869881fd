/**
 * Loaded before every script (`node --import ./scripts/check-node.js …`) and plain JavaScript on purpose: a Node that
 * is too old to read TypeScript must still be able to say so in a sentence.
 */
const needed = 24;

if (Number.parseInt(process.versions.node, 10) < needed) {
  process.stderr.write(
    `PulseDesk needs Node ${needed}; this is Node ${process.versions.node}. ` +
      'Node 24 comes with the dependencies: run "npm ci" once, then start through npm, ' +
      'for example "npm start", "npm run serve" or "npm test".\n',
  );
  process.exit(1);
}
