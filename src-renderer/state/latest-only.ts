type Task = () => Promise<void>;

/** Runs one task at a time; of those that are asked for meanwhile only the latest runs, the others are overtaken. */
export class LatestOnly {
  #running = false;
  #next: Task | null = null;

  /** Runs a task now, or after the one that runs. Rejects with what a task that it ran threw; later ones are dropped then. */
  async run(task: Task): Promise<void> {
    if (this.#running) {
      this.#next = task;
      return;
    }
    this.#running = true;
    try {
      for (let current: Task | null = task; current !== null; current = this.#take()) await current();
    } finally {
      this.#running = false;
      this.#next = null;
    }
  }

  #take(): Task | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}
