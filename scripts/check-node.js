/** Imported first by every script that a person may start with whatever `node` is in the path. */
const needed = 24;

if (Number.parseInt(process.versions.node, 10) < needed) {
  process.stderr.write(
    `PulseDesk needs Node ${needed}; this is Node ${process.versions.node}. ` +
      'Node 24 comes with the dependencies: run "npm ci" once (install scripts allowed), then start through npm, ' +
      'for example "npm start", "npm run serve" or "npm test".\n',
  );
  process.exit(1);
}
