/** Where the focus belongs when a drawer beside a grid opens and closes. */
export class DrawerFocus {
  /** Whether the keyboard was used last: then the drawer takes the focus; after a click it stays at the row. */
  byKey = false;

  /** Gives the focus back to the active cell of the grid in `frame`. */
  back(frame: HTMLElement | null): void {
    frame?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus({ preventScroll: true });
  }
}
