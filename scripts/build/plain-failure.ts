/** Ends this process with what went wrong in words: where in our scripts it was noticed helps nobody. */
export function plainFailure(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
