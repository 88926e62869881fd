/** One entry of a menu; labels are unique in it. */
export interface MenuItem {
  label: string;
  onSelect: () => void;
  /** The present choice. */
  checked?: boolean;
  disabled?: boolean;
  /** A line stands before it. */
  separated?: boolean;
}
